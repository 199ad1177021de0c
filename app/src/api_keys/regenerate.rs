//! Gives a key another value.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Gives a key another value.
#[server(prefix = "/rpc", endpoint = "api-keys/regenerate")]
pub(crate) async fn regenerate_api_key(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let shown = gallery::api_keys::regenerate(&crate::backend::gallery()?, &actor, key).await?;
    Ok(super::new_key::reveal("regenerated", shown))
}
