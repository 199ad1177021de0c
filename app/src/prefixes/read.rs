//! Reads the reserved prefixes.

use crate::error::Failure;
use domain::prefix::PrefixRow;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The reserved prefixes; for site administrators.
#[server(prefix = "/rpc", endpoint = "/prefixes/list", input = GetUrl)]
pub(crate) async fn read_prefixes() -> Result<Vec<PrefixRow>, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::prefixes::list(&gallery, &actor).await?)
}
