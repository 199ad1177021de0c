//! Rejects a request to own a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Rejects; whoever asked is told.
#[server(prefix = "/rpc", endpoint = "/ownership/reject")]
pub(crate) async fn reject_ownership(#[server(default)] request: i64) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let (id, owner) = gallery::ownership::reject(&gallery, &actor, request).await?;
    Ok(Done::say(format!("{owner} will not own {id}.")))
}
