//! What every answer carries (product contract, section 7).

use crate::oauth::SignIn;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use gallery::ids::{Ids, NoRandomness, Token};
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};

/// Browsers come by https for a year after each visit.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The headers that protect whoever reads an answer, made ready when the server starts.
pub(crate) struct Protection {
    /// The targets of forms.
    targets: String,
    https: bool,
    /// The policy of documents.
    documents: Option<HeaderValue>,
}

impl Protection {
    /// Forms may lead to the sign-in providers: Chromium applies `form-action` to redirects after a post.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn new(ids: &dyn Ids, sign_in: &SignIn, https: bool) -> Result<Self, NoRandomness> {
        let mut targets = String::from("'self'");
        for origin in sign_in.providers().iter().flat_map(crate::oauth::Provider::origins) {
            targets.push(' ');
            targets.push_str(&origin);
        }
        let mut protection = Self {
            targets,
            https,
            documents: None,
        };
        protection.documents = protection.policy(Token::random(ids)?.expose());
        Ok(protection)
    }

    /// The content security policy of a page whose scripts carry a nonce.
    pub(super) fn policy(&self, nonce: &str) -> Option<HeaderValue> {
        let targets = &self.targets;
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
             connect-src 'self'; form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
        );
        HeaderValue::from_str(&policy).ok()
    }

    /// Protects a document of the feed. It is JSON, and no browser takes it for anything else, so that the nonce, which no
    /// script carries, may be the same in all of them.
    pub(crate) fn of_document(&self, headers: &mut HeaderMap) {
        if let Some(policy) = &self.documents {
            headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        self.beside_policy(headers);
    }

    fn beside_policy(&self, headers: &mut HeaderMap) {
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        if self.https {
            headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
        }
    }
}

/// Adds the headers to whatever is answered. A page has brought the policy with the nonce that its scripts carry; any
/// other answer gets one whose nonce nobody knows.
pub(crate) async fn protect(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(nonce) = Token::random(state.gallery.ids())
        && let Some(policy) = state.protection.policy(nonce.expose())
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    state.protection.beside_policy(headers);
    response
}
