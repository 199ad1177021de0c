//! Makes a policy.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Makes a policy of the person. What was not ticked is not sent.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/create")]
pub(crate) async fn create_policy(
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
    let created = gallery::trusted_publishing::create(&crate::backend::gallery()?, &actor, form).await?;
    Ok(Done::say(format!(
        "The policy {created} is created. It waits 7 days for its first use."
    )))
}
