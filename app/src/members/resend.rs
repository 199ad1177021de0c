//! Sends an invitation again.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Sends the invitation again; its 14 days begin anew.
#[server(prefix = "/rpc", endpoint = "/members/resend")]
pub(crate) async fn resend_invitation(
    #[server(default)] organization: String,
    #[server(default)] invitation: i64,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let sent = gallery::members::resend(&gallery, &actor, &organization, invitation).await?;
    Ok(Done::say(format!("The invitation to {} was sent again.", sent.invited)))
}
