//! Why a document of the feed cannot be given. Readers get no `X-NuGet-Warning`: a client asks several feeds for a
//! package, and would print a warning for each that does not have it.

use super::refusal::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use gallery::Error;
use http::{StatusCode, header};
use std::sync::Arc;

/// Why a document cannot be given.
#[derive(Debug)]
pub(super) enum ReadProblem {
    /// There is no such package or version, or nothing in it that this address shows.
    NotFound,
    /// A parameter makes no sense; the sentence names it.
    Parameter(String),
    /// The gallery cannot do it now, or failed.
    Gallery(Arc<Error>),
}

impl From<Error> for ReadProblem {
    fn from(error: Error) -> Self {
        Self::from(Arc::new(error))
    }
}

impl From<Arc<Error>> for ReadProblem {
    fn from(error: Arc<Error>) -> Self {
        match *error {
            Error::NotFound => Self::NotFound,
            _ => Self::Gallery(error),
        }
    }
}

impl IntoResponse for ReadProblem {
    fn into_response(self) -> Response {
        let no_store = (header::CACHE_CONTROL, "no-store");
        match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, [no_store], "There is nothing at this address.\n").into_response()
            }
            Self::Parameter(sentence) => (StatusCode::BAD_REQUEST, [no_store], format!("{sentence}\n")).into_response(),
            Self::Gallery(error) => match error.as_ref() {
                Error::Unavailable(reason) => {
                    tracing::warn!(reason, "the feed is unavailable");
                    let later = (header::RETRY_AFTER, RETRY_AFTER.to_string());
                    (
                        StatusCode::SERVICE_UNAVAILABLE,
                        [later],
                        "This cannot be answered right now. Try again soon.\n",
                    )
                        .into_response()
                }
                other => {
                    tracing::error!(error = ?other, "the feed failed");
                    (
                        StatusCode::INTERNAL_SERVER_ERROR,
                        [no_store],
                        "Something went wrong on the server.\n",
                    )
                        .into_response()
                }
            },
        }
    }
}
