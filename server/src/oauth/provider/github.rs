//! Signing in with GitHub, which speaks OAuth2 without OpenID Connect: who somebody is, its API tells.

use super::http::{HttpProblem, ProviderHttp, is_on_this_machine, is_protected};
use super::oidc::Registration;
use super::person::Person;
use super::trouble::Trouble;
use super::{Begun, Expectation, ProviderProblem};
use crate::config::sign_in::GitHubAddresses;
use domain::account::EmailAddress;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use oauth2::basic::BasicClient;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, PkceCodeChallenge,
    PkceCodeVerifier, Scope, TokenResponse as _, TokenUrl,
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What we ask to read: who the person is, and their addresses.
const SCOPES: [&str; 2] = ["read:user", "user:email"];

/// The form of the API's answers that is understood here.
const FORM: HeaderValue = HeaderValue::from_static("application/vnd.github+json");
const VERSION: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-github-api-version"),
    HeaderValue::from_static("2022-11-28"),
);

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// GitHub, or a GitHub Enterprise Server.
pub(super) struct GitHub {
    client: Client,
    /// Where people sign in; its origin is the issuer of their identities.
    page: url::Url,
    api: String,
    http: ProviderHttp,
}

/// `GET /user`. The number stays when the person takes another name.
#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
}

/// An entry of `GET /user/emails`.
#[derive(Deserialize)]
struct Email {
    email: String,
    primary: bool,
    verified: bool,
}

impl GitHub {
    /// The GitHub at these addresses.
    ///
    /// # Errors
    /// When they are no addresses to which a secret could be sent.
    pub(super) fn new(
        name: &str,
        addresses: &GitHubAddresses,
        registration: Registration,
    ) -> Result<Self, ProviderProblem> {
        let wrong = || ProviderProblem::Address(name.to_owned());
        let page = AuthUrl::new(addresses.authorize.clone()).map_err(|_| wrong())?;
        let tokens = TokenUrl::new(addresses.token.clone()).map_err(|_| wrong())?;
        let api: url::Url = addresses.api.parse().map_err(|_| wrong())?;
        if ![page.url(), tokens.url(), &api].into_iter().all(is_protected) {
            return Err(wrong());
        }
        let http = ProviderHttp::new(is_on_this_machine(tokens.url()))?;
        let address = page.url().clone();
        let client = BasicClient::new(registration.client_id)
            .set_auth_uri(page)
            .set_token_uri(tokens)
            .set_redirect_uri(registration.redirect)
            .set_auth_type(AuthType::RequestBody);
        Ok(Self {
            client: match registration.client_secret {
                Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
                None => client,
            },
            page: address,
            api: addresses.api.trim_end_matches('/').to_owned(),
            http,
        })
    }

    /// Where its sign-in leads a browser, and in whose name its people are kept.
    pub(super) fn origin(&self) -> String {
        self.page.origin().ascii_serialization()
    }

    /// Where a browser is sent to sign in.
    pub(super) fn authorization_url(&self, begun: &Begun<'_>) -> url::Url {
        let verifier = PkceCodeVerifier::new(begun.verifier.to_owned());
        let state = begun.state.to_owned();
        let (url, _) = self
            .client
            .authorize_url(|| CsrfToken::new(state))
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        url
    }

    /// Whether an answer that names an issuer, or none, may be GitHub's.
    pub(super) fn answers(&self, named: Option<&str>) -> bool {
        let own = |named: &str| url::Url::parse(named).is_ok_and(|named| named.origin() == self.page.origin());
        named.is_none_or(own)
    }

    /// Trades the code for a token, and asks the API who signed in. The token is forgotten at once.
    pub(super) async fn identify(&self, code: String, expectation: Expectation) -> Result<Person, Trouble> {
        let exchange = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(expectation.verifier));
        let answer = exchange.request_async(&self.http).await;
        let answer = answer.map_err(Trouble::of_exchange)?;
        let headers = headers(answer.access_token().secret())?;
        let user: User = self.ask("/user", &headers).await?;
        let address = self.address(&headers).await?;
        Ok(Person {
            issuer: self.origin(),
            subject: user.id.to_string(),
            name: user.login,
            vouched: address.as_ref().is_some_and(|address| address.verified),
            email: address.and_then(|address| EmailAddress::parse(&address.email).ok()),
            // GitHub tells nobody how somebody signed in there.
            second_factor: false,
        })
    }

    /// The person's primary address; nothing where the person did not let us read it.
    async fn address(&self, headers: &HeaderMap) -> Result<Option<Email>, Trouble> {
        let address = format!("{}/user/emails?per_page=100", self.api);
        let answer = match self.http.get(&address, headers.clone()).await {
            Err(HttpProblem::Status(StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)) => return Ok(None),
            answer => answer?,
        };
        let addresses: Vec<Email> = read(&answer)?;
        Ok(addresses.into_iter().find(|address| address.primary))
    }

    async fn ask<T: DeserializeOwned>(&self, path: &str, headers: &HeaderMap) -> Result<T, Trouble> {
        let address = format!("{}{path}", self.api);
        read(&self.http.get(&address, headers.clone()).await?)
    }
}

fn headers(token: &str) -> Result<HeaderMap, Trouble> {
    let mut bearer =
        HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| Trouble::unproven("the token is no token"))?;
    bearer.set_sensitive(true);
    Ok(HeaderMap::from_iter([(AUTHORIZATION, bearer), (ACCEPT, FORM), VERSION]))
}

/// What the API answered. The problem names a place, never what stands there.
fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(answer).map_err(|problem| {
        let (line, column) = (problem.line(), problem.column());
        Trouble::unproven(format!("the API's answer cannot be read at {line}:{column}"))
    })
}
