//! Withdraws a request to own a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Withdraws; whoever was asked is told.
#[server(prefix = "/rpc", endpoint = "/ownership/cancel")]
pub(crate) async fn cancel_ownership(#[server(default)] request: i64) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let (id, owner) = gallery::ownership::cancel(&gallery, &actor, request).await?;
    Ok(Done::say(format!("{owner} is not asked to own {id} any more.")))
}
