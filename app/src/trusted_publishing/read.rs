//! Reads the pages.

use crate::error::Failure;
use domain::trusted_publishing::{OrganizationPoliciesPage, TrustedPublishingPage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The policies of the person who is signed in.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/read", input = GetUrl)]
pub(crate) async fn read_trusted_publishing() -> Result<TrustedPublishingPage, Failure> {
    let actor = crate::backend::actor()?;
    Ok(gallery::trusted_publishing::mine(&crate::backend::gallery()?, &actor).await?)
}

/// The policies of an organization, and those of its members for it.
#[server(prefix = "/rpc", endpoint = "trusted-publishing/of-organization", input = GetUrl)]
pub(crate) async fn read_organization_policies(
    organization: String,
    after: String,
    before: String,
) -> Result<OrganizationPoliciesPage, Failure> {
    let actor = crate::backend::actor()?;
    let place = domain::page::Place::of_query(&after, &before);
    let gallery = crate::backend::gallery()?;
    Ok(gallery::trusted_publishing::of_organization(&gallery, &actor, &organization, place).await?)
}
