//! Reads sign-ins, sessions and what stands in the way of a deletion.

use crate::error::Failure;
use domain::security::AccountSecurity;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Those of the person who is signed in.
#[server(prefix = "/rpc", endpoint = "account/security", input = GetUrl)]
pub(crate) async fn read_account_security() -> Result<AccountSecurity, Failure> {
    let (request, backend) = (crate::backend::request::request()?, crate::backend::request::backend()?);
    let (token, choices) = (request.session.as_deref(), &backend.site.sign_in.choices);
    Ok(gallery::accounts::security(&backend.gallery, &request.actor, token, choices).await?)
}
