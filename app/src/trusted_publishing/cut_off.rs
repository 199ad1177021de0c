//! Cuts a member's policy off from the organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Cuts a member's policy off; the person is told.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/cut-off")]
pub(crate) async fn cut_off_policy(
    #[server(default)] organization: String,
    #[server(default)] key: i64,
) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let gallery = crate::backend::gallery()?;
    let done = gallery::trusted_publishing::cut_off(&gallery, &actor, &organization, key).await?;
    Ok(Done::say(format!(
        "The policy {} of {} is cut off from the organization.",
        done.policy, done.member
    )))
}
