//! Deletes a policy.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Deletes a policy; the keys that it has made end.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/delete")]
pub(crate) async fn delete_policy(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::trusted_publishing::delete(&crate::backend::gallery()?, &actor, key).await?;
    Ok(Done::say("The policy is deleted."))
}
