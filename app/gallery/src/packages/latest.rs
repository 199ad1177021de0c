//! What follows from a package's listed versions: where it points, what is searched, what it depends on.

use super::search_text::search_text;
use crate::error::Error;
use crate::store;
use crate::store::packages::Latest;
use crate::store::versions::Among;
use crate::tx::Tx;

/// Brings everything derived up to date after a version was published, listed or unlisted. `changed` is that version:
/// what is searched is read anew only if it is, or was, the newest.
pub(super) async fn refresh(tx: &Tx, package: i64, changed: i64) -> Result<(), Error> {
    let before = store::packages::pointers(tx, package).await?;
    let latest = newest(tx, package).await?;
    if latest != before {
        store::packages::point(tx, package, latest).await?;
    }
    match latest.latest_id {
        Some(newest) if latest.latest_id != before.latest_id || newest == changed => {
            describe(tx, package, newest).await
        }
        _ => Ok(()),
    }
}

async fn newest(tx: &Tx, package: i64) -> Result<Latest, Error> {
    let newest =
        |prereleases, semver2| store::versions::newest_listed(tx.connection(), package, Among { prereleases, semver2 });
    let Some(latest) = newest(true, true).await? else {
        return Ok(Latest::default());
    };
    Ok(Latest {
        latest_id: Some(latest),
        latest_stable_id: newest(false, true).await?,
        latest_plain_id: newest(true, false).await?,
        latest_plain_stable_id: newest(false, false).await?,
    })
}

async fn describe(tx: &Tx, package: i64, version: i64) -> Result<(), Error> {
    let metadata = store::versions::metadata(tx.connection(), version).await?;
    store::packages::set_search_text(tx, package, search_text(&metadata)).await?;
    let dependencies = metadata
        .dependency_groups
        .iter()
        .flat_map(|group| &group.dependencies)
        .map(|dependency| dependency.id.key())
        .collect();
    store::dependencies::replace(tx, package, dependencies).await
}
