//! Publishes a draft.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Publishes a draft. The page stays, and links to the version.
#[server(prefix = "/rpc", endpoint = "upload/publish")]
pub(crate) async fn publish_draft(
    draft: i64,
    #[server(default)] owner: String,
    #[server(default)] listed: String,
) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let form = domain::upload::PublishForm { draft, owner, listed };
    let made = gallery::uploads::publish(&crate::backend::gallery()?, &actor, form).await?;
    Ok(super::published::tell(&made.id, &made.version))
}
