//! The table of a package's versions, as its viewer may see it.

use super::publisher::{Insider, publishers};
use super::rights::is_insider;
use crate::actor::{Actor, Who};
use crate::authorization::standing_of;
use crate::error::Error;
use crate::store;
use domain::account::AccountKind;
use domain::page::{Page, Place};
use domain::profile::VersionRow;
use domain::time::Timestamp;
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// Versions on a page of the table.
pub(super) const VERSIONS_OF_A_PAGE: usize = 100;

/// Organizations of a viewer that are looked at.
const ORGANIZATIONS: u64 = 1_000;

/// The viewer as an insider of the package: an owner, or a member of an owning organization.
pub(super) async fn insider<C: ConnectionTrait>(
    connection: &C,
    a: &Actor,
    owners: &[account::Model],
) -> Result<Option<Insider>, Error> {
    let Who::Person(person) = &a.who else {
        return Ok(None);
    };
    let mut inside = false;
    for owner in owners {
        let (standing, _) = standing_of(connection, a, owner).await?;
        inside = inside || is_insider(standing);
    }
    if !inside {
        return Ok(None);
    }
    let organizations = store::memberships::organizations_of(connection, person.account, ORGANIZATIONS).await?;
    Ok(Some(Insider {
        person: person.account,
        organizations: organizations.into_iter().map(|organization| organization.key).collect(),
        owning_organizations: owners
            .iter()
            .filter(|owner| owner.kind == AccountKind::Organization.value())
            .map(|owner| owner.id)
            .collect(),
    }))
}

/// One page of the table, newest first: insiders see unlisted versions too, and who published them.
pub(super) async fn table<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    insider: Option<&Insider>,
    place: &Place,
) -> Result<Page<VersionRow>, Error> {
    let page = store::versions::rows(connection, package, insider.is_some(), place, VERSIONS_OF_A_PAGE).await?;
    let publishers = match insider {
        Some(insider) => publishers(connection, insider, &page.items).await?,
        None => std::collections::HashMap::new(),
    };
    let deprecations = store::deprecations::of_versions(connection, page.items.iter().map(|row| row.id)).await?;
    Ok(page.map(|row| VersionRow {
        deprecated: deprecations.contains_key(&row.id),
        version: row.version,
        downloads: u64::try_from(row.downloads).unwrap_or_default(),
        published: Timestamp::from_micros(row.published_at),
        listed: row.listed,
        published_by: publishers.get(&row.id).cloned(),
    }))
}

/// The owners' names.
pub(super) fn names(owners: &[account::Model]) -> Vec<String> {
    owners.iter().map(|owner| owner.name.clone()).collect()
}
