//! Lists of prefixes: all of them for site administrators, and one's own.

use super::owners::reach_of;
use crate::actor::Actor;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::{Gallery, store};
use domain::prefix::{OwnPrefix, PrefixAccess, PrefixRow, shown};
use sea_orm::ConnectionTrait;

/// Prefixes read at most: a site reserves them one by one, for people who ask.
const LIMIT: u64 = 1_000;

/// The reserved prefixes in the order of their letters.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for everybody but site administrators.
pub async fn list(g: &Gallery, a: &Actor) -> Result<Vec<PrefixRow>, Error> {
    let right = SiteRight::of(g.reader(), a).await?;
    let rows = store::prefixes::all(g.reader(), right, LIMIT).await?;
    let owners = store::prefixes::owners(g.reader(), rows.iter().map(|row| row.id)).await?;
    let names = store::accounts::names(g.reader(), owners.values().flatten().map(|key| key.0)).await?;
    let named = |prefix: i64| {
        let keys = owners.get(&prefix).map_or(&[][..], Vec::as_slice);
        let mut names: Vec<String> = keys.iter().filter_map(|key| names.get(&key.0).cloned()).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names
    };
    Ok(rows
        .into_iter()
        .map(|row| PrefixRow {
            key: row.id,
            owners: named(row.id),
            reach: reach_of(row.is_prefix),
            access: PrefixAccess::of_checkbox(row.shared),
            value: row.value,
        })
        .collect())
}

/// The prefixes that some accounts hold, given with their names.
pub(crate) async fn of_accounts<C: ConnectionTrait>(
    connection: &C,
    accounts: &[(i64, String)],
) -> Result<Vec<OwnPrefix>, Error> {
    let held = store::prefixes::held_by(connection, accounts.iter().map(|(key, _)| *key), LIMIT).await?;
    Ok(held
        .into_iter()
        .map(|(prefix, holders)| OwnPrefix {
            prefix: shown(&prefix.value, reach_of(prefix.is_prefix)),
            owners: accounts
                .iter()
                .filter(|(key, _)| holders.contains(key))
                .map(|(_, name)| name.clone())
                .collect(),
            access: PrefixAccess::of_checkbox(prefix.shared),
        })
        .collect())
}
