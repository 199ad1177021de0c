//! The server functions: what pages read and what forms do.

use super::failure;
use super::negotiation::Reader;
use super::pages::Given;
use super::plain_form;
use super::request_log::RequestId;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use domain::form::{UiError, UiErrorKind};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};

/// The largest form: 64 KiB. Packages come another way.
const LARGEST: usize = 64 * 1024;

/// The header by which a server function's answer says that it is an error.
const FAILED: &str = "serverfnerror";

/// A route a server function.
pub fn routes() -> Router<AppState> {
    functions().into_iter().fold(Router::new(), |router, (path, method)| {
        let Ok(filter) = MethodFilter::try_from(method) else {
            return router;
        };
        router.route(path, on(filter, call))
    })
}

/// The paths and methods of all server functions.
#[must_use]
pub fn functions() -> Vec<(&'static str, Method)> {
    let mut functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    functions.sort_by_key(|(path, method)| (*path, method.to_string()));
    functions
}

async fn call(State(state): State<AppState>, visitor: Visitor, id: RequestId, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        let error = UiError::new(
            UiErrorKind::Invalid,
            "This form is too long. Enter less than 64 KiB of text.",
        );
        let mut response = failure::answer(&state, &parts.headers, &error);
        *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return response;
    };
    if parts.method == Method::POST && Reader::of(&parts.headers) == Reader::Page {
        plain_form::answer(state, visitor, id, parts, body).await
    } else {
        run(&state, visitor, id, parts, body).await
    }
}

/// Runs a server function. Its error gets the status of its kind; by itself it would always be 500.
pub(super) async fn run(state: &AppState, visitor: Visitor, id: RequestId, parts: Parts, body: Bytes) -> Response {
    let given = Given::new(state, visitor, id, &parts.headers, None);
    let request = Request::from_parts(parts, Body::from(body));
    let response = leptos_axum::handle_server_fns_with_context(move || given.provide(), request).await;
    let mut response = with_status_of_error(response.into_response()).await;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn with_status_of_error(response: Response) -> Response {
    if !response.headers().contains_key(FAILED) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let text = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let told = serde_json::from_slice::<UiError>(&text);
    if let Some(status) = told.ok().and_then(|error| StatusCode::from_u16(error.status()).ok()) {
        parts.status = status;
    }
    parts.headers.remove(FAILED);
    parts
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Response::from_parts(parts, Body::from(text))
}
