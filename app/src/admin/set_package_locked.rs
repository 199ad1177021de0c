//! Locks and unlocks packages.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Locks a package, or unlocks it; its owners are told.
#[server(prefix = "/rpc", endpoint = "/admin/set-package-locked")]
pub(crate) async fn set_package_locked(#[server(default)] id: String, locked: bool) -> Result<Done, Failure> {
    use gallery::packages::Locking;
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let (locking, now) = if locked {
        (Locking::Locked, "locked")
    } else {
        (Locking::Unlocked, "unlocked")
    };
    let id = gallery::packages::set_locked(&gallery, &actor, &id, locking).await?;
    Ok(Done::say(format!("{id} is {now} now.")))
}
