//! Deletes versions of packages.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Deletes a version for ever; the owners are told the reason.
#[server(prefix = "/rpc", endpoint = "/admin/delete-version")]
pub(crate) async fn delete_version(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::site::DeleteVersionForm { reason };
    let deleted = gallery::packages::delete(&gallery, &actor, &id, &version, &form).await?;
    Ok(Done::say(format!("{} {} is deleted.", deleted.id, deleted.version)))
}
