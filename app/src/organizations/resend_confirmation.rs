//! Has the confirmation mail of an organization sent again.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Sends the mail again, with a new link.
#[server(prefix = "/rpc", endpoint = "/organizations/resend-confirmation")]
pub(crate) async fn resend_confirmation(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let address = gallery::organizations::resend_confirmation(&gallery, &actor, &organization).await?;
    Ok(Done::say(format!(
        "The mail was sent again to {address}. Open the link in it."
    )))
}
