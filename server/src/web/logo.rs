//! Pictures of accounts: shown to everybody, and taken from whoever manages the account.

mod upload;

use super::failure;
use super::negotiation::is_known;
use crate::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::form::UiError;
use gallery::logos::{self, Picture};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

pub(crate) use upload::routes;

/// The picture of an account.
const OF_ACCOUNT: &str = "/profiles/{name}/logo";

/// For so long, browsers do not ask again. Pages name a logo with its version, so a new one is shown at once there.
const CACHING: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// A picture needs nothing, and whoever opens it alone gets nothing but a picture.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);

/// The route of pictures. It reads no cookie.
pub(crate) fn public_routes() -> Router<AppState> {
    Router::new().route(OF_ACCOUNT, get(of_account))
}

async fn of_account(State(state): State<AppState>, Path(name): Path<String>, request: HeaderMap) -> Response {
    let (kind, bytes) = match logos::read(&state.gallery, &name).await {
        Ok(Picture::Logo(png)) => ("image/png", png),
        Ok(Picture::Generated(svg)) => ("image/svg+xml", svg.into_bytes()),
        Err(error) => return failure::of_use_case(&state, &request, &error),
    };
    let tag: String = Sha256::digest(&bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let Ok(etag) = HeaderValue::from_str(&format!("\"{tag}\"")) else {
        return failure::answer(&state, &request, &UiError::not_found());
    };
    let headers = [
        (header::CACHE_CONTROL, CACHING),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::ETAG, etag.clone()),
    ];
    if is_known(&request, &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (headers, kind, Body::from(bytes)).into_response()
}
