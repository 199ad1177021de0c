//! Icons: of published packages for everybody, of drafts for their uploaders.

use super::failure;
use super::negotiation::is_known;
use super::segments::Segments;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::form::UiError;
use gallery::feed::Icon;
use gallery::{Error, feed, uploads};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// The icon of a package's version.
const OF_VERSION: &str = "/packages/{id}/{version}/icon";

/// The icon of a draft.
const OF_DRAFT: &str = "/packages/manage/upload/{key}/icon";

/// The route of published icons. It reads no cookie.
pub(crate) fn public_routes() -> Router<AppState> {
    Router::new().route(OF_VERSION, get(of_version))
}

/// The route of drafts' icons.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(OF_DRAFT, get(of_draft))
}

async fn of_version(
    State(state): State<AppState>,
    Segments((id, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Response {
    // A version never changes, but it may be deleted.
    answer(
        &state,
        &headers,
        feed::icon(&state.gallery, &id, &version).await,
        "public, max-age=3600",
    )
}

async fn of_draft(
    State(state): State<AppState>,
    visitor: Visitor,
    Segments(key): Segments<i64>,
    headers: HeaderMap,
) -> Response {
    answer(
        &state,
        &headers,
        uploads::icon(&state.gallery, &visitor.actor, key).await,
        "private, no-cache",
    )
}

fn answer(state: &AppState, request: &HeaderMap, icon: Result<Icon, Error>, caching: &'static str) -> Response {
    let icon = match icon {
        Ok(icon) => icon,
        Err(error) => return failure::of_use_case(state, request, &error),
    };
    let digest = Sha256::digest(&icon.bytes);
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let Ok(etag) = HeaderValue::from_str(&format!("\"{tag}\"")) else {
        return failure::answer(state, request, &UiError::not_found());
    };
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
        (header::ETAG, etag.clone()),
    ];
    if is_known(request, &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    // What it is was found out from its bytes, not from its name.
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(icon.kind.media_type()))];
    (headers, kind, Body::from(icon.bytes)).into_response()
}
