//! Changes of a policy by whoever manages the keys of an account concerned. With each, the keys that the policy has made
//! end.

use crate::authorization::{Authorized, ManageAccountKeys};
use crate::error::Error;
use crate::store::api_keys::{joined, push_value};
use crate::store::short_lived_keys;
use crate::tx::Tx;
use domain::time::Timestamp;
use domain::trusted_publishing::NewPolicy;
use schema::entity::publishing_policy::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// What becomes of the numbers that a policy is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// They stay.
    Bound,
    /// It waits for its first use, until then.
    Waiting(Timestamp),
}

/// Writes what a policy says from now on. False: it is not there any more.
pub(crate) async fn edit(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    key: i64,
    new: &NewPolicy,
    changed: Changed,
) -> Result<bool, Error> {
    let mut update = update(holder, key)
        .col_expr(Column::Name, Expr::value(new.name.clone()))
        .col_expr(Column::Provider, Expr::value(new.provider.clone()))
        .col_expr(Column::RepositoryOwner, Expr::value(new.source.owner.clone()))
        .col_expr(Column::Repository, Expr::value(new.source.repository.clone()))
        .col_expr(Column::Workflow, Expr::value(new.source.workflow.clone()))
        .col_expr(Column::Environment, Expr::value(new.source.environment.clone()))
        .col_expr(Column::Push, Expr::value(push_value(new.scopes.push)))
        .col_expr(Column::Unlist, Expr::value(new.scopes.unlist))
        .col_expr(Column::Globs, Expr::value(joined(&new.globs)));
    if let Changed::Waiting(until) = changed {
        let nothing = || Expr::value(Option::<String>::None);
        update = update
            .col_expr(Column::RepositoryOwnerId, nothing())
            .col_expr(Column::RepositoryId, nothing())
            .col_expr(Column::ActiveUntil, Expr::value(until.micros()));
    }
    let done = update.exec(tx.connection()).await?;
    if done.rows_affected == 1 {
        short_lived_keys::end_of_policy(tx, key).await?;
    }
    Ok(done.rows_affected == 1)
}

/// Lets a policy wait for its first use until then, unless it is bound, and ends its suspension. False: it is not there
/// any more.
pub(crate) async fn activate(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    key: i64,
    changed: Changed,
) -> Result<bool, Error> {
    let mut update = update(holder, key).col_expr(Column::Suspended, Expr::value(false));
    if let Changed::Waiting(until) = changed {
        update = update.col_expr(Column::ActiveUntil, Expr::value(until.micros()));
    }
    let done = update.exec(tx.connection()).await?;
    Ok(done.rows_affected == 1)
}

/// Removes a policy. False: it was removed already.
pub(crate) async fn delete(tx: &Tx, holder: &Authorized<ManageAccountKeys>, key: i64) -> Result<bool, Error> {
    let account = holder.account();
    // Whoever makes a key at this moment holds the policy's row; this waits for it, so that no key is left behind.
    let held = update(holder, key).exec(tx.connection()).await?;
    if held.rows_affected == 0 {
        return Ok(false);
    }
    short_lived_keys::end_of_policy(tx, key).await?;
    let done = Entity::delete_many()
        .filter(Column::Id.eq(key))
        .filter(Column::AccountId.eq(account.0))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Cuts a person's policy off from the organization that it publishes for. False: it was cut off already, or is gone.
pub(crate) async fn cut_off(tx: &Tx, owner: &Authorized<ManageAccountKeys>, key: i64) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::CutOff, Expr::value(true))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::Id.eq(key))
        .filter(Column::OwnerId.eq(owner.account().0))
        .filter(Column::AccountId.ne(owner.account().0))
        .filter(Column::CutOff.eq(false))
        .exec(tx.connection())
        .await?;
    if done.rows_affected == 1 {
        short_lived_keys::end_of_policy(tx, key).await?;
    }
    Ok(done.rows_affected == 1)
}

fn update(holder: &Authorized<ManageAccountKeys>, key: i64) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::Id.eq(key))
        .filter(Column::AccountId.eq(holder.account().0))
}
