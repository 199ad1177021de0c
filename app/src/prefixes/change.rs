//! Changes a reserved prefix.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes who holds a prefix and who may publish under it; for site administrators.
#[server(prefix = "/rpc", endpoint = "/prefixes/change")]
pub(crate) async fn change_prefix(
    #[server(default)] prefix: i64,
    #[server(default)] shared: String,
    #[server(default)] owners: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let shown = gallery::prefixes::change(&gallery, &actor, prefix, !shared.is_empty(), &owners).await?;
    Ok(Done::say(format!("{shown} is saved.")))
}
