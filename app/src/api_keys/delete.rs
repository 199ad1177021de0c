//! Takes a key out of the list.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Takes a key out of the list; if it worked, it does so no more.
#[server(prefix = "/rpc", endpoint = "api-keys/delete")]
pub(crate) async fn delete_api_key(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::api_keys::delete(&crate::backend::gallery()?, &actor, key).await?;
    Ok(Done::say("The key is deleted."))
}
