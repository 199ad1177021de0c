//! Removes a member.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Ends somebody's membership; the person is told.
#[server(prefix = "/rpc", endpoint = "/members/remove")]
pub(crate) async fn remove_member(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::members::remove(&gallery, &actor, &organization, &member).await?;
    Ok(Done::say(format!("{member} is no longer a member.")))
}
