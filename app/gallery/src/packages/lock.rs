//! Locks and unlocks packages: nothing of a locked one can be changed.

use super::tell;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::links;

/// Whether owners may change a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// They may not: no new version, no listing, no owners.
    Locked,
    /// They may.
    Unlocked,
}

/// Locks or unlocks a package, given in any case; returns its id as it is written. Its owners are told.
///
/// # Errors
/// [`Error::NotFound`] when there is no such package or the asker administers nothing; a conflict when it is so already.
pub async fn set_locked(g: &Gallery, a: &Actor, id: &str, locking: Locking) -> Result<String, Error> {
    let tx = g.begin().await?;
    let right = SiteRight::of(tx.connection(), a).await?;
    let package = store::packages::lock(&tx, &id.trim().to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    let locked = locking == Locking::Locked;
    let id = package.name;
    if package.locked == locked {
        let state = if locked { "locked already" } else { "not locked" };
        return Err(Error::conflict(format!("{id} is {state}.")));
    }
    store::packages::set_locked(&tx, &right, package.id, locked).await?;
    let (action, text) = if locked {
        let text = format!("{id} was locked by the operators of this site. Nothing of it can be changed.");
        (AuditAction::PackageLocked, text)
    } else {
        let text = format!("{id} was unlocked by the operators of this site.");
        (AuditAction::PackageUnlocked, text)
    };
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let event = AuditEvent::new(a, action, Subject::package(id.as_str()));
    let event = tell::owners(&tx, event, &owners, &text, &links::manage_package(&id)).await?;
    tx.commit(event).await?;
    Ok(id)
}
