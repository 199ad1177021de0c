//! Reads the page.

use crate::error::Failure;
use domain::api_key::ApiKeysPage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The keys of the person who is signed in.
#[server(prefix = "/rpc", endpoint = "api-keys/read", input = GetUrl)]
pub(crate) async fn read_api_keys() -> Result<ApiKeysPage, Failure> {
    let actor = crate::backend::actor()?;
    Ok(gallery::api_keys::mine(&crate::backend::gallery()?, &actor).await?)
}
