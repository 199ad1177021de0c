//! The page "Manage organizations".

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::error::Error;
use crate::members::addresses_of;
use crate::{Gallery, store};
use domain::organization::{MyOrganization, MyOrganizations};
use domain::permission::Role;
use std::collections::BTreeMap;

/// Memberships, and invitations, read at most.
const LIMIT: u64 = 1_000;

/// The organizations of the person, then the invitations that wait for an answer, then the accounts that want to become
/// organizations with the person as administrator, each by name.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn mine(g: &Gallery, a: &Actor) -> Result<MyOrganizations, Error> {
    let person = acting_person(a)?;
    let reader = g.reader();
    let own = store::memberships::organizations_of(reader, person, LIMIT).await?;
    let addresses = addresses_of(reader, person).await?;
    let invitations = store::invitations::of_person(reader, person, &addresses, LIMIT).await?;
    // Asked by name and by address at once, a person sees one row: accepting answers both.
    let mut asked: BTreeMap<i64, (Role, bool)> = BTreeMap::new();
    for invitation in invitations {
        let expired = invitation.expires <= g.now().micros();
        let row = asked
            .entry(invitation.organization)
            .or_insert((invitation.role, expired));
        if row.1 || (!expired && invitation.role == Role::Administrator) {
            *row = (invitation.role, expired);
        }
    }
    let transforming = store::transformations::asked_of(reader, person, g.now(), LIMIT).await?;
    let others: Vec<i64> = asked.keys().chain(&transforming).copied().collect();
    let keys: Vec<i64> = own.iter().map(|own| own.key).chain(others.iter().copied()).collect();
    let members = store::memberships::sizes(reader, keys.iter().copied()).await?;
    let packages = store::packages_owned::counts(reader, keys.iter().copied()).await?;
    let names = store::accounts::names(reader, others).await?;
    let row = |key: i64, name: String, role, invited, expired| MyOrganization {
        name,
        role,
        invited,
        expired,
        transformation: false,
        members: members.get(&key).copied().unwrap_or(0),
        packages: packages.get(&key).copied().unwrap_or(0),
    };
    let mut invited: Vec<_> = asked
        .into_iter()
        .filter_map(|(key, (role, expired))| names.get(&key).map(|name| row(key, name.clone(), role, true, expired)))
        .collect();
    invited.sort_by_key(|row| row.name.to_ascii_lowercase());
    let mut organizations: Vec<_> = own
        .into_iter()
        .map(|own| row(own.key, own.name, own.role, false, false))
        .collect();
    organizations.extend(invited);
    let mut accounts: Vec<_> = transforming
        .into_iter()
        .filter_map(|key| Some(row(key, names.get(&key)?.clone(), Role::Administrator, false, false)))
        .map(|row| MyOrganization {
            transformation: true,
            ..row
        })
        .collect();
    accounts.sort_by_key(|row| row.name.to_ascii_lowercase());
    organizations.extend(accounts);
    Ok(MyOrganizations { organizations })
}
