//! A request of signing in, and its answers: on to another page, or back to the sign-in page with the reason.

use super::failure::Failure;
use crate::state::AppState;
use crate::web::{RequestId, Visitor, failure};
use axum::extract::FromRequestParts;
use axum::response::{AppendHeaders, IntoResponse, Response};
use domain::form::{Done, Outcome, UiError};
use domain::links::{self, LocalPath};
use gallery::ids::Token;
use gallery::{Error, outcomes};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::convert::Infallible;

/// The page on which people choose how to sign in.
pub(super) const SIGN_IN: &str = "/sign-in";

/// The page on which a person reads what came of a way through a provider.
#[derive(Clone, Debug)]
pub(super) enum Page {
    /// "Sign in", which leads on to another page.
    SignIn(LocalPath),
    /// "Account settings": a sign-in was to be linked.
    Account,
}

impl Page {
    /// Its address, and under which key it looks for the outcome.
    fn place(&self) -> (LocalPath, &'static str) {
        match self {
            Self::SignIn(return_to) => (links::sign_in(return_to.as_str()), ""),
            Self::Account => (links::account_settings(), LINKING),
        }
    }
}

/// The key of the outcome of linking a sign-in.
const LINKING: &str = "link";

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Leads on by GET, whatever the request was. Nobody keeps the answer.
pub(super) fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location), (CACHE_CONTROL, NO_STORE)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// As [`see_other`], with cookies.
fn see_other_with<const N: usize>(address: &str, cookies: [HeaderValue; N]) -> Response {
    let cookies = cookies.map(|cookie| (SET_COOKIE, cookie));
    (AppendHeaders(cookies), see_other(address)).into_response()
}

/// The browser that asks: as its cookie says, or a new one.
pub(super) struct Browser {
    /// The secret by which it is recognized.
    pub(super) token: Token,
    is_new: bool,
}

/// A request of signing in, without its own arguments.
pub(super) struct Asked {
    /// What every request may use.
    pub(super) state: AppState,
    /// Who asks, if somebody is signed in already.
    pub(super) visitor: Visitor,
    headers: HeaderMap,
    id: RequestId,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self {
            visitor: Visitor::from_request_parts(parts, state).await?,
            id: RequestId::from_request_parts(parts, state).await?,
            headers: parts.headers.clone(),
            state: state.clone(),
        })
    }
}

impl Asked {
    /// The browser's token, if it is known.
    pub(super) fn known_browser(&self) -> Option<Token> {
        self.state.cookies.browser(&self.headers)
    }

    /// Recognizes the browser, or makes it one that can be recognized.
    ///
    /// # Errors
    /// When there is no randomness.
    pub(super) fn browser(&self) -> Result<Browser, Error> {
        match self.known_browser() {
            Some(token) => Ok(Browser { token, is_new: false }),
            None => Ok(Browser {
                token: Token::random(self.state.gallery.ids())?,
                is_new: true,
            }),
        }
    }

    /// A new secret by which the browser is recognized from now on.
    ///
    /// # Errors
    /// When there is no randomness.
    pub(super) fn another_token(&self) -> Result<Token, Error> {
        Ok(Token::random(self.state.gallery.ids())?)
    }

    /// Leads on as somebody who just came in, by the cookie of a session or of a registration. The browser is recognized
    /// by another secret from now on: whoever knew the old one, because it was planted, learns nothing of what the person
    /// does, and no way through a provider that was begun before can be ended as the person.
    pub(super) fn admit(&self, address: &str, cookie: HeaderValue, browser: &Token) -> Response {
        see_other_with(address, [cookie, self.state.cookies.mark_browser(browser)])
    }

    /// As [`see_other`]; a new browser gets its cookie.
    pub(super) fn lead_on(&self, browser: &Browser, address: &str) -> Response {
        if browser.is_new {
            see_other_with(address, [self.state.cookies.mark_browser(&browser.token)])
        } else {
            see_other(address)
        }
    }

    /// There is no such provider.
    pub(super) fn not_found(&self) -> Response {
        failure::answer(&self.state, &self.headers, &UiError::not_found())
    }

    /// Leads back to the page that tells the person why; the log tells the operator.
    ///
    /// The reason waits for this browser as the outcome of a form: it cannot be put into an address by somebody else.
    pub(super) async fn back(&self, provider: &str, page: &Page, failure: &Failure) -> Response {
        let told = failure.told();
        tracing::warn!(provider, reason = failure.reason(), %told, "nobody was signed in");
        self.tell(page, Err(told)).await
    }

    /// As [`Asked::back`], for a fault of the server's.
    pub(super) async fn broken(&self, page: &Page, error: &Error) -> Response {
        let told = self.fault(error);
        self.tell(page, Err(told)).await
    }

    /// Leads to a page that tells what was done.
    pub(super) async fn done(&self, page: &Page, done: Done) -> Response {
        self.tell(page, Ok(done)).await
    }

    async fn tell(&self, page: &Page, result: Result<Done, UiError>) -> Response {
        let (address, form) = page.place();
        let address = address.as_str();
        match self.keep(form, result).await {
            Ok((browser, id)) => {
                let joint = if address.contains('?') { '&' } else { '?' };
                self.lead_on(&browser, &format!("{address}{joint}outcome={id}"))
            }
            // The database is away: there is nowhere to keep the reason.
            Err(error) => failure::answer(&self.state, &self.headers, &self.fault(&error)),
        }
    }

    async fn keep(&self, form: &str, result: Result<Done, UiError>) -> Result<(Browser, String), Error> {
        let browser = self.browser()?;
        let outcome = Outcome {
            action: SIGN_IN.to_owned(),
            form: form.to_owned(),
            result,
            typed: Vec::new(),
        };
        let id = outcomes::keep(&self.state.gallery, browser.token.expose(), &outcome).await?;
        Ok((browser, id))
    }

    fn fault(&self, error: &Error) -> UiError {
        tracing::error!(incident = self.id.0, error = %causes(error), "a sign-in failed");
        UiError {
            incident: Some(self.id.0.clone()),
            ..UiError::from(error)
        }
    }
}

/// An error with all its causes in one line.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}
