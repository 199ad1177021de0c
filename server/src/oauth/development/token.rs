//! The token endpoint: a code, and the verifier to its challenge, for an ID token.

use super::{CLIENT, Development};
use axum::Json;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::EmailAddress;
use domain::time::Timestamp;
use gallery::ids::Token;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, Audience, AuthenticationMethodReference, EmptyAdditionalClaims, EndUserEmail, EndUserUsername,
    IssuerUrl, Nonce, StandardClaims, SubjectIdentifier,
};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use subtle::ConstantTimeEq;

/// For how many seconds a token is good.
const TOKEN_SECONDS: i64 = 300;

/// What a code stands for.
pub(super) struct Grant {
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) email: EmailAddress,
    pub(super) email_verified: bool,
    pub(super) second_factor: bool,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
}

/// What the client sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenRequest {
    grant_type: String,
    client_id: String,
    redirect_uri: String,
    code: String,
    code_verifier: String,
}

/// `POST /dev/identity/token`
pub(super) async fn exchange(State(provider): State<Arc<Development>>, Form(request): Form<TokenRequest>) -> Response {
    let (status, answer) = match provider.tokens(&request) {
        Ok(tokens) => (StatusCode::OK, tokens),
        Err(error) => (StatusCode::BAD_REQUEST, json!({ "error": error })),
    };
    (status, [(CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

impl Development {
    /// The answer, or an error code of RFC 6749. The code is spent either way.
    fn tokens(&self, request: &TokenRequest) -> Result<Value, &'static str> {
        if request.grant_type != "authorization_code" {
            return Err("unsupported_grant_type");
        }
        if request.client_id != CLIENT {
            return Err("invalid_client");
        }
        let now = self.gallery.now();
        let grant = self.grants.take(&request.code, now).ok_or("invalid_grant")?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.code_verifier.as_bytes()));
        let verified = challenge.as_bytes().ct_eq(grant.code_challenge.as_bytes());
        if !bool::from(verified) || request.redirect_uri != self.redirect {
            return Err("invalid_grant");
        }
        let access_token = Token::random(self.gallery.ids()).map_err(|_| "server_error")?;
        let access_token = AccessToken::new(access_token.expose().to_owned());
        let id_token = self.id_token(grant, &access_token, now).ok_or("server_error")?;
        // There is nothing that the access token opens: the ID token says it all.
        Ok(json!({
            "access_token": access_token.secret(),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "id_token": id_token.to_string(),
        }))
    }

    fn id_token(&self, grant: Grant, access_token: &AccessToken, now: Timestamp) -> Option<CoreIdToken> {
        let person = StandardClaims::new(SubjectIdentifier::new(grant.subject))
            .set_preferred_username(Some(EndUserUsername::new(grant.name)))
            .set_email(Some(EndUserEmail::new(grant.email.as_str().to_owned())))
            .set_email_verified(Some(grant.email_verified));
        let methods = grant
            .second_factor
            .then(|| vec![AuthenticationMethodReference::new("mfa".to_owned())]);
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(self.issuer.clone()).ok()?,
            vec![Audience::new(CLIENT.to_owned())],
            system_time(now.plus_seconds(TOKEN_SECONDS)).into(),
            system_time(now).into(),
            person,
            EmptyAdditionalClaims {},
        )
        .set_nonce((!grant.nonce.is_empty()).then(|| Nonce::new(grant.nonce)))
        .set_auth_method_refs(methods);
        CoreIdToken::new(
            claims,
            self.key.private(),
            CoreJwsSigningAlgorithm::EdDsa,
            Some(access_token),
            None,
        )
        .ok()
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}
