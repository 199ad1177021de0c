//! The page "API keys".

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::authorization::organizations_open_to;
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::api_key::{ApiKeyRow, ApiKeyState, ApiKeysPage};
use domain::permission::{Action, Glob};
use domain::time::Timestamp;
use schema::entity::api_key;
use std::collections::{HashMap, HashSet};

/// The most organizations of a person that are offered as owners.
const ORGANIZATIONS: u64 = 1_000;

/// A person's keys, newest first, and the accounts for which they may make more.
///
/// # Errors
/// A request to sign in, or when the database fails.
pub async fn mine(g: &Gallery, a: &Actor) -> Result<ApiKeysPage, Error> {
    let person = acting_person(a)?;
    let rows = store::api_keys::of_account(g.reader(), person, super::KEYS_OF_AN_ACCOUNT).await?;
    let organizations = store::memberships::organizations_of(g.reader(), person, ORGANIZATIONS).await?;
    let memberships: HashSet<i64> = organizations.iter().map(|organization| organization.key).collect();
    let named = rows.iter().map(|row| row.owner_id).chain([person.0]);
    let names = store::accounts::names(g.reader(), named).await?;
    let own_name = names.get(&person.0).cloned().ok_or(Error::NotFound)?;
    let keys = rows
        .iter()
        .map(|row| {
            view(
                row,
                g.now(),
                row.owner_id == person.0 || memberships.contains(&row.owner_id),
                &names,
            )
        })
        .collect();
    let open = organizations_open_to(g.reader(), a, person, Action::CreateKeyForAccount).await?;
    let owners = std::iter::once(own_name)
        .chain(open.into_iter().map(|organization| organization.name))
        .collect();
    Ok(ApiKeysPage { keys, owners })
}

fn view(row: &api_key::Model, now: Timestamp, may_act: bool, names: &HashMap<i64, String>) -> ApiKeyRow {
    ApiKeyRow {
        key: row.id,
        name: row.name.clone(),
        owner: names.get(&row.owner_id).cloned().unwrap_or_default(),
        scopes: store::api_keys::scopes(row),
        globs: store::api_keys::globs(row)
            .iter()
            .map(|glob: &Glob| glob.as_str().to_owned())
            .collect(),
        created: Timestamp::from_micros(row.created_at),
        expires: Timestamp::from_micros(row.expires_at),
        last_used: row.last_used_at.map(Timestamp::from_micros),
        state: state(row, now, may_act),
    }
}

/// Whether a key works; of several reasons against it, the one that only a new key cures comes first.
fn state(row: &api_key::Model, now: Timestamp, may_act: bool) -> ApiKeyState {
    if row.revoked_at.is_some() {
        ApiKeyState::Revoked
    } else if row.expires_at <= now.micros() {
        ApiKeyState::Expired
    } else if !may_act {
        ApiKeyState::NotAMember
    } else if row.suspended {
        ApiKeyState::NeedsConfirmation
    } else {
        ApiKeyState::Active
    }
}

/// Whose key a row is.
pub(super) fn account_of(row: &api_key::Model) -> AccountKey {
    AccountKey(row.account_id)
}
