//! Takes an invitation back.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Takes the invitation back; the invited person is told.
#[server(prefix = "/rpc", endpoint = "/members/cancel")]
pub(crate) async fn cancel_invitation(
    #[server(default)] organization: String,
    #[server(default)] invitation: i64,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let invited = gallery::members::cancel(&gallery, &actor, &organization, invitation).await?;
    Ok(Done::say(format!("The invitation to {invited} is cancelled.")))
}
