//! The owners of a prefix, by the names that were typed.

use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, account_by_name};
use crate::error::Error;
use crate::store;
use crate::store::verified::Among;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::prefix::{PrefixField, PrefixProblem, PrefixReach};

/// Packages whose names are read at once.
const BATCH: usize = 500;

/// The accounts of some names.
///
/// # Errors
/// The first name that nobody has, at the field.
pub(super) async fn accounts(tx: &Tx, names: &[AccountName]) -> Result<Vec<AccountKey>, Error> {
    let mut accounts = Vec::new();
    for name in names {
        let account = account_by_name(tx.connection(), name, Hold::No).await?;
        let unknown = || {
            Error::field(
                PrefixField::Owners,
                PrefixProblem::UnknownOwner(name.as_str().to_owned()),
            )
        };
        accounts.push(AccountKey(account.ok_or_else(unknown)?.id));
    }
    Ok(accounts)
}

/// What a reservation is about.
pub(super) const fn reach_of(is_prefix: bool) -> PrefixReach {
    if is_prefix {
        PrefixReach::Beginning
    } else {
        PrefixReach::Exact
    }
}

/// What the trail says of a prefix: who may publish under it.
pub(super) fn in_words(shared: bool, owners: &[String]) -> String {
    let mut words: Vec<&str> = owners.iter().map(String::as_str).collect();
    words.sort_by_key(|name| name.to_lowercase());
    if shared {
        words.push("everybody (shared)");
    }
    if words.is_empty() {
        "nobody".to_owned()
    } else {
        words.join(", ")
    }
}

/// The names of accounts.
pub(super) async fn names(tx: &Tx, accounts: &[AccountKey]) -> Result<Vec<String>, Error> {
    let names = store::accounts::names(tx.connection(), accounts.iter().map(|key| key.0)).await?;
    Ok(names.into_values().collect())
}

/// The event of a change, in the trails of the owners.
pub(super) fn event(a: &Actor, action: AuditAction, prefix: String, owners: &[AccountKey]) -> AuditEvent {
    owners
        .iter()
        .fold(AuditEvent::new(a, action, Subject::text(prefix)), |event, owner| {
            event.in_trail_of(*owner)
        })
}

/// Brings the marks of the packages under a prefix up to date, and has the feed tell; returns the ids that changed, for
/// the caches to forget after the commit.
pub(super) async fn recompute_under(tx: &Tx, key: &str) -> Result<Vec<String>, Error> {
    let changed = super::recompute(tx, &Among::BeginningWith(key)).await?;
    let mut keys = Vec::with_capacity(changed.len());
    for batch in changed.chunks(BATCH) {
        for package in batch {
            store::catalog::append_newest(tx, *package).await?;
        }
        let names = store::packages::names(tx.connection(), batch.iter().copied()).await?;
        keys.extend(names.into_values().map(|name| name.to_lowercase()));
    }
    Ok(keys)
}
