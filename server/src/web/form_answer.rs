//! Where a form that was sent without script leads.

use super::failure;
use super::pages::OUTCOME;
use crate::state::AppState;
use axum::response::{IntoResponse, Response};
use domain::form::{Done, Outcome, UiError, UiErrorKind};
use domain::links::{self, LocalPath};
use gallery::ids::Token;
use gallery::{Error, outcomes};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// A form as it was sent.
pub(super) struct Sent {
    /// The form's address.
    pub(super) action: String,
    /// Which of several equal forms of the page it was, or empty.
    pub(super) form: String,
    /// What was typed, by name.
    pub(super) typed: Vec<(String, String)>,
    /// The request's headers.
    pub(super) headers: HeaderMap,
}

/// Leads to the next page, or back to the form's own, where what came of it is shown.
pub(super) async fn lead_on(state: &AppState, sent: Sent, result: Result<Done, UiError>) -> Response {
    let headers = sent.headers.clone();
    match try_to_lead_on(state, sent, result).await {
        Ok(response) => response,
        Err(error) => failure::of_use_case(state, &headers, &error),
    }
}

async fn try_to_lead_on(state: &AppState, sent: Sent, result: Result<Done, UiError>) -> Result<Response, Error> {
    let back = page_of_form(state, &sent.headers);
    let (next, typed) = match &result {
        Err(error) if error.kind == UiErrorKind::SignIn => {
            return Ok(see_other(links::sign_in(back.as_str()).as_str(), None));
        }
        Err(_) => (back, sent.typed),
        Ok(done) => (done.next.clone().unwrap_or(back), Vec::new()),
    };
    if let Ok(done) = &result
        && done.message.is_empty()
        && done.secret.is_none()
    {
        return Ok(see_other(next.as_str(), None));
    }
    if state.cookies.refused().is_some()
        && let Err(error) = &result
    {
        // Without cookies no outcome finds its browser.
        return Ok(failure::answer(state, &sent.headers, error));
    }
    let (browser, is_new) = match state.cookies.browser(&sent.headers) {
        Some(token) => (token, false),
        None => (Token::random(state.gallery.ids())?, true),
    };
    let outcome = Outcome {
        action: sent.action,
        form: sent.form,
        result,
        typed,
    };
    let id = outcomes::keep(&state.gallery, browser.expose(), &outcome).await?;
    let cookie = is_new.then(|| state.cookies.mark_browser(&browser));
    Ok(see_other(&with_outcome(&next, Some(&id)), cookie))
}

/// The page that the form stood on: the browser says it, to this site only.
fn page_of_form(state: &AppState, headers: &HeaderMap) -> LocalPath {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let path = referer.and_then(|referer| referer.strip_prefix(state.public_url()));
    let path = path.map(|path| if path.is_empty() { "/" } else { path });
    path.and_then(LocalPath::parse)
        .and_then(|path| LocalPath::parse(&with_outcome(&path, None)))
        .unwrap_or_else(LocalPath::home)
}

/// A path with the number of an outcome in place of the one that it may have.
fn with_outcome(path: &LocalPath, id: Option<&str>) -> String {
    let (path, query) = path.as_str().split_once('?').unwrap_or((path.as_str(), ""));
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let old = format!("{OUTCOME}=");
    let kept = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with(&old))
        .map(str::to_owned);
    let parts: Vec<String> = kept
        .chain(id.map(|id| format!("{OUTCOME}={}", links::percent_encode(id))))
        .collect();
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

fn see_other(to: &str, cookie: Option<HeaderValue>) -> Response {
    let Ok(location) = HeaderValue::from_str(to) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::with_outcome;
    use domain::links::LocalPath;
    use rstest::rstest;

    #[rstest]
    #[case("/a", Some("7"), "/a?outcome=7")]
    #[case("/a?b=c", Some("7"), "/a?b=c&outcome=7")]
    #[case("/a?outcome=6&b=c", Some("7"), "/a?b=c&outcome=7")]
    #[case("/a?outcome=6", None, "/a")]
    #[case("/a?b=c#d", Some("7"), "/a?b=c&outcome=7")]
    fn an_address_names_one_outcome(#[case] path: &str, #[case] id: Option<&str>, #[case] address: &str) {
        assert_eq!(with_outcome(&LocalPath::parse(path).unwrap(), id), address);
    }
}
