//! The server on a port of its own, with the providers that a test needs.

use super::browser::{Browser, location, parameter};
use super::issuer::{CLIENT, Issuer};
use axum::ServiceExt;
use domain::account::{AccountKind, AccountName, EmailAddress};
use domain::form::{Outcome, UiError};
use domain::session::{NewAccount, RegistrationForm};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Gallery, Origin, accounts, outcomes};
use reqwest::Response;
use server::config::Config;
use server::router;
use server::state::AppState;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// A served gallery.
pub(super) struct Site {
    /// The gallery behind it, to look at and to prepare.
    pub(super) test: TestGallery,
    /// Its address, without a slash at the end.
    pub(super) address: String,
    port: u16,
}

impl Site {
    /// A site on which people sign in with the development identity.
    pub(super) async fn start(database: Database) -> Self {
        Self::with(database, &[]).await
    }

    /// A site on which people sign in with an issuer, or with the development identity.
    pub(super) async fn with_issuer(database: Database, issuer: &Issuer) -> Self {
        Self::with(database, &Self::settings_of(issuer)).await
    }

    /// The settings that name an issuer.
    pub(super) fn settings_of(issuer: &Issuer) -> [(&'static str, &str); 6] {
        [
            ("GUILDHALL_DEV_IDENTITY", "on"),
            ("GUILDHALL_SIGN_IN__ISSUER__KIND", "oidc"),
            ("GUILDHALL_SIGN_IN__ISSUER__ISSUER", &issuer.address),
            ("GUILDHALL_SIGN_IN__ISSUER__CLIENT_ID", CLIENT),
            ("GUILDHALL_SIGN_IN__ISSUER__CLIENT_SECRET", "a-client-secret"),
            ("GUILDHALL_SIGN_IN__ISSUER__TRUST_EMAIL", "true"),
        ]
    }

    /// A site with settings; later ones win.
    pub(super) async fn with(database: Database, settings: &[(&str, &str)]) -> Self {
        let test = TestGallery::open(database).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listen = listener.local_addr().unwrap();
        let mut environment: BTreeMap<_, _> = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        environment.insert("LEPTOS_SITE_ADDR".to_owned(), listen.to_string());
        environment.insert(
            "GUILDHALL_DATA_DIR".to_owned(),
            test.folder.path().display().to_string(),
        );
        let config = Config::load(None, environment).unwrap();
        let state = AppState::new(test.gallery.clone(), config).unwrap();
        let service = router::Site::new(state).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            test,
            address: format!("http://{listen}"),
            port: listen.port(),
        }
    }

    /// The use cases.
    pub(super) fn gallery(&self) -> &Gallery {
        &self.test.gallery
    }

    /// Makes an account on the command line, to which nobody has ever signed in.
    pub(super) async fn account(&self, name: &str, email: &str) {
        let new = NewAccount {
            name: AccountName::parse(name).unwrap(),
            email: EmailAddress::parse(email).unwrap(),
        };
        accounts::create(self.gallery(), &Actor::operator(), new, AccountKind::User, None)
            .await
            .unwrap();
    }

    /// The session that a browser has, if any.
    pub(super) async fn session(&self, browser: &Browser) -> Option<gallery::sessions::SessionContext> {
        let token = browser.cookie(&format!("guildhall-{}", self.port))?;
        gallery::sessions::resolve(self.gallery(), token).await.unwrap()
    }

    /// The session's cookie that a browser has.
    pub(super) fn session_cookie(&self, browser: &Browser) -> Option<String> {
        browser
            .cookie(&format!("guildhall-{}", self.port))
            .map(ToOwned::to_owned)
    }

    /// The name of the cookie by which a browser is told apart from others.
    pub(super) fn browser_cookie(&self) -> String {
        format!("guildhall-{}-browser", self.port)
    }

    /// Clicks "Sign in with …"; returns where that leads.
    pub(super) async fn start_sign_in(&self, browser: &mut Browser, provider: &str, return_to: &str) -> String {
        let url = format!("{}/sign-in/{provider}", self.address);
        location(&browser.post(&url, &[("return", return_to)]).await)
    }

    /// Signs in at the development identity's page; returns where the callback leads.
    pub(super) async fn sign_in_as(&self, browser: &mut Browser, typed: &[(&str, &str)]) -> String {
        let page = self.start_sign_in(browser, "development", "/packages").await;
        let callback = self.decide(browser, &page, typed).await;
        location(&browser.get(&callback).await)
    }

    /// Fills in the development identity's form; returns where that leads.
    pub(super) async fn decide(&self, browser: &mut Browser, page: &str, typed: &[(&str, &str)]) -> String {
        location(&self.answer_page(browser, page, typed).await)
    }

    /// Fills in the development identity's form.
    pub(super) async fn answer_page(&self, browser: &mut Browser, page: &str, typed: &[(&str, &str)]) -> Response {
        let request = page.parse::<url::Url>().unwrap();
        let request: Vec<(String, String)> = request.query_pairs().into_owned().collect();
        let fields = request.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let form: Vec<_> = fields.chain(typed.iter().copied()).collect();
        browser.post(&format!("{}/dev/identity", self.address), &form).await
    }

    /// "Create your account", as the page's form sends it.
    pub(super) async fn register(&self, browser: &Browser, name: &str, email: &str) {
        let token = browser
            .cookie(&format!("guildhall-{}-registration", self.port))
            .expect("a registration");
        let form = RegistrationForm {
            name: name.to_owned(),
            email: email.to_owned(),
        };
        accounts::register(self.gallery(), Origin::default(), token, form)
            .await
            .unwrap();
    }

    /// What a browser is told on the sign-in page to which an answer led it.
    pub(super) async fn told(&self, browser: &Browser, address: &str) -> UiError {
        assert!(address.starts_with("/sign-in?"), "{address}");
        let id = parameter(address, "outcome").expect("an outcome");
        let key = browser.cookie(&self.browser_cookie()).unwrap();
        let outcome = outcomes::take(self.gallery(), key, &id).await.unwrap();
        let Some(Outcome { result: Err(error), .. }) = outcome else {
            panic!("{outcome:?}")
        };
        error
    }
}
