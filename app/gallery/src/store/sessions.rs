//! The table `sessions`: signed-in browsers.

use super::transformations::Accepted;
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::sessions::Beginning;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind};
use domain::time::Timestamp;
use schema::entity::{account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Begins a session.
pub(crate) async fn insert(
    tx: &Tx,
    token_hash: Vec<u8>,
    beginning: &Beginning<'_>,
    expires: Timestamp,
) -> Result<(), Error> {
    let row = session::ActiveModel {
        token_hash: Set(token_hash),
        account_id: Set(beginning.account.0),
        identity_id: Set(Some(beginning.identity)),
        provider: Set(beginning.provider.to_owned()),
        second_factor: Set(beginning.second_factor),
        created_at: Set(tx.now().micros()),
        seen_at: Set(tx.now().micros()),
        expires_at: Set(expires.micros()),
        user_agent: Set(beginning.origin.user_agent.clone()),
        ..Default::default()
    };
    session::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    // How somebody signed in the latest time is what policies ask of their keys.
    account::Entity::update_many()
        .col_expr(account::Column::LastProvider, Expr::value(beginning.provider))
        .col_expr(account::Column::LastSecondFactor, Expr::value(beginning.second_factor))
        .filter(account::Column::Id.eq(beginning.account.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// A session that has not ended, with its person, who is not deleted and no organization.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    token_hash: &[u8],
    now: Timestamp,
    seen_after: Timestamp,
) -> Result<Option<(session::Model, account::Model)>, Error> {
    let row = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(session::Column::ExpiresAt.gt(now.micros()))
        .filter(session::Column::SeenAt.gt(seen_after.micros()))
        .one(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let person = account::Entity::find_by_id(row.account_id)
        .filter(account::Column::DeletedAt.is_null())
        .filter(account::Column::Kind.eq(AccountKind::User.value()))
        .one(connection)
        .await?;
    Ok(person.map(|person| (row, person)))
}

/// Notes that a session is in use.
pub(crate) async fn note_use(tx: &Tx, key: i64) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(tx.now().micros()))
        .filter(session::Column::Id.eq(key))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends a session of an account. False: it was ended already.
pub(crate) async fn delete(tx: &Tx, account: AccountKey, token_hash: &[u8]) -> Result<bool, Error> {
    let done = session::Entity::delete_many()
        .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(session::Column::AccountId.eq(account.0))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends every session of an account that becomes an organization.
pub(crate) async fn end_all(tx: &Tx, accepted: &Accepted) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(accepted.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// The sessions of an account that have not ended, the last used first, at most `limit`.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    now: Timestamp,
    seen_after: Timestamp,
    limit: u64,
) -> Result<Vec<session::Model>, Error> {
    Ok(session::Entity::find()
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::ExpiresAt.gt(now.micros()))
        .filter(session::Column::SeenAt.gt(seen_after.micros()))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Ends a session of an account by its handle; returns it as it was. Nothing: it was ended already, or is not the
/// account's.
pub(crate) async fn revoke(tx: &Tx, account: AccountKey, key: i64) -> Result<Option<session::Model>, Error> {
    let row = session::Entity::find_by_id(key)
        .filter(session::Column::AccountId.eq(account.0))
        .one(tx.connection())
        .await?;
    let done = session::Entity::delete_many()
        .filter(session::Column::Id.eq(key))
        .filter(session::Column::AccountId.eq(account.0))
        .exec(tx.connection())
        .await?;
    Ok(row.filter(|_| done.rows_affected == 1))
}

/// Ends the sessions of an account that began with a sign-in.
pub(crate) async fn end_those_of(tx: &Tx, holder: &Authorized<ManageAccount>, identity: i64) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(holder.account().0))
        .filter(session::Column::IdentityId.eq(identity))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes sessions that have ended by their time or for want of use.
pub(crate) async fn sweep(tx: &Tx, seen_after: Timestamp) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(
            Condition::any()
                .add(session::Column::ExpiresAt.lte(tx.now().micros()))
                .add(session::Column::SeenAt.lte(seen_after.micros())),
        )
        .exec(tx.connection())
        .await?;
    Ok(())
}
