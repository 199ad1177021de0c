//! The table `short_lived_keys`: what workloads got for their tokens. A key says no more than which policy made it.

use crate::authorization::{AdministerSite, Authorized, ChangeListing, PublishVersion};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::time::Timestamp;
use schema::entity::{publishing_policy, short_lived_key};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};
use subtle::ConstantTimeEq;

/// Whoever may do for an account what a policy is for.
pub(crate) trait MayPublish {
    /// The account acted for.
    fn owner(&self) -> AccountKey;
}

impl MayPublish for Authorized<PublishVersion> {
    fn owner(&self) -> AccountKey {
        self.account()
    }
}

impl MayPublish for Authorized<ChangeListing> {
    fn owner(&self) -> AccountKey {
        self.account()
    }
}

/// Keeps a key that a policy has made.
pub(crate) async fn insert(
    tx: &Tx,
    right: &(dyn MayPublish + Send + Sync),
    policy: &publishing_policy::Model,
    name: &str,
    hash: Vec<u8>,
    expires: Timestamp,
) -> Result<(), Error> {
    debug_assert!(right.owner().0 == policy.owner_id, "a key acts for its policy's owner");
    let row = short_lived_key::ActiveModel {
        policy_id: Set(policy.id),
        hash: Set(hash),
        name: Set(name.to_owned()),
        created_at: Set(tx.now().micros()),
        expires_at: Set(expires.micros()),
        ..Default::default()
    };
    short_lived_key::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A key with the policy that made it.
pub(crate) type WithPolicy = (short_lived_key::Model, publishing_policy::Model);

/// The key of a value's hash, compared in constant time once more.
pub(crate) async fn by_hash<C: ConnectionTrait>(connection: &C, hash: Vec<u8>) -> Result<Option<WithPolicy>, Error> {
    let row = short_lived_key::Entity::find()
        .filter(short_lived_key::Column::Hash.eq(hash.clone()))
        .one(connection)
        .await?;
    with_policy(connection, row.filter(|row| bool::from(row.hash.ct_eq(&hash)))).await
}

/// The key of a number.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, key: i64) -> Result<Option<WithPolicy>, Error> {
    let row = short_lived_key::Entity::find_by_id(key).one(connection).await?;
    with_policy(connection, row).await
}

async fn with_policy<C: ConnectionTrait>(
    connection: &C,
    row: Option<short_lived_key::Model>,
) -> Result<Option<WithPolicy>, Error> {
    let Some(row) = row else { return Ok(None) };
    let policy = super::publishing_policies::find(connection, row.policy_id).await?;
    Ok(policy.map(|policy| (row, policy)))
}

/// Ends the keys that a policy has made.
pub(crate) async fn end_of_policy(tx: &Tx, policy: i64) -> Result<(), Error> {
    short_lived_key::Entity::delete_many()
        .filter(short_lived_key::Column::PolicyId.eq(policy))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends the keys that some policies have made.
pub(super) async fn end_of_policies(tx: &Tx, which: Condition) -> Result<(), Error> {
    let policies = publishing_policy::Entity::find()
        .select_only()
        .column(publishing_policy::Column::Id)
        .filter(which)
        .into_query();
    short_lived_key::Entity::delete_many()
        .filter(short_lived_key::Column::PolicyId.in_subquery(policies))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends the keys of an account that is locked, and those that act for it. Its policies stay.
pub(crate) async fn end_of_locked(tx: &Tx, right: &Authorized<AdministerSite>) -> Result<(), Error> {
    let key = right.account().0;
    let which = Condition::any()
        .add(publishing_policy::Column::AccountId.eq(key))
        .add(publishing_policy::Column::OwnerId.eq(key));
    end_of_policies(tx, which).await
}

/// Removes keys whose time has been over for so long that nobody needs to be told.
pub(crate) async fn sweep(tx: &Tx, before: Timestamp) -> Result<(), Error> {
    short_lived_key::Entity::delete_many()
        .filter(short_lived_key::Column::ExpiresAt.lt(before.micros()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
