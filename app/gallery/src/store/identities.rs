//! The table `identities`: the sign-ins of people.

use super::api_keys::EndsMembership;
use super::transformations::{Accepted, Undone};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::sign_in::Identity;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::time::Timestamp;
use schema::entity::{identity, transformation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

/// The sign-in of an issuer's subject, unless it is dormant.
pub(crate) async fn find(tx: &Tx, issuer: &str, subject: &str) -> Result<Option<identity::Model>, Error> {
    Ok(identity::Entity::find()
        .filter(identity::Column::Issuer.eq(issuer))
        .filter(identity::Column::Subject.eq(subject))
        .filter(identity::Column::Dormant.eq(false))
        .one(tx.connection())
        .await?)
}

/// Links a sign-in to an account. Nothing: it is linked already, to this account or another one.
///
/// One that is dormant since a transformation is its person's to use for another account; the transformation cannot be
/// undone then.
pub(crate) async fn insert(tx: &Tx, account: AccountKey, identity: &Identity) -> Result<Option<i64>, Error> {
    identity::Entity::delete_many()
        .filter(identity::Column::Issuer.eq(identity.issuer.as_str()))
        .filter(identity::Column::Subject.eq(identity.subject.as_str()))
        .filter(identity::Column::Dormant.eq(true))
        .exec(tx.connection())
        .await?;
    let row = identity::ActiveModel {
        account_id: Set(account.0),
        provider: Set(identity.provider.clone()),
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        email_key: Set(identity.vouched_key()),
        dormant: Set(false),
        created_at: Set(tx.now().micros()),
        used_at: Set(tx.now().micros()),
        ..Default::default()
    };
    match identity::Entity::insert(row).exec(tx.connection()).await {
        Ok(done) => Ok(Some(done.last_insert_id)),
        Err(error) if Error::is_duplicate(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The sign-ins of an account, the oldest first; without dormant ones.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Vec<identity::Model>, Error> {
    Ok(identity::Entity::find()
        .filter(identity::Column::AccountId.eq(account.0))
        .filter(identity::Column::Dormant.eq(false))
        .order_by_asc(identity::Column::Id)
        .all(connection)
        .await?)
}

/// Unlinks a sign-in from the account whose row the asker holds.
pub(crate) async fn delete(tx: &Tx, holder: &Authorized<ManageAccount>, key: i64) -> Result<(), Error> {
    identity::Entity::delete_many()
        .filter(identity::Column::Id.eq(key))
        .filter(identity::Column::AccountId.eq(holder.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Notes a use, and the address that the provider vouches for now. False: it was unlinked meanwhile, or is dormant.
pub(crate) async fn note_use(tx: &Tx, key: i64, identity: &Identity) -> Result<bool, Error> {
    let done = identity::Entity::update_many()
        .col_expr(identity::Column::UsedAt, Expr::value(tx.now().micros()))
        .col_expr(identity::Column::EmailKey, Expr::value(identity.vouched_key()))
        .filter(identity::Column::Id.eq(key))
        .filter(identity::Column::Dormant.eq(false))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// The sign-ins of an account that becomes an organization go dormant; returns their numbers.
pub(crate) async fn fall_asleep(tx: &Tx, accepted: &Accepted) -> Result<Vec<i64>, Error> {
    let account = accepted.account().0;
    let keys: Vec<i64> = identity::Entity::find()
        .select_only()
        .column(identity::Column::Id)
        .filter(identity::Column::AccountId.eq(account))
        .order_by_asc(identity::Column::Id)
        .into_tuple()
        .all(tx.connection())
        .await?;
    identity::Entity::update_many()
        .col_expr(identity::Column::Dormant, Expr::value(true))
        .filter(identity::Column::AccountId.eq(account))
        .exec(tx.connection())
        .await?;
    Ok(keys)
}

/// Wakes the sign-ins of an account that is a user again. False: one of them is not there any more.
pub(crate) async fn wake(tx: &Tx, undone: &Undone) -> Result<bool, Error> {
    let done = identity::Entity::update_many()
        .col_expr(identity::Column::Dormant, Expr::value(false))
        .filter(identity::Column::Id.is_in(undone.dormant_identities.iter().copied()))
        .filter(identity::Column::AccountId.eq(undone.organization().0))
        .filter(identity::Column::Dormant.eq(true))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == undone.dormant_identities.len() as u64)
}

/// How many of these sign-ins are dormant still.
pub(crate) async fn count_dormant<C: ConnectionTrait>(connection: &C, keys: &[i64]) -> Result<u64, Error> {
    Ok(identity::Entity::find()
        .filter(identity::Column::Id.is_in(keys.iter().copied()))
        .filter(identity::Column::Dormant.eq(true))
        .count(connection)
        .await?)
}

/// Removes the sign-ins that are dormant for a transformation accepted until then: it cannot be undone any more.
pub(crate) async fn sweep_dormant(tx: &Tx, accepted_until: Timestamp) -> Result<(), Error> {
    let transformed = transformation::Entity::find()
        .select_only()
        .column(transformation::Column::AccountId)
        .filter(transformation::Column::AcceptedAt.lte(accepted_until.micros()))
        .into_query();
    identity::Entity::delete_many()
        .filter(identity::Column::Dormant.eq(true))
        .filter(identity::Column::AccountId.in_subquery(transformed))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// The addresses that an account's sign-ins vouch for, in lower case.
pub(crate) async fn vouched_addresses<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Vec<String>, Error> {
    Ok(identity::Entity::find()
        .select_only()
        .column(identity::Column::EmailKey)
        .filter(identity::Column::AccountId.eq(account.0))
        .filter(identity::Column::Dormant.eq(false))
        .filter(identity::Column::EmailKey.is_not_null())
        .into_tuple()
        .all(connection)
        .await?)
}

/// The accounts to which an address belongs by a sign-in that vouches for it.
pub(crate) async fn accounts_vouched_for<C: ConnectionTrait>(
    connection: &C,
    email_key: &str,
) -> Result<Vec<AccountKey>, Error> {
    let keys: Vec<i64> = identity::Entity::find()
        .select_only()
        .column(identity::Column::AccountId)
        .filter(identity::Column::EmailKey.eq(email_key))
        .filter(identity::Column::Dormant.eq(false))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(keys.into_iter().map(AccountKey).collect())
}
