//! The authorization request: what the client's redirect puts into the address of the page.

use super::{CLIENT, Development};
use serde::{Deserialize, Serialize};

/// The parameters as they came. They travel with the form as hidden fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AuthorizationRequest {
    pub(super) response_type: String,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    pub(super) code_challenge_method: String,
}

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestProblem {
    /// Nobody asked: somebody opened the page by hand.
    NotAsked,
    /// It does not come from the client, or leads elsewhere: nobody is sent anywhere.
    Stranger,
    /// The client is told, by an error code of RFC 6749 or OpenID Connect.
    Told(&'static str),
}

impl AuthorizationRequest {
    /// Holds the request against what this provider does.
    ///
    /// # Errors
    /// The first thing that is wrong, those first about which the client must not be told.
    pub(super) fn check(&self, provider: &Development) -> Result<(), RequestProblem> {
        if *self == Self::default() {
            return Err(RequestProblem::NotAsked);
        }
        if self.client_id != CLIENT || self.redirect_uri != provider.redirect {
            return Err(RequestProblem::Stranger);
        }
        if self.response_type != "code" {
            return Err(RequestProblem::Told("unsupported_response_type"));
        }
        if !self.scope.split(' ').any(|scope| scope == "openid") {
            return Err(RequestProblem::Told("invalid_scope"));
        }
        // SHA-256 in base64url has 43 characters.
        if self.code_challenge_method != "S256" || self.code_challenge.len() != 43 {
            return Err(RequestProblem::Told("invalid_request"));
        }
        Ok(())
    }

    /// The names and values of the parameters.
    pub(super) fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("response_type", &self.response_type),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
        ]
    }

    /// The address of the client's callback with an answer in it: `code` or `error`, the state, and who answers
    /// (RFC 9207).
    pub(super) fn answer(&self, provider: &Development, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(name, value).append_pair("iss", &provider.issuer);
        if !self.state.is_empty() {
            query.append_pair("state", &self.state);
        }
        format!("{}?{}", provider.redirect, query.finish())
    }
}
