//! Sending a browser to a provider.

use super::answer::{Asked, Browser, Page, SIGN_IN, see_other};
use axum::extract::{Form, Path};
use axum::response::Response;
use domain::account::AccountKey;
use domain::links::{self, LocalPath};
use gallery::ids::Token;
use gallery::sign_in::{self, Attempt};
use gallery::{Error, Gallery};
use serde::Deserialize;

/// The form around a button "Sign in with …" or "Link …".
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct StartForm {
    /// Where the person wants to be afterwards.
    r#return: String,
    /// Anything: the sign-in is to be linked to the account of the person who is signed in.
    link: String,
}

/// `POST /sign-in/{provider}`
pub(super) async fn start(Path(provider): Path<String>, asked: Asked, Form(form): Form<StartForm>) -> Response {
    let Some(provider) = asked.state.sign_in.provider(&provider) else {
        return asked.not_found();
    };
    if asked.state.cookies.refused().is_some() {
        // A session could be stolen on its way; the page says so.
        return see_other(SIGN_IN);
    }
    let linking = match (form.link.is_empty(), asked.visitor.actor.account()) {
        (true, _) => None,
        (false, Some(account)) => Some(account),
        (false, None) => return see_other(links::sign_in(links::account_settings().as_str()).as_str()),
    };
    let return_to = return_to(&form.r#return);
    let page = page_of(linking, &return_to);
    let begun = asked.browser().and_then(|browser| {
        let attempt = attempt(&asked.state.gallery, provider.name(), &browser, return_to, linking)?;
        Ok((browser, attempt))
    });
    let (browser, attempt) = match begun {
        Ok(begun) => begun,
        Err(error) => return asked.broken(&page, &error).await,
    };
    let there = match provider
        .authorization_url(&attempt.state, &attempt.nonce, &attempt.verifier)
        .await
    {
        Ok(there) => there,
        Err(failure) => return asked.back(provider.name(), &page, &failure).await,
    };
    match sign_in::begin(&asked.state.gallery, attempt).await {
        Ok(()) => asked.lead_on(&browser, there.as_str()),
        Err(error) => asked.broken(&page, &error).await,
    }
}

/// Where the person reads what came of it.
pub(super) fn page_of(linking: Option<AccountKey>, return_to: &LocalPath) -> Page {
    match linking {
        Some(_) => Page::Account,
        None => Page::SignIn(return_to.clone()),
    }
}

fn attempt(
    gallery: &Gallery,
    provider: &str,
    browser: &Browser,
    return_to: LocalPath,
    linking: Option<AccountKey>,
) -> Result<Attempt, Error> {
    let random = || Token::random(gallery.ids()).map(|token| token.expose().to_owned());
    Ok(Attempt {
        provider: provider.to_owned(),
        nonce: random()?,
        verifier: random()?,
        state: random()?,
        browser_token: browser.token.expose().to_owned(),
        return_to,
        linking,
    })
}

/// Where a sign-in leads: to the page that was asked for, if it is one of this site and does not lead here again.
fn return_to(asked: &str) -> LocalPath {
    let leads_here = |path: &LocalPath| {
        let first = path.as_str().split(['/', '?', '#']).nth(1);
        first.is_some_and(|first| first == "sign-in" || first == "register")
    };
    LocalPath::parse(asked)
        .filter(|path| !leads_here(path))
        .unwrap_or_else(LocalPath::home)
}

#[cfg(test)]
mod tests {
    use super::return_to;
    use rstest::rstest;

    #[rstest]
    #[case("/account/apikeys?x=1", "/account/apikeys?x=1")]
    #[case("/sign-in-is-no-page", "/sign-in-is-no-page")]
    #[case("/sign-in?return=%2Fsign-in", "/")]
    #[case("/sign-in/development/callback?state=x", "/")]
    #[case("/register", "/")]
    #[case("//evil.example", "/")]
    #[case("/\\evil.example", "/")]
    #[case("https://evil.example/", "/")]
    #[case("javascript:alert(1)", "/")]
    #[case("", "/")]
    fn a_sign_in_leads_to_a_page_of_this_site(#[case] asked: &str, #[case] leads_to: &str) {
        assert_eq!(return_to(asked).as_str(), leads_to);
    }
}
