//! Accepts or rejects becoming the administrator of an account that wants to be an organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Accepts; the new organization's page is next.
#[server(prefix = "/rpc", endpoint = "/transform/accept")]
pub(crate) async fn accept_transformation(#[server(default)] account: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::transformations::accept(&gallery, &actor, &account).await?;
    let message = format!("{name} is an organization now, and you are its administrator.");
    Ok(Done::go(domain::links::organization(&name), message))
}

/// Rejects.
#[server(prefix = "/rpc", endpoint = "/transform/reject")]
pub(crate) async fn reject_transformation(#[server(default)] account: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::transformations::reject(&gallery, &actor, &account).await?;
    Ok(Done::say(format!("You rejected the transformation of {name}.")))
}
