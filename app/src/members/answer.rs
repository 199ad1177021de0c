//! Accepts or declines an invitation that one got oneself.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Accepts the invitation; the organization's page is next.
#[server(prefix = "/rpc", endpoint = "/members/accept")]
pub(crate) async fn accept_invitation(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::members::accept(&gallery, &actor, &organization).await?;
    let next = domain::links::organization(name.as_str());
    Ok(Done::go(next, format!("You are now a member of {name}.")))
}

/// Declines the invitation.
#[server(prefix = "/rpc", endpoint = "/members/decline")]
pub(crate) async fn decline_invitation(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::members::decline(&gallery, &actor, &organization).await?;
    Ok(Done::say(format!("You declined the invitation to {name}.")))
}
