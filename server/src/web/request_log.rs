//! One line a request, a number by which it is found again, and an end for panics.

use super::failure;
use crate::state::AppState;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::form::{UiError, UiErrorKind};
use futures::FutureExt;
use http::request::Parts;
use http::{HeaderName, HeaderValue};
use std::any::Any;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::Instrument;

/// The header with a request's number.
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request in the log. A person who meets an error is told it as the incident.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    fn random(state: &AppState) -> Self {
        let mut bytes = [0; 8];
        // Without randomness the number is not unique, and that is all.
        let _ = state.gallery.ids().fill(&mut bytes);
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Logs a request when it is answered. Its query may hold a token, so only its path is logged.
pub(crate) async fn log(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = RequestId::random(&state);
    let span = tracing::info_span!("request", id = id.0);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    request.extensions_mut().insert(id.clone());
    let began = Instant::now();
    async move {
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = match answered {
            Ok(response) => response,
            Err(panic) => {
                tracing::error!(incident = id.0, panic = words(panic.as_ref()), "a request panicked");
                let mut error = UiError::new(UiErrorKind::Internal, "Something went wrong on the server. Try again.");
                error.incident = Some(id.0.clone());
                failure::answer(&state, &headers, &error)
            }
        };
        let status = response.status().as_u16();
        let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        if path.starts_with("/health/") {
            tracing::debug!(%method, path, status, milliseconds, "answered");
        } else {
            tracing::info!(%method, path, status, milliseconds, "answered");
        }
        if let Ok(id) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(X_REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}
