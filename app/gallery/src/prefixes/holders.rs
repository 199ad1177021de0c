//! Who holds the prefix that a package is under, and who may act for them.

use crate::actor::Actor;
use crate::authorization::AnswerOwnershipRequest;
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;

/// The accounts that hold one of the prefixes that an id is under.
async fn holders<C: ConnectionTrait>(connection: &C, id_key: &str) -> Result<BTreeSet<AccountKey>, Error> {
    let over = store::prefixes::over(connection, id_key).await?;
    let owners = store::prefixes::owners(connection, over.iter().map(|prefix| prefix.id)).await?;
    Ok(owners.into_values().flatten().collect())
}

/// Whether an account holds a prefix that an id is under.
pub(crate) async fn holds_prefix_of<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    account: AccountKey,
) -> Result<bool, Error> {
    Ok(holders(connection, id_key).await?.contains(&account))
}

/// Whether the actor may act, in matters of ownership, for somebody who holds a prefix that an id is under.
pub(crate) async fn may_act_for_holder(tx: &Tx, a: &Actor, id_key: &str) -> Result<bool, Error> {
    for holder in holders(tx.connection(), id_key).await? {
        match tx.authorize_key::<AnswerOwnershipRequest>(a, holder).await {
            Ok(_) => return Ok(true),
            Err(Error::NotFound | Error::Denied(_) | Error::Policy { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}
