//! Unlists and relists versions.

use super::admit::named;
use super::latest;
use super::refusal::PushRefused;
use super::rights::{self, Owned};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ChangeListing;
use crate::store::catalog::Change;
use crate::{Gallery, api_keys, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::package::PackageVersion;

/// Whether lists and search show a version. Whoever asks for it by name gets it in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Shown.
    Listed,
    /// Not shown.
    Unlisted,
}

/// Lists or unlists a version; `id` and `version` may be written in any way that NuGet reads. Doing it twice is doing it
/// once.
///
/// # Errors
/// The first reason against it.
pub async fn set_listing(g: &Gallery, a: &Actor, id: &str, version: &str, listing: Listing) -> Result<(), PushRefused> {
    let unknown = || PushRefused::UnknownVersion {
        id: id.to_owned(),
        version: version.to_owned(),
    };
    let parsed = PackageVersion::parse(version).map_err(|_| unknown())?;
    let id_key = id.to_lowercase();
    let tx = g.begin().await?;
    if let Err(refusal) = api_keys::check_still_good(&tx, a).await {
        return Err(named(tx.connection(), refusal).await.1);
    }
    let package = store::packages::lock(&tx, &id_key).await?.ok_or_else(unknown)?;
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let (right, owners) = rights::authorize::<ChangeListing>(&tx, a, None, Owned { package, owners }).await?;
    let package = right.package().id;
    let row = store::versions::listable(tx.connection(), package, &parsed.key())
        .await?
        .ok_or_else(unknown)?;
    let listed = listing == Listing::Listed;
    if row.listed == listed {
        return Ok(());
    }
    store::versions::set_listed(&tx, &right, row.id, listed).await?;
    latest::refresh(&tx, package, row.id).await?;
    store::catalog::append(&tx, Change::Details, &id_key, &parsed.key()).await?;
    let action = match listing {
        Listing::Listed => AuditAction::PackageListed,
        Listing::Unlisted => AuditAction::PackageUnlisted,
    };
    let mut event = AuditEvent::new(
        a,
        action,
        Subject::version(right.package().name.as_str(), row.full_version),
    )
    .on_behalf_of(right.on_behalf.account());
    for owner in &owners {
        event = event.in_trail_of(AccountKey(owner.id));
    }
    tx.commit(event).await?;
    g.feed().changed(&id_key);
    Ok(())
}
