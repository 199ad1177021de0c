//! Lets a policy wait for its first use again, or work again after rejoining.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Lets a policy wait for its first use again, or work again after rejoining.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/activate")]
pub(crate) async fn activate_policy(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::trusted_publishing::activate(&crate::backend::gallery()?, &actor, key).await?;
    Ok(Done::say("The policy is activated."))
}
