//! Requests to the site's own server.

use domain::form::{UiError, UiErrorKind};
use gloo_net::http::{Request, Response};
use web_sys::{FormData, HtmlFormElement};

/// Reads an address.
///
/// # Errors
/// What the server answered instead, or that it could not be reached.
pub(crate) async fn get(address: &str) -> Result<String, UiError> {
    let request = Request::get(address).header("accept", "application/json");
    read(request.send().await).await
}

/// Posts a form.
///
/// # Errors
/// What the server answered instead, or that it could not be reached.
pub(crate) async fn post(address: &str, form: String) -> Result<String, UiError> {
    let request = Request::post(address)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    match request.body(form) {
        Ok(request) => read(request.send().await).await,
        Err(_) => Err(unreachable()),
    }
}

/// Posts a form with the files that were chosen in it.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_files(address: &str, form: &HtmlFormElement) -> Result<String, UiError> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Err(unreachable());
    };
    match Request::post(address).header("accept", "application/json").body(data) {
        Ok(request) => read(request.send().await).await,
        Err(_) => Err(unreachable()),
    }
}

async fn read(answer: Result<Response, gloo_net::Error>) -> Result<String, UiError> {
    let answer = answer.map_err(|_| unreachable())?;
    let text = answer.text().await.map_err(|_| unreachable())?;
    if answer.ok() {
        Ok(text)
    } else {
        Err(refusal(answer.status(), &text))
    }
}

/// What an answer that is no success says: our own words, or at least its status if something between wrote it.
pub(crate) fn refusal(status: u16, text: &str) -> UiError {
    serde_json::from_str(text).unwrap_or_else(|_| {
        let kind = if status == 503 {
            UiErrorKind::Unavailable
        } else {
            UiErrorKind::Internal
        };
        UiError::new(kind, format!("The server answered with status {status}. Try again."))
    })
}

/// No answer at all.
pub(crate) fn unreachable() -> UiError {
    UiError::new(
        UiErrorKind::Unreachable,
        "The server could not be reached. Check your connection and try again.",
    )
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use domain::form::{UiError, UiErrorKind};

    #[test]
    fn a_refusal_keeps_the_servers_words() {
        let said = UiError::new(UiErrorKind::Conflict, "Somebody was faster.");
        assert_eq!(refusal(409, &serde_json::to_string(&said).unwrap()), said);
    }

    #[test]
    fn an_answer_that_is_not_ours_is_told_by_its_status() {
        assert_eq!(refusal(502, "<html>").kind, UiErrorKind::Internal);
        assert_eq!(refusal(503, "").kind, UiErrorKind::Unavailable);
    }
}
