//! The variable parts of an address.

use super::failure;
use crate::state::AppState;
use axum::extract::{FromRequestParts, Path};
use axum::response::Response;
use domain::form::UiError;
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The variable parts of an address, as [`Path`] reads them. What cannot be read, because it is no text or no number,
/// names nothing that could be there: so it is not found, in the words of the site.
pub(crate) struct Segments<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Segments<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(segments)) => Ok(Self(segments)),
            Err(_) => Err(failure::answer(state, &parts.headers, &UiError::not_found())),
        }
    }
}
