//! Addresses with a former name of an organization lead to the same page under its present one (product contract, 5.16).

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::links::percent_encode;
use gallery::account_settings::present_name;
use http::{HeaderValue, Method, StatusCode, Uri, header};

/// The beginnings of the addresses that have an account's name in their second part.
const NAMED: [&str; 2] = ["/organization/", "/profiles/"];

/// Leads on from a former name. It stands before everything else that answers such an address, so that it holds for each.
pub(crate) async fn lead_on(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some((start, name, rest)) = named(request.uri())
    {
        match present_name(&state.gallery, name).await {
            Ok(Some(present)) => {
                let address = format!("{start}{}{rest}", percent_encode(&present));
                if let Ok(location) = HeaderValue::from_str(&address) {
                    let caching = HeaderValue::from_static("no-store");
                    let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, caching)];
                    return (StatusCode::FOUND, headers).into_response();
                }
            }
            Ok(None) => {}
            // What is asked for tells the failure in its own way.
            Err(error) => tracing::error!(%error, "a former name cannot be looked up"),
        }
    }
    next.run(request).await
}

/// The beginning, the name, and what comes after it, query included.
fn named(uri: &Uri) -> Option<(&'static str, &str, &str)> {
    let address = uri.path_and_query()?.as_str();
    NAMED.into_iter().find_map(|start| {
        let rest = address.strip_prefix(start)?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at_checked(end)?;
        Some((start, name, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::named;
    use rstest::rstest;

    #[rstest]
    #[case("/organization/a", Some(("/organization/", "a", "")))]
    #[case("/organization/a/members?q=b/c", Some(("/organization/", "a", "/members?q=b/c")))]
    #[case("/profiles/a?after=b", Some(("/profiles/", "a", "?after=b")))]
    #[case("/profiles/a/logo", Some(("/profiles/", "a", "/logo")))]
    #[case("/packages/a", None)]
    #[case("/", None)]
    fn the_name_is_the_second_part(#[case] address: &str, #[case] parts: Option<(&str, &str, &str)>) {
        assert_eq!(named(&address.parse().unwrap()), parts);
    }
}
