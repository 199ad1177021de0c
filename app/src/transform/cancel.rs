//! Takes the request of one's own account back.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Takes it back.
#[server(prefix = "/rpc", endpoint = "/transform/cancel")]
pub(crate) async fn cancel_transformation() -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::transformations::cancel(&gallery, &actor).await?;
    Ok(Done::say(
        "The transformation was cancelled. Your account stays as it is.",
    ))
}
