//! Releases a reserved prefix.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Releases a prefix; for site administrators.
#[server(prefix = "/rpc", endpoint = "/prefixes/release")]
pub(crate) async fn release_prefix(#[server(default)] prefix: i64) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let shown = gallery::prefixes::release(&gallery, &actor, prefix).await?;
    Ok(Done::say(format!("{shown} is not reserved any more.")))
}
