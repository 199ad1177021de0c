//! Deletes a version: its bytes are gone, and its number stays taken for ever.

use super::{latest, tell};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::jobs::Job;
use crate::store::catalog::Change;
use crate::store::deletions::Doomed;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::links;
use domain::package::PackageVersion;
use domain::site::DeleteVersionForm;
use std::collections::BTreeSet;

/// A version that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The id as it is written.
    pub id: String,
    /// The version as it was written.
    pub version: String,
}

/// Deletes a version of a package, both given in any way that NuGet reads. The id stays with its owners, who are told the
/// reason. The bytes are removed after the commit, and by the sweeper if the process does not live to do it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such version or the asker administers nothing; a refusal at the field `reason`.
pub async fn delete(
    g: &Gallery,
    a: &Actor,
    id: &str,
    version: &str,
    form: &DeleteVersionForm,
) -> Result<Deleted, Error> {
    let mut tx = g.begin().await?;
    let right = SiteRight::of(tx.connection(), a).await?;
    let reason = form.parse()?;
    let version = PackageVersion::parse(version.trim()).map_err(|_| Error::NotFound)?;
    let id_key = id.trim().to_lowercase();
    let package = store::packages::lock(&tx, &id_key).await?.ok_or(Error::NotFound)?;
    let row = store::versions::deletable(tx.connection(), package.id, &version.key())
        .await?
        .ok_or(Error::NotFound)?;
    let doomed = Doomed {
        package: package.id,
        version: row.id,
        version_key: &version.key(),
        full_version: &row.full_version,
        reason: &reason,
    };
    store::deletions::delete(&tx, &right, &doomed).await?;
    refresh(&tx, package.id, row.id).await?;
    store::catalog::append(&tx, Change::Delete, &id_key, &version.key()).await?;
    tx.after_commit(&Job::RemoveBytes { key: row.blob_key }).await?;
    let deleted = Deleted {
        id: package.name,
        version: row.full_version,
    };
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let text = format!(
        "{} {} was deleted by the operators of this site: {reason}",
        deleted.id, deleted.version
    );
    let subject = Subject::version(deleted.id.as_str(), deleted.version.as_str());
    let event = AuditEvent::new(a, AuditAction::PackageDeleted, subject).after(reason);
    let event = tell::owners(&tx, event, &owners, &text, &links::manage_package(&deleted.id)).await?;
    tx.commit(event).await?;
    g.feed().changed(&id_key);
    Ok(deleted)
}

/// Brings what follows from the versions up to date. Of a package without any, nothing is left to be searched.
async fn refresh(tx: &Tx, package: i64, deleted: i64) -> Result<(), Error> {
    latest::refresh(tx, package, deleted).await?;
    if store::versions::newest(tx.connection(), package).await?.is_none() {
        store::packages::set_search_text(tx, package, String::new()).await?;
        store::dependencies::replace(tx, package, BTreeSet::new()).await?;
    }
    Ok(())
}
