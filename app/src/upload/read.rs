//! Reads the page.

use crate::error::Failure;
use domain::upload::UploadPage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The drafts that wait for the person who is signed in.
#[server(prefix = "/rpc", endpoint = "upload/read", input = GetUrl)]
pub(crate) async fn read_upload() -> Result<UploadPage, Failure> {
    let actor = crate::backend::actor()?;
    Ok(gallery::uploads::page(&crate::backend::gallery()?, &actor).await?)
}
