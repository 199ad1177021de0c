//! Changes of a key by whoever manages the keys of the account that it belongs to.

use super::{joined, viewers};
use crate::authorization::{Authorized, ManageAccountKeys};
use crate::error::Error;
use crate::tx::Tx;
use domain::permission::Glob;
use schema::entity::api_key;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Changes the patterns.
pub(crate) async fn set_globs(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    key: i64,
    globs: &[Glob],
) -> Result<(), Error> {
    update(holder, key)
        .col_expr(api_key::Column::Globs, Expr::value(joined(globs)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Gives the key another value, good for so many days from now on; whoever was shown the old one knows nothing any
/// more. False: it was revoked or deleted meanwhile.
pub(crate) async fn renew(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    key: i64,
    hash: Vec<u8>,
    days: u16,
) -> Result<bool, Error> {
    let nothing = || Expr::value(Option::<i64>::None);
    let expires = tx.now().plus_days(i64::from(days)).micros();
    let done = update(holder, key)
        .col_expr(api_key::Column::Hash, Expr::value(hash))
        .col_expr(api_key::Column::Days, Expr::value(i32::from(days)))
        .col_expr(api_key::Column::ExpiresAt, Expr::value(expires))
        .col_expr(api_key::Column::LastUsedAt, nothing())
        .col_expr(api_key::Column::WarnedAt, nothing())
        .col_expr(api_key::Column::ExpiryNotedAt, nothing())
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx.connection())
        .await?;
    viewers::forget(tx, holder, key).await?;
    Ok(done.rows_affected == 1)
}

/// Revokes a key. False: it was revoked already.
pub(crate) async fn revoke(tx: &Tx, holder: &Authorized<ManageAccountKeys>, key: i64) -> Result<bool, Error> {
    let done = update(holder, key)
        .col_expr(api_key::Column::RevokedAt, Expr::value(tx.now().micros()))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Removes a key. False: it was removed already.
pub(crate) async fn delete(tx: &Tx, holder: &Authorized<ManageAccountKeys>, key: i64) -> Result<bool, Error> {
    let done = api_key::Entity::delete_many()
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::AccountId.eq(holder.account().0))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Revives a key that was suspended.
pub(crate) async fn revive(tx: &Tx, holder: &Authorized<ManageAccountKeys>, key: i64) -> Result<(), Error> {
    update(holder, key)
        .col_expr(api_key::Column::Suspended, Expr::value(false))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn update(holder: &Authorized<ManageAccountKeys>, key: i64) -> sea_orm::UpdateMany<api_key::Entity> {
    api_key::Entity::update_many()
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::AccountId.eq(holder.account().0))
}
