//! Answers of failures that no page and no server function tells: in the form that the client reads.

use super::negotiation::Reader;
use crate::state::AppState;
use axum::Json;
use axum::response::{Html, IntoResponse, Response};
use domain::form::UiError;
use gallery::Error;
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// Tells a failure to whoever sent a request with these headers.
pub(crate) fn answer(state: &AppState, request: &HeaderMap, error: &UiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match Reader::of(request) {
        Reader::Page => Html(page(state, status, error)).into_response(),
        Reader::Json => Json(error).into_response(),
        Reader::Text => format!("{}\n", text(error)).into_response(),
    };
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Tells an error of a use case. What nobody can help is logged.
pub(crate) fn of_use_case(state: &AppState, request: &HeaderMap, error: &Error) -> Response {
    answer(state, request, &told(error))
}

/// What a person is told about an error of a use case. What they cannot help is logged.
pub(crate) fn told(error: &Error) -> UiError {
    if matches!(error, Error::Internal(_) | Error::Unavailable(_)) {
        tracing::error!(error = %causes(error), "a use case failed");
    }
    UiError::from(error)
}

/// An error with all its causes in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        words = format!("{words}: {cause}");
        next = cause.source();
    }
    words
}

fn text(error: &UiError) -> String {
    match &error.incident {
        Some(incident) => format!("{} (incident {incident})", error.message),
        None => error.message.clone(),
    }
}

/// A page without anything that could fail in its turn. All of its texts are our own.
fn page(state: &AppState, status: StatusCode, error: &UiError) -> String {
    let heading = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "Too large",
        _ => "Something went wrong",
    };
    let style = state.site.assets().address("guildhall.css");
    let message = escape(&text(error));
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{heading} – Guildhall</title><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"main\"><h1>{heading}</h1><p>{message}</p>\
         <p><a href=\"/\">Go to the start page</a></p></main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
