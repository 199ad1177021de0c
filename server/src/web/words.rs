//! Words for refusals that a layer or the router gives without any: a form from another site, a method that an address
//! does not have.

use super::failure;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::form::{UiError, UiErrorKind};
use http::{StatusCode, header};

/// Tells in the form that the client reads what happened and what to do, where the answer has no words of its own.
pub(crate) async fn find_words(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let said = response.headers().contains_key(header::CONTENT_TYPE);
    let Some(sentence) = sentence(response.status()).filter(|_| !said) else {
        return response;
    };
    let told = UiError::new(UiErrorKind::Forbidden, sentence);
    let mut answer = failure::answer(&state, &headers, &told);
    *answer.status_mut() = response.status();
    // What the answer says besides, such as the methods that the address has.
    for (name, value) in response.headers() {
        if !matches!(*name, header::CONTENT_LENGTH | header::TRANSFER_ENCODING) && !answer.headers().contains_key(name)
        {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

const fn sentence(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::FORBIDDEN => {
            Some("This was sent by another site, so nothing was done. Open the page here and send the form again.")
        }
        StatusCode::METHOD_NOT_ALLOWED => Some("This address does not take such a request."),
        _ => None,
    }
}
