//! Reserves a prefix.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Reserves a prefix; for site administrators.
#[server(prefix = "/rpc", endpoint = "/prefixes/reserve")]
pub(crate) async fn reserve_prefix(
    #[server(default)] value: String,
    #[server(default)] reach: String,
    #[server(default)] shared: String,
    #[server(default)] owners: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::prefix::PrefixForm {
        value,
        reach,
        shared,
        owners,
    };
    let prefix = gallery::prefixes::reserve(&gallery, &actor, form).await?;
    Ok(Done::say(format!("{prefix} is reserved.")))
}
