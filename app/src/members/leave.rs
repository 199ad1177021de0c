//! Leaves an organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Ends one's own membership; one's other organizations are next.
#[server(prefix = "/rpc", endpoint = "/members/leave")]
pub(crate) async fn leave_organization(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::members::leave(&gallery, &actor, &organization).await?;
    let next = domain::links::manage_organizations();
    Ok(Done::go(next, format!("You are no longer a member of {name}.")))
}
