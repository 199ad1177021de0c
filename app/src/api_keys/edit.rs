//! Changes the patterns of a key.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes the patterns of a key.
#[server(prefix = "/rpc", endpoint = "api-keys/edit")]
pub(crate) async fn edit_api_key(key: i64, #[server(default)] globs: String) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::api_keys::edit_globs(&crate::backend::gallery()?, &actor, key, &globs).await?;
    Ok(Done::say("The glob patterns of the key are saved."))
}
