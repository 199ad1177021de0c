//! Signing out.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Ends the session.
#[server(prefix = "/rpc", endpoint = "/session/end")]
pub(crate) async fn sign_out() -> Result<Done, Failure> {
    crate::backend::respond::end_session().await?;
    Ok(Done::go(domain::links::LocalPath::home(), "You are signed out."))
}
