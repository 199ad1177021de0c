//! What every answer carries (product contract, section 7).

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use gallery::ids::Token;
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};

/// Browsers come by https for a year after each visit.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers to whatever is answered. A page has brought the policy with the nonce that its scripts carry; any
/// other answer gets one whose nonce nobody knows.
pub(crate) async fn protect(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(nonce) = Token::random(state.gallery.ids())
    {
        set_policy(headers, &state, nonce.expose());
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if state.config.public_url.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

fn set_policy(headers: &mut HeaderMap, state: &AppState, nonce: &str) {
    if let Some(policy) = policy(state, nonce) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The content security policy of a page whose scripts carry a nonce. Forms may lead to the sign-in providers: Chromium
/// applies `form-action` to redirects after a post.
pub(super) fn policy(state: &AppState, nonce: &str) -> Option<HeaderValue> {
    let mut targets = String::from("'self'");
    for origin in state
        .sign_in
        .providers()
        .iter()
        .flat_map(crate::oauth::Provider::origins)
    {
        targets.push(' ');
        targets.push_str(&origin);
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}
