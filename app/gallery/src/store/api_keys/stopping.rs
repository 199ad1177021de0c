//! Keys that stop though nobody revoked them: their person left the owner, or the owner cut them off.

use crate::authorization::{Authorized, LeaveOrganization, ManageAccountKeys, ManageMembers};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::api_key;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Whoever may end a membership, by removing or by leaving.
pub(crate) trait EndsMembership {
    /// The organization left.
    fn organization(&self) -> AccountKey;
}

impl EndsMembership for Authorized<ManageMembers> {
    fn organization(&self) -> AccountKey {
        self.account()
    }
}

impl EndsMembership for Authorized<LeaveOrganization> {
    fn organization(&self) -> AccountKey {
        self.account()
    }
}

/// Suspends the personal keys with which somebody pushed for an organization that they leave. After rejoining they work
/// again when the person confirms them.
pub(crate) async fn suspend_of_member(tx: &Tx, right: &impl EndsMembership, member: AccountKey) -> Result<(), Error> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::Suspended, Expr::value(true))
        .filter(api_key::Column::AccountId.eq(member.0))
        .filter(api_key::Column::OwnerId.eq(right.organization().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// How many keys of somebody who left an organization have stopped with that: those that would work otherwise.
pub(crate) async fn count_stopped<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    person: AccountKey,
    now: i64,
) -> Result<u32, Error> {
    let count = api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(person.0))
        .filter(api_key::Column::OwnerId.eq(organization.0))
        .filter(api_key::Column::Suspended.eq(true))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(now))
        .count(connection)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Cuts a personal key off from the organization that it pushes for. False: it was revoked or cut off already.
pub(crate) async fn cut_off(tx: &Tx, owner: &Authorized<ManageAccountKeys>, key: i64) -> Result<bool, Error> {
    let done = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(tx.now().micros()))
        .col_expr(api_key::Column::CutOff, Expr::value(true))
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::OwnerId.eq(owner.account().0))
        .filter(api_key::Column::AccountId.ne(owner.account().0))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
