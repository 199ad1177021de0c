//! Accepts a request to own a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Accepts; the account that was asked owns the package.
#[server(prefix = "/rpc", endpoint = "/ownership/accept")]
pub(crate) async fn accept_ownership(#[server(default)] request: i64) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let (id, owner) = gallery::ownership::accept(&gallery, &actor, request).await?;
    Ok(Done::say(format!("{owner} is now an owner of {id}.")))
}
