//! Locks and unlocks accounts.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Locks an account, or unlocks it.
#[server(prefix = "/rpc", endpoint = "/admin/set-locked")]
pub(crate) async fn set_account_locked(#[server(default)] name: String, locked: bool) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::accounts::set_locked_by_name(&gallery, &actor, &name, locked).await?;
    Ok(Done::say(format!(
        "{name} is {} now.",
        if locked { "locked" } else { "unlocked" }
    )))
}
