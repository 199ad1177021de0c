//! Revives a key after rejoining its owner.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Revives a key that stopped when its person left the owner.
#[server(prefix = "/rpc", endpoint = "api-keys/confirm")]
pub(crate) async fn confirm_api_key(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::api_keys::confirm(&crate::backend::gallery()?, &actor, key).await?;
    Ok(Done::say("The key works again."))
}
