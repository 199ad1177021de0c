//! Ends a key.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Ends a key; it stays in the list.
#[server(prefix = "/rpc", endpoint = "api-keys/revoke")]
pub(crate) async fn revoke_api_key(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::api_keys::revoke(&crate::backend::gallery()?, &actor, key).await?;
    Ok(Done::say("The key is revoked. It works no more."))
}
