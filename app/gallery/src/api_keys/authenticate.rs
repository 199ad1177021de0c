//! From a key's value to an actor.

use super::value::KeyValue;
use crate::actor::{Actor, KeyHolder, Origin, Who};
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::store::short_lived_keys::WithPolicy;
use crate::tx::{Bookkeeping, Tx};
use crate::{Gallery, store, trusted_publishing};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::time::Timestamp;
use schema::entity::api_key;

/// A key's use is noted at most this often, in seconds.
const NOTED_EVERY: i64 = 60;

/// Why a value is no working key. Where the key is known, its holder is told, and the trail notes who it was.
#[derive(Debug)]
pub enum KeyRefusal {
    /// Nobody knows this value, or its key was deleted. Who shows it learns nothing else.
    Unknown,
    /// The key's time is over.
    Expired(Box<Actor>),
    /// Somebody revoked the key.
    Revoked(Box<Actor>),
    /// An administrator of the key's owner has cut it off.
    CutOff(Box<Actor>),
    /// The key's person left its owner, and has not confirmed the key after rejoining.
    Suspended(Box<Actor>),
    /// The database could not be asked.
    Failed(Error),
}

impl From<Error> for KeyRefusal {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Finds who shows a key, and notes the use: at most once a minute, and the first time in the trail.
///
/// The rights of the key's person are another question, asked anew in every transaction.
///
/// # Errors
/// See [`KeyRefusal`].
pub async fn authenticate(g: &Gallery, origin: Origin, value: &str) -> Result<Actor, KeyRefusal> {
    let Some(value) = KeyValue::parse(value) else {
        return Err(KeyRefusal::Unknown);
    };
    let Some(row) = store::api_keys::by_hash(g.reader(), value.hash()).await? else {
        return match store::short_lived_keys::by_hash(g.reader(), value.hash()).await? {
            Some(found) => workload(&found, g.now(), origin),
            None => Err(KeyRefusal::Unknown),
        };
    };
    let actor = Actor {
        who: Who::Key(holder_of(&row)),
        origin,
    };
    refuse_by_state(&row, g.now(), &actor)?;
    let noted_after = g.now().plus_seconds(-NOTED_EVERY).micros();
    if row.last_used_at.is_none_or(|last| last < noted_after) {
        note_use(g, &actor, &row).await?;
    }
    Ok(actor)
}

/// Looks again, in the transaction that writes, whether the key still works: receiving a package takes its time.
///
/// # Errors
/// See [`KeyRefusal`].
pub(crate) async fn check_still_good(tx: &Tx, actor: &Actor) -> Result<(), KeyRefusal> {
    let Who::Key(holder) = &actor.who else {
        return Ok(());
    };
    if holder.policy.is_some() {
        return match store::short_lived_keys::find(tx.connection(), holder.key).await? {
            Some(found) => workload(&found, tx.now(), actor.origin.clone()).map(drop),
            None => Err(KeyRefusal::Unknown),
        };
    }
    match store::api_keys::find(tx.connection(), holder.key).await? {
        Some(row) => refuse_by_state(&row, tx.now(), actor),
        None => Err(KeyRefusal::Unknown),
    }
}

/// The workload behind a short-lived key. Its use was noted when it was made.
fn workload((row, policy): &WithPolicy, now: Timestamp, origin: Origin) -> Result<Actor, KeyRefusal> {
    let holder = trusted_publishing::holder_of(policy, row);
    let actor = Actor {
        who: Who::Key(holder),
        origin,
    };
    if row.expires_at <= now.micros() {
        Err(KeyRefusal::Expired(Box::new(actor)))
    } else if policy.cut_off || policy.suspended {
        Err(KeyRefusal::Unknown)
    } else {
        Ok(actor)
    }
}

/// What a row says of its holder.
pub(crate) fn holder_of(row: &api_key::Model) -> KeyHolder {
    KeyHolder {
        key: row.id,
        policy: None,
        name: row.name.clone(),
        account: AccountKey(row.account_id),
        owner: AccountKey(row.owner_id),
        scopes: store::api_keys::scopes(row),
        globs: store::api_keys::globs(row),
        expires: Timestamp::from_micros(row.expires_at),
        issued: Timestamp::from_micros(row.expires_at).plus_days(-i64::from(row.days)),
    }
}

fn refuse_by_state(row: &api_key::Model, now: Timestamp, actor: &Actor) -> Result<(), KeyRefusal> {
    let known = || Box::new(actor.clone());
    if row.cut_off {
        Err(KeyRefusal::CutOff(known()))
    } else if row.revoked_at.is_some() {
        Err(KeyRefusal::Revoked(known()))
    } else if row.expires_at <= now.micros() {
        Err(KeyRefusal::Expired(known()))
    } else if row.suspended {
        Err(KeyRefusal::Suspended(known()))
    } else {
        Ok(())
    }
}

async fn note_use(g: &Gallery, actor: &Actor, row: &api_key::Model) -> Result<(), Error> {
    let tx = g.begin().await?;
    match store::api_keys::note_use(&tx, row.id).await? {
        store::api_keys::Use::First => {
            let event = AuditEvent::new(actor, AuditAction::ApiKeyFirstUsed, Subject::text(&row.name))
                .on_behalf_of(AccountKey(row.owner_id));
            tx.commit(event).await
        }
        store::api_keys::Use::Another => tx.commit_bookkeeping(Bookkeeping::LastUse).await,
    }
}
