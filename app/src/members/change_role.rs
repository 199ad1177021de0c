//! Changes a member's role, one's own too.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes the role; the person is told.
#[server(prefix = "/rpc", endpoint = "/members/change-role")]
pub(crate) async fn change_role(
    #[server(default)] organization: String,
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let change = gallery::members::change_role(&gallery, &actor, &organization, &member, &role).await?;
    Ok(Done::say(format!(
        "The role of {} is now {}.",
        change.member,
        change.role.label()
    )))
}
