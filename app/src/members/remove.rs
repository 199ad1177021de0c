//! Removes a member.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Ends somebody's membership; the person is told, and the off-boarding summary is next.
#[server(prefix = "/rpc", endpoint = "/members/remove")]
pub(crate) async fn remove_member(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let removed = gallery::members::remove(&gallery, &actor, &organization, &member).await?;
    let next = match removed.account {
        Some(left) => domain::links::members_without(&removed.organization, left.0),
        None => domain::links::manage_organizations(),
    };
    Ok(Done::go(next, format!("{} is no longer a member.", removed.member)))
}
