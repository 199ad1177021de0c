//! Writes many versions of one package at once, for sample data: what [`super::publish()`] does for one, with one
//! statement a table.

use super::latest;
use super::rights::PublishRight;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::PublishVersion;
use crate::blobs::BlobRef;
use crate::error::Error;
use crate::store;
use crate::store::catalog::Change;
use crate::store::versions::{NewVersion, Publisher};
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::package::PackageId;
use nupkg::Inspected;

/// A version whose bytes are in the store.
pub(crate) struct Sample {
    pub(crate) inspected: Inspected,
    pub(crate) blob: BlobRef,
}

/// Writes versions of a package, at least one, none of which is there; returns the events to commit with. Who owns the id
/// already goes on owning it, else `owner` does.
///
/// # Errors
/// When the actor may not, or somebody else published the same meanwhile.
pub(crate) async fn write_many(
    tx: &Tx,
    a: &Actor,
    owner: AccountKey,
    id: &PackageId,
    samples: &[Sample],
) -> Result<Vec<AuditEvent>, Error> {
    let (right, package) = right_to_publish(tx, a, owner, id).await?;
    let rows: Vec<NewVersion<'_>> = samples
        .iter()
        .map(|sample| NewVersion {
            package,
            inspected: &sample.inspected,
            blob: &sample.blob,
            listed: true,
            publisher: Publisher::default(),
        })
        .collect();
    store::versions::insert_all(tx, &right, &rows).await?;
    let count = i32::try_from(samples.len()).unwrap_or(i32::MAX);
    store::packages::count_versions(tx, &right, package, id, count).await?;
    // None of them was the newest before, so whichever is now shows by its number.
    latest::refresh(tx, package, 0).await?;
    let keys = samples.iter().map(|sample| sample.inspected.metadata.version.key());
    store::catalog::append_all(tx, Change::Details, &id.key(), keys).await?;
    let pushed = samples.iter().map(|sample| {
        let subject = Subject::version(id.as_str(), sample.inspected.metadata.version.full());
        AuditEvent::new(a, AuditAction::PackagePushed, subject).on_behalf_of(right.account())
    });
    Ok(pushed.collect())
}

async fn right_to_publish(tx: &Tx, a: &Actor, owner: AccountKey, id: &PackageId) -> Result<(PublishRight, i64), Error> {
    if let Some(package) = store::packages::lock(tx, &id.key()).await? {
        let owners = store::owners::of_package(tx.connection(), package.id).await?;
        let owner = owners.first().map_or(owner, |first| AccountKey(first.id));
        let key = package.id;
        let right = tx.authorize_package::<PublishVersion>(a, owner, package).await?;
        return Ok((PublishRight::Version(right), key));
    }
    let right = tx.authorize_new_id(a, owner, id.as_str()).await?;
    match store::packages::insert(tx, &right, id).await? {
        Some(package) => Ok((PublishRight::NewId(right), package)),
        None => Err(Error::conflict(format!(
            "Somebody else published {id} meanwhile. Run the command again."
        ))),
    }
}
