//! How server functions answer: errors are logged here, once, with the incident that the person is told; cookies of
//! sessions are set and taken back.

use super::request::{RequestInfo, backend, request};
use crate::error::Failure;
use domain::form::{UiError, UiErrorKind};
use domain::permission::Denied;
use http::HeaderValue;
use http::header::SET_COOKIE;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// What a person is told about an error of a use case. What they cannot help is logged.
pub(crate) fn told(error: &gallery::Error) -> UiError {
    let mut told = UiError::from(error);
    if matches!(told.kind, UiErrorKind::Internal | UiErrorKind::Unavailable) {
        let incident = use_context::<RequestInfo>()
            .map(|request| request.request_id)
            .unwrap_or_default();
        tracing::error!(incident, error = %causes(error), "a use case failed");
        told.incident = (told.kind == UiErrorKind::Internal && !incident.is_empty()).then_some(incident);
    }
    told
}

/// An error with all its causes in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// A page or a server function ran without what the server provides to each.
pub(crate) fn no_context() -> UiError {
    told(&gallery::Error::internal("no context was provided"))
}

/// Nothing in place of a request to sign in, for a page that has an answer of its own to that.
///
/// # Errors
/// Every other one.
pub(crate) fn unless_signed_out<T>(answer: Result<T, gallery::Error>) -> Result<Option<T>, Failure> {
    match answer {
        Err(gallery::Error::Denied(Denied::SignIn)) => Ok(None),
        other => Ok(Some(other?)),
    }
}

/// Sets the cookie of a session that begins.
///
/// # Errors
/// When nothing was provided to set it on.
pub(crate) fn begin_session(token: &str) -> Result<(), UiError> {
    set_cookie(backend()?.site.cookies.begin(token))
}

/// Ends the session of the person who is signed in, and takes its cookie back. Without a session there is nothing to do.
///
/// # Errors
/// When the session could not be ended.
pub(crate) async fn end_session() -> Result<(), UiError> {
    let request = request()?;
    let backend = backend()?;
    if let Some(token) = request.session {
        let ended = gallery::sessions::sign_out(&backend.gallery, &request.actor, &token).await;
        ended.map_err(|error| told(&error))?;
    }
    set_cookie(backend.site.cookies.end())
}

fn set_cookie(cookie: Option<HeaderValue>) -> Result<(), UiError> {
    let answer = use_context::<ResponseOptions>().ok_or_else(no_context)?;
    answer.append_header(SET_COOKIE, cookie.ok_or_else(no_context)?);
    Ok(())
}
