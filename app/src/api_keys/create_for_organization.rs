//! Makes a key of an organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Makes a key that is the organization's own; `owner` is its name. What was not ticked is not sent.
#[server(prefix = "/rpc", endpoint = "api-keys/create-for-organization")]
pub(crate) async fn create_organization_api_key(
    #[server(default)] name: String,
    #[server(default)] days: String,
    #[server(default)] owner: String,
    #[server(default)] push: String,
    #[server(default)] push_scope: String,
    #[server(default)] unlist: String,
    #[server(default)] globs: String,
) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let form = domain::api_key::ApiKeyForm {
        name,
        days,
        owner,
        push,
        push_scope,
        unlist,
        globs,
    };
    let shown = gallery::api_keys::create_for_organization(&crate::backend::gallery()?, &actor, form).await?;
    Ok(super::new_key::reveal("created", shown))
}
