//! Policies that stop though nobody changed them: their person left the owner, or an account they are about is gone.

use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::store::api_keys::EndsMembership;
use crate::store::short_lived_keys;
use crate::store::transformations::Accepted;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::publishing_policy::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter};

/// Suspends the policies by which somebody published for an organization that they leave. After rejoining they work
/// again when the person activates them.
pub(crate) async fn suspend_of_member(tx: &Tx, right: &impl EndsMembership, member: AccountKey) -> Result<(), Error> {
    let which = Condition::all()
        .add(Column::AccountId.eq(member.0))
        .add(Column::OwnerId.eq(right.organization().0));
    Entity::update_many()
        .col_expr(Column::Suspended, Expr::value(true))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(which.clone())
        .exec(tx.connection())
        .await?;
    short_lived_keys::end_of_policies(tx, which).await
}

/// Removes the policies of an account that is deleted, and those that publish for it.
pub(crate) async fn remove_of_account(tx: &Tx, right: &Authorized<ManageAccount>) -> Result<(), Error> {
    let key = right.account().0;
    let which = Condition::any()
        .add(Column::AccountId.eq(key))
        .add(Column::OwnerId.eq(key));
    remove(tx, which).await
}

/// Removes the policies by which an account that becomes an organization published for others: it has left them, and can
/// never be their member again. Its other policies are the organization's.
pub(crate) async fn remove_of_others(tx: &Tx, accepted: &Accepted) -> Result<(), Error> {
    let key = accepted.account().0;
    let which = Condition::all()
        .add(Column::AccountId.eq(key))
        .add(Column::OwnerId.ne(key));
    remove(tx, which).await
}

async fn remove(tx: &Tx, which: Condition) -> Result<(), Error> {
    // Whoever makes a key at this moment holds the policy's row; this waits for it, so that no key is left behind.
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(which.clone())
        .exec(tx.connection())
        .await?;
    short_lived_keys::end_of_policies(tx, which.clone()).await?;
    Entity::delete_many().filter(which).exec(tx.connection()).await?;
    Ok(())
}
