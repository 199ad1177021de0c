//! Makes a policy of an organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Makes a policy that is the organization's own; `owner` is its name. What was not ticked is not sent.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/create-for-organization")]
pub(crate) async fn create_organization_policy(
    #[server(default)] name: String,
    #[server(default)] provider: String,
    #[server(default)] owner: String,
    #[server(default)] repository_owner: String,
    #[server(default)] repository: String,
    #[server(default)] workflow: String,
    #[server(default)] environment: String,
    #[server(default)] push: String,
    #[server(default)] push_scope: String,
    #[server(default)] unlist: String,
    #[server(default)] globs: String,
) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let form = domain::trusted_publishing::PolicyForm {
        name,
        provider,
        owner,
        repository_owner,
        repository,
        workflow,
        environment,
        push,
        push_scope,
        unlist,
        globs,
    };
    let gallery = crate::backend::gallery()?;
    let created = gallery::trusted_publishing::create_for_organization(&gallery, &actor, form).await?;
    Ok(Done::say(format!(
        "The policy {created} is created. It waits 7 days for its first use."
    )))
}
