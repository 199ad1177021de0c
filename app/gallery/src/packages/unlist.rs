//! Unlists all versions of a package at once.

use super::latest;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AuthorizedPackage, ChangeListing};
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::audit::AuditAction;

/// Unlists every version of a package whose row is held; returns the event to commit with. Nothing: none was listed.
pub(crate) async fn unlist_all(
    tx: &Tx,
    a: &Actor,
    right: &AuthorizedPackage<ChangeListing>,
) -> Result<Option<AuditEvent>, Error> {
    let package = right.package();
    store::catalog::append_listed(tx, package.id).await?;
    let unlisted = store::versions::unlist_all(tx, right).await?;
    if unlisted == 0 {
        return Ok(None);
    }
    latest::refresh(tx, package.id, 0).await?;
    let event = AuditEvent::new(a, AuditAction::PackageUnlisted, Subject::package(package.name.as_str()))
        .on_behalf_of(right.on_behalf.account())
        .after(format!("{unlisted} versions"));
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    Ok(Some(
        owners
            .iter()
            .fold(event, |event, owner| event.in_trail_of(AccountKey(owner.id))),
    ))
}
