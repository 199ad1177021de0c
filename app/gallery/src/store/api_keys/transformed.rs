//! The keys of an account that becomes an organization, and back.

use crate::error::Error;
use crate::store::transformations::{Accepted, Undone};
use crate::tx::Tx;
use schema::entity::api_key;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The keys of an account that becomes an organization move to its administrator and push for the organization as
/// before; returns their numbers. Keys for organizations that the account has left can never work again, and are
/// removed.
pub(crate) async fn move_to_administrator(tx: &Tx, accepted: &Accepted) -> Result<Vec<i64>, Error> {
    let account = accepted.account().0;
    api_key::Entity::delete_many()
        .filter(api_key::Column::AccountId.eq(account))
        .filter(api_key::Column::OwnerId.ne(account))
        .exec(tx.connection())
        .await?;
    let moved: Vec<i64> = api_key::Entity::find()
        .select_only()
        .column(api_key::Column::Id)
        .filter(api_key::Column::AccountId.eq(account))
        .order_by_asc(api_key::Column::Id)
        .into_tuple()
        .all(tx.connection())
        .await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::AccountId, Expr::value(accepted.administrator().0))
        .filter(api_key::Column::AccountId.eq(account))
        .exec(tx.connection())
        .await?;
    Ok(moved)
}

/// Revokes the keys that had moved to the administrator and are the administrator's still; returns those that were not
/// revoked before.
pub(crate) async fn revoke_moved(tx: &Tx, undone: &Undone) -> Result<Vec<api_key::Model>, Error> {
    let moved = api_key::Entity::find()
        .filter(api_key::Column::Id.is_in(undone.moved_keys.iter().copied()))
        .filter(api_key::Column::AccountId.eq(undone.administrator().0))
        .filter(api_key::Column::RevokedAt.is_null())
        .order_by_asc(api_key::Column::Id)
        .all(tx.connection())
        .await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(tx.now().micros()))
        .filter(api_key::Column::Id.is_in(moved.iter().map(|key| key.id)))
        .exec(tx.connection())
        .await?;
    Ok(moved)
}
