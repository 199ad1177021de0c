//! The one place for forms that are sent without script: the server function runs as always, and what came of it waits
//! for the browser on the page that it is led to.
//!
//! Neither what was typed nor a secret travels in an address; only the number of the outcome does, which is of use to
//! no other browser and only once.

use super::form_answer::{Sent, lead_on};
use super::request_log::RequestId;
use super::rpc;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::body::{Bytes, to_bytes};
use axum::response::Response;
use domain::form::{Done, UiError, UiErrorKind};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

/// The hidden field by which equal forms of one page are told apart.
const FORM: &str = "form";

/// Runs the form's server function and leads to the page that shows what came of it.
pub(super) async fn answer(
    state: AppState,
    visitor: Visitor,
    id: RequestId,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    let mut typed: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let form = typed
        .iter()
        .position(|(name, _)| name == FORM)
        .map(|at| typed.remove(at).1);
    let sent = Sent {
        action: parts.uri.path().to_owned(),
        form: form.unwrap_or_default(),
        typed,
        headers: parts.headers.clone(),
    };
    parts
        .headers
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let (answered, body) = rpc::run(&state, visitor, id, parts, body).await.into_parts();
    let result = read(answered.status, &to_bytes(body, usize::MAX).await.unwrap_or_default());
    let mut response = lead_on(&state, sent, result).await;
    // A session that begins or ends does so with the same answer.
    for cookie in answered.headers.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

/// What a server function answered.
fn read(status: StatusCode, body: &[u8]) -> Result<Done, UiError> {
    let unclear = || UiError::new(UiErrorKind::Internal, "Something went wrong on the server. Try again.");
    if status.is_success() {
        serde_json::from_slice(body).map_err(|_| unclear())
    } else {
        Err(serde_json::from_slice(body).unwrap_or_else(|_| unclear()))
    }
}
