//! The pages "API keys" of a person and of an organization.

use super::state::state;
use super::why::why;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeAccountKeys, may_read, organizations_open_to, state_of};
use crate::error::Error;
use crate::organizations::head_of;
use crate::store::of_members::OfMember;
use crate::{Gallery, store};
use domain::api_key::{
    ApiKeyRow, ApiKeyState, ApiKeysPage, KeyHistory, KeysOfOrganization, MemberKeyRow, OrganizationKeysPage, lifetimes,
};
use domain::page::Place;
use domain::permission::{Action, Glob};
use domain::time::Timestamp;
use schema::entity::api_key;
use std::collections::{HashMap, HashSet};

/// The most organizations of a person that are offered as owners.
const ORGANIZATIONS: u64 = 1_000;

/// What stands for the name of somebody who has none any more.
const DELETED: &str = "a deleted account";

/// A person's keys, newest first, and the accounts for which they may make more.
///
/// # Errors
/// A request to sign in, or when the database fails.
pub async fn mine(g: &Gallery, a: &Actor) -> Result<ApiKeysPage, Error> {
    let person = acting_person(a)?;
    let rows = store::api_keys::of_account(g.reader(), person, super::KEYS_OF_AN_ACCOUNT).await?;
    let organizations = store::memberships::organizations_of(g.reader(), person, ORGANIZATIONS).await?;
    let roles: HashMap<i64, _> = organizations.iter().map(|one| (one.key, one.role)).collect();
    let concerned = rows.iter().map(|row| row.owner_id).chain(roles.keys().copied());
    let accounts = store::accounts::rows(g.reader(), concerned.chain([person.0])).await?;
    let oneself = accounts.get(&person.0).ok_or(Error::NotFound)?;
    let keys = rows
        .iter()
        .map(|row| {
            let owner = accounts.get(&row.owner_id);
            let role = roles.get(&row.owner_id).copied();
            let name = owner.map(|owner| owner.name.clone()).unwrap_or_default();
            ApiKeyRow {
                why: why(row, g.now(), oneself, owner, role),
                ..view(row, name, state(row, g.now(), oneself, owner, role))
            }
        })
        .collect();
    let limits: Vec<_> = std::iter::once(person.0)
        .chain(roles.keys().copied())
        .filter_map(|key| accounts.get(&key))
        .map(|owner| state_of(owner).longest_key_days)
        .collect();
    let open = organizations_open_to(g.reader(), a, person, Action::CreateKeyForAccount).await?;
    let owners = std::iter::once(oneself.name.clone())
        .chain(open.into_iter().map(|organization| organization.name))
        .collect();
    Ok(ApiKeysPage {
        keys,
        owners,
        lifetimes: lifetimes(&limits),
    })
}

/// An organization's keys and, page by page, those of its members for it; collaborators get the names of the first
/// alone.
///
/// # Errors
/// [`Error::NotFound`] for everybody but members.
pub async fn of_organization(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    place: Place,
) -> Result<OrganizationKeysPage, Error> {
    let name = name_in_address(a, organization)?;
    let authorized = may_read::<SeeAccountKeys, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    let rows = store::api_keys::of_account(g.reader(), authorized.account(), super::KEYS_OF_AN_ACCOUNT).await?;
    let keys = if Action::ManageAccountKeys.allows(authorized.standing()) {
        let members = store::api_keys::of_members(g.reader(), &authorized, &place).await?;
        KeysOfOrganization::Managed {
            own: own(g, &authorized, rows).await?,
            lifetimes: lifetimes(&[state_of(authorized.row()).longest_key_days]),
            members: members.map(|key| member_key(&key, g.now(), &authorized)),
        }
    } else {
        KeysOfOrganization::Names(rows.into_iter().map(|row| row.name).collect())
    };
    Ok(OrganizationKeysPage {
        head: head_of(&authorized),
        keys,
    })
}

/// The organization's own keys, each with who made it and who knows its value.
async fn own(
    g: &Gallery,
    authorized: &Authorized<SeeAccountKeys>,
    rows: Vec<api_key::Model>,
) -> Result<Vec<ApiKeyRow>, Error> {
    let organization = authorized.row();
    let viewers = store::api_keys::viewers(g.reader(), authorized.account()).await?;
    let shown: Vec<i64> = viewers.values().flatten().copied().collect();
    let members = store::memberships::roles_among(g.reader(), authorized.account(), &shown).await?;
    let members: HashSet<i64> = members.into_keys().collect();
    let makers = rows.iter().filter_map(|row| row.created_by);
    let names = store::accounts::names(g.reader(), makers.chain(shown)).await?;
    let called = |key: &i64| names.get(key).cloned().unwrap_or_else(|| DELETED.to_owned());
    Ok(rows
        .iter()
        .map(|row| {
            let state = state(row, g.now(), organization, Some(organization), None);
            let viewers = viewers.get(&row.id).map_or(&[][..], Vec::as_slice);
            // A value that is good for nothing needs no change.
            let worthless = state.is_final() || state == ApiKeyState::Expired;
            let gone = viewers.iter().filter(|person| !worthless && !members.contains(*person));
            let history = KeyHistory {
                created_by: row
                    .created_by
                    .as_ref()
                    .map_or_else(|| "the operator".to_owned(), called),
                shown_to: viewers.iter().map(called).collect(),
                gone: gone.map(called).collect(),
            };
            ApiKeyRow {
                history: Some(history),
                why: why(row, g.now(), organization, Some(organization), None),
                ..view(row, organization.name.clone(), state)
            }
        })
        .collect())
}

fn member_key(
    key: &OfMember<api_key::Model>,
    now: Timestamp,
    organization: &Authorized<SeeAccountKeys>,
) -> MemberKeyRow {
    let OfMember { row, member, role } = key;
    MemberKeyRow {
        key: row.id,
        name: row.name.clone(),
        member: member.name.clone(),
        scopes: store::api_keys::scopes(row),
        globs: globs(row),
        last_used: row.last_used_at.map(Timestamp::from_micros),
        expires: Timestamp::from_micros(row.expires_at),
        state: state(row, now, member, Some(organization.row()), Some(*role)),
        why: why(row, now, member, Some(organization.row()), Some(*role)),
    }
}

fn view(row: &api_key::Model, owner: String, state: ApiKeyState) -> ApiKeyRow {
    ApiKeyRow {
        key: row.id,
        name: row.name.clone(),
        owner,
        scopes: store::api_keys::scopes(row),
        globs: globs(row),
        created: Timestamp::from_micros(row.created_at),
        expires: Timestamp::from_micros(row.expires_at),
        last_used: row.last_used_at.map(Timestamp::from_micros),
        state,
        why: Vec::new(),
        history: None,
    }
}

fn globs(row: &api_key::Model) -> Vec<String> {
    let globs = store::api_keys::globs(row);
    globs.iter().map(|glob: &Glob| glob.as_str().to_owned()).collect()
}
