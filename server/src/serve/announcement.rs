//! What the operator reads when the server is up.

use crate::state::AppState;
use gallery::Error;
use std::io::Write;

/// Prints the address and how to sign in.
pub(super) fn print(state: &AppState) -> Result<(), Error> {
    if state.site.is_empty() {
        tracing::warn!("this binary was built without the front end; pages come without style and script");
    }
    let text = format!("Guildhall serves {}\n{}\n", state.public_url(), how_to_sign_in(state));
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    written.map_err(|error| Error::Unavailable(format!("standard output: {error}")))
}

fn how_to_sign_in(state: &AppState) -> String {
    if let Some(refused) = state.cookies.refused() {
        return refused.to_owned();
    }
    let page = format!("{}/sign-in", state.public_url());
    if state.config.development_identity && state.config.providers.is_empty() {
        return format!("Sign in at {page} with the development identity: any user name will do.");
    }
    let labels: Vec<&str> = state
        .sign_in
        .providers()
        .iter()
        .map(crate::oauth::Provider::label)
        .collect();
    match labels.as_slice() {
        [] => "Nobody can sign in: Leptos.toml has no section [sign_in.NAME].".to_owned(),
        labels => format!("Sign in at {page} with {}.", labels.join(", ")),
    }
}
