//! Cuts a member's key off from the organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Cuts a member's key off; the person is told.
#[server(prefix = "/rpc", endpoint = "api-keys/cut-off")]
pub(crate) async fn cut_off_api_key(
    #[server(default)] organization: String,
    #[server(default)] key: i64,
) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let done = gallery::api_keys::cut_off(&crate::backend::gallery()?, &actor, &organization, key).await?;
    Ok(Done::say(format!(
        "The key {} of {} is cut off from the organization.",
        done.key, done.member
    )))
}
