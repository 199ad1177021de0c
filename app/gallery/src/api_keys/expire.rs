//! Tells the holders of keys that end soon, and of those that have ended: once each value.

use super::mails;
use crate::authorization::{Hold, account_by_key};
use crate::error::Error;
use crate::tx::{Bookkeeping, Tx};
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::time::Timestamp;
use schema::entity::{account, api_key};

/// From how many days before its end on a key's holders are warned.
const WARNED: i64 = 10;

/// An end that is longer ago than that many days, while no server ran, is told nobody any more.
const OLD_NEWS: i64 = 10;

/// Told in one go at most.
const BATCH: u64 = 100;

/// Mails what is due. Which node does it is decided by the row: whoever notes it first sends.
pub(crate) async fn note_expiring(g: &Gallery) -> Result<(), Error> {
    let now = g.now();
    for row in store::api_keys::ending_unwarned(g.reader(), now, now.plus_days(WARNED), BATCH).await? {
        let mut tx = g.begin().await?;
        if !store::api_keys::note_warning(&tx, &row).await? {
            continue;
        }
        if let Some((holder, owner)) = concerned(&tx, &row).await? {
            let ends = Timestamp::from_micros(row.expires_at);
            mails::expiring(&mut tx, &holder, &row.name, &owner, ends).await?;
        }
        tx.commit_bookkeeping(Bookkeeping::KeyExpiry).await?;
    }
    for row in store::api_keys::ended_unnoted(g.reader(), now, now.plus_days(-OLD_NEWS), BATCH).await? {
        let mut tx = g.begin().await?;
        if !store::api_keys::note_end(&tx, &row).await? {
            continue;
        }
        if let Some((holder, owner)) = concerned(&tx, &row).await? {
            let ended = Timestamp::from_micros(row.expires_at);
            mails::expired(&mut tx, &holder, &row.name, &owner, ended).await?;
        }
        tx.commit_bookkeeping(Bookkeeping::KeyExpiry).await?;
    }
    Ok(())
}

/// Whose key it is and for whom it pushes; nothing when either is deleted, since nobody misses the key then.
async fn concerned(tx: &Tx, row: &api_key::Model) -> Result<Option<(account::Model, account::Model)>, Error> {
    let holder = account_by_key(tx.connection(), AccountKey(row.account_id), Hold::No).await?;
    let owner = account_by_key(tx.connection(), AccountKey(row.owner_id), Hold::No).await?;
    Ok(holder.zip(owner))
}
