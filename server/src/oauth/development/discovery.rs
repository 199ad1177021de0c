//! What the provider tells about itself (OpenID Connect Discovery 1.0).

use super::Development;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;
use std::sync::Arc;

/// `GET /dev/identity/.well-known/openid-configuration`
///
/// The page is found where browsers come by, the endpoints where the server itself listens.
pub(super) async fn document(State(provider): State<Arc<Development>>) -> impl IntoResponse {
    let issuer = &provider.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": provider.page,
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "email", "profile"],
        "claims_supported": ["sub", "email", "email_verified", "preferred_username", "amr"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// `GET /dev/identity/jwks`
pub(super) async fn keys(State(provider): State<Arc<Development>>) -> impl IntoResponse {
    Json(provider.key.public())
}
