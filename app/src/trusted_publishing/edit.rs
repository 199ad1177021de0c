//! Changes what a policy says.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes what a policy says; the account that it publishes for stays. What was not ticked is not sent.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/edit")]
pub(crate) async fn edit_policy(
    key: i64,
    #[server(default)] name: String,
    #[server(default)] provider: String,
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
        owner: String::new(),
        repository_owner,
        repository,
        workflow,
        environment,
        push,
        push_scope,
        unlist,
        globs,
    };
    gallery::trusted_publishing::edit(&crate::backend::gallery()?, &actor, key, form).await?;
    Ok(Done::say("The policy is saved."))
}
