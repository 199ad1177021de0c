//! Taking a browser back from a provider.

use super::answer::{Asked, Page};
use super::failure::Failure;
use super::provider::{Expectation, Provider};
use super::start::page_of;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::account::AccountKey;
use domain::form::{Done, UiError};
use domain::links::{self, LocalPath};
use gallery::sign_in::{self, Attempt, Identity, SignedIn};
use gallery::{Error, sessions};
use serde::Deserialize;

/// What the provider put into the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET /sign-in/{provider}/callback`
///
/// Whatever is wrong leads to the sign-in page, where the next click is the person's own: there is no way round in a
/// circle.
pub(super) async fn come_back(
    Path(provider): Path<String>,
    asked: Asked,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Response {
    let Some(provider) = asked.state.sign_in.provider(&provider) else {
        return asked.not_found();
    };
    let Query(answer) = answer.unwrap_or_default();
    let attempt = match take(&asked, provider, &answer).await {
        Ok(Some(attempt)) => attempt,
        Ok(None) => {
            return asked.back(provider.name(), &home(), &Failure::NotUnderWay).await;
        }
        Err(error) => return asked.broken(&home(), &error).await,
    };
    let (return_to, linking) = (attempt.return_to.clone(), attempt.linking);
    let page = page_of(linking, &return_to);
    let identity = match identify(&asked, provider, attempt, answer).await {
        Ok(identity) => identity,
        Err(failure) => return asked.back(provider.name(), &page, &failure).await,
    };
    match linking {
        Some(account) => link(&asked, provider, account, &identity).await,
        None => enter(&asked, provider, identity, return_to, &page).await,
    }
}

fn home() -> Page {
    Page::SignIn(LocalPath::home())
}

/// Begins a session, or a registration.
async fn enter(asked: &Asked, provider: &Provider, identity: Identity, return_to: LocalPath, page: &Page) -> Response {
    let origin = asked.visitor.actor.origin.clone();
    let browser = match asked.another_token() {
        Ok(token) => token,
        Err(error) => return asked.broken(page, &error).await,
    };
    match sign_in::finish(&asked.state.gallery, origin, identity, return_to).await {
        Ok(SignedIn::Session { token, next }) => {
            end_last_session(asked).await;
            asked.admit(next.as_str(), asked.state.cookies.begin_session(&token), &browser)
        }
        Ok(SignedIn::Register { token, next }) => {
            asked.admit(next.as_str(), asked.state.cookies.begin_registration(&token), &browser)
        }
        Ok(SignedIn::Refused(told)) | Err(Error::Refused(told)) => {
            asked.back(provider.name(), page, &Failure::Declined(told)).await
        }
        Err(error) => asked.broken(page, &error).await,
    }
}

/// Links the sign-in to the account which began it, if its person is signed in to this browser still.
async fn link(asked: &Asked, provider: &Provider, account: AccountKey, identity: &Identity) -> Response {
    let actor = &asked.visitor.actor;
    // Nobody else sees the account's page.
    let page = if actor.account() == Some(account) {
        Page::Account
    } else {
        Page::SignIn(links::account_settings())
    };
    match sign_in::link(&asked.state.gallery, actor, account, identity, provider.label()).await {
        Ok(()) => {
            let message = format!("A sign-in with {} is linked to your account.", provider.label());
            asked.done(&page, Done::say(message)).await
        }
        Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => asked.broken(&page, &error).await,
        Err(error) => {
            let told = Failure::Declined(UiError::from(&error));
            asked.back(provider.name(), &page, &told).await
        }
    }
}

/// The sign-in that this answer belongs to, if this browser began it with this provider and it was not taken up before.
async fn take(asked: &Asked, provider: &Provider, answer: &Answer) -> Result<Option<Attempt>, Error> {
    let Some(browser) = asked.known_browser() else {
        return Ok(None);
    };
    let attempt = sign_in::take(&asked.state.gallery, &answer.state, browser.expose()).await?;
    Ok(attempt.filter(|attempt| attempt.provider == provider.name()))
}

async fn identify(asked: &Asked, provider: &Provider, attempt: Attempt, answer: Answer) -> Result<Identity, Failure> {
    provider.check_issuer(answer.iss.as_deref()).await?;
    match (answer.error, answer.code) {
        (None, Some(code)) => {
            let now = asked.state.gallery.now();
            let expectation = Expectation {
                verifier: attempt.verifier,
                nonce: attempt.nonce,
                now,
            };
            provider.identify(code, expectation).await
        }
        (Some(error), _) if error == "access_denied" => Err(Failure::Cancelled),
        (error, _) => Err(Failure::Refused {
            label: provider.label().to_owned(),
            reason: error
                .unwrap_or_else(|| "neither code nor error".to_owned())
                .escape_debug()
                .to_string(),
        }),
    }
}

/// Ends the session that the browser had: its cookie is replaced, and nobody could sign it out any more.
async fn end_last_session(asked: &Asked) {
    let Some(last) = &asked.visitor.session else { return };
    if let Err(error) = sessions::sign_out(&asked.state.gallery, &asked.visitor.actor, last.expose()).await {
        // The person is signed in all the same; the old session ends by itself after 30 days.
        tracing::warn!(%error, "the last session of a browser could not be ended");
    }
}
