//! Changes the role that an invitation offers.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes the role, either way.
#[server(prefix = "/rpc", endpoint = "/members/change-invited-role")]
pub(crate) async fn change_invited_role(
    #[server(default)] organization: String,
    #[server(default)] invitation: i64,
    #[server(default)] role: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let changed = gallery::members::change_invited_role(&gallery, &actor, &organization, invitation, &role).await?;
    let (invited, role) = (changed.0, changed.1.label());
    Ok(Done::say(format!("{invited} is now invited as {role}.")))
}
