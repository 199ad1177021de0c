//! A provider of identities: OpenID Connect by discovery, or GitHub; authorization code with PKCE and state, and a nonce
//! wherever there are ID tokens.
//!
//! `oidc` and `github` are the two ways. `issuer` discovers an issuer and verifies its ID tokens, for whoever takes some.

mod discovery;
mod github;
mod http;
pub(crate) mod id_token;
pub(crate) mod issuer;
mod microsoft;
mod oidc;
mod person;
mod trouble;

use self::github::GitHub;
use self::issuer::IssuerProblem;
use self::microsoft::Directory;
use self::oidc::{Flavour, Oidc, Registration};
use super::development;
use super::failure::Failure;
use crate::config;
use crate::config::sign_in::{DEVELOPMENT, Way};
use crate::config::values::PublicUrl;
use domain::time::Timestamp;
use gallery::sign_in::Identity;
use oauth2::{ClientId, RedirectUrl};
use std::net::SocketAddr;

/// A way to sign in.
pub struct Provider {
    name: String,
    label: String,
    protocol: Protocol,
}

/// How a provider is talked to.
enum Protocol {
    /// OpenID Connect.
    Oidc(Box<Oidc>),
    /// OAuth2 and GitHub's API.
    GitHub(Box<GitHub>),
}

/// The secrets of a sign-in that goes to a provider.
struct Begun<'a> {
    state: &'a str,
    nonce: &'a str,
    verifier: &'a str,
}

/// What a sign-in that comes back from a provider is held against.
pub(crate) struct Expectation {
    /// The verifier whose challenge the provider was sent.
    pub(crate) verifier: String,
    /// The nonce that the ID token must carry.
    pub(crate) nonce: String,
    /// The present moment.
    pub(crate) now: Timestamp,
}

/// Why a provider of the configuration cannot be one.
#[derive(Debug, thiserror::Error)]
pub enum ProviderProblem {
    /// One of its addresses is none, or plain http to another machine.
    #[error("sign_in.{0}: the provider must be at https addresses")]
    Address(String),
    /// The name does not fit into the address that people come back to.
    #[error("sign_in.{0}: the name does not fit into an address")]
    Name(String),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] reqwest::Error),
}

impl ProviderProblem {
    fn of(name: &str, problem: IssuerProblem) -> Self {
        match problem {
            IssuerProblem::Address => Self::Address(name.to_owned()),
            IssuerProblem::Tls(problem) => Self::Tls(problem),
        }
    }
}

impl Provider {
    /// A provider of the configuration, which sends people back to this site's public address. Nothing is asked of it
    /// yet.
    ///
    /// # Errors
    /// When it cannot be used as it is configured.
    pub fn configured(provider: &config::Provider, public_url: &PublicUrl) -> Result<Self, ProviderProblem> {
        let name = provider.name.as_str();
        let registration = Registration {
            client_id: ClientId::new(provider.client_id.clone()),
            client_secret: Some(provider.client_secret.clone()),
            redirect: redirect(public_url, name)?,
        };
        let trust_email = |trust_email| Flavour::Any { trust_email };
        let oidc = match &provider.way {
            Way::Oidc {
                issuer,
                trust_email: word,
            } => Oidc::at(issuer, trust_email(*word), registration),
            Way::Google { issuer } => Oidc::at(issuer, Flavour::Google, registration),
            Way::Microsoft { cloud, tenant } => Oidc::microsoft(Directory::new(cloud, tenant.clone()), registration),
            Way::GitHub(addresses) => {
                let github = GitHub::new(name, addresses, registration)?;
                return Ok(Self::new(name, &provider.label, Protocol::GitHub(Box::new(github))));
            }
        };
        let oidc = oidc.map_err(|problem| ProviderProblem::of(name, problem))?;
        Ok(Self::new(name, &provider.label, Protocol::Oidc(Box::new(oidc))))
    }

    /// The identity provider inside this server, reached at the server's own address like any other.
    ///
    /// # Errors
    /// When TLS cannot be set up, which it needs as little as any other loopback address.
    pub fn development(listen: SocketAddr, public_url: &PublicUrl) -> Result<Self, ProviderProblem> {
        let registration = Registration {
            client_id: ClientId::new(development::CLIENT.to_owned()),
            client_secret: None,
            redirect: redirect(public_url, DEVELOPMENT)?,
        };
        let oidc = Oidc::at(&development::issuer(listen), Flavour::Development, registration)
            .map_err(|problem| ProviderProblem::of(DEVELOPMENT, problem))?;
        Ok(Self::new(
            DEVELOPMENT,
            DEVELOPMENT_LABEL,
            Protocol::Oidc(Box::new(oidc)),
        ))
    }

    fn new(name: &str, label: &str, protocol: Protocol) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            protocol,
        }
    }

    /// Its name in addresses.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name in the button "Sign in with {label}", and in sentences.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Where its sign-in leads a browser, for the content security policy: the origin of the issuer and, once it is
    /// known, of the page where people sign in.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        match &self.protocol {
            Protocol::Oidc(oidc) => oidc.origins(),
            Protocol::GitHub(github) => vec![github.origin()],
        }
    }

    /// Reads what the provider tells about itself, so that the first sign-in need not wait for it.
    pub async fn warm_up(&self) {
        let Protocol::Oidc(oidc) = &self.protocol else { return };
        if let Err(trouble) = oidc.warm_up().await {
            let failure = trouble.with(&self.label);
            tracing::warn!(
                provider = self.name,
                reason = failure.reason(),
                "a sign-in provider cannot be reached"
            );
        }
    }

    /// Where a browser is sent to sign in.
    ///
    /// # Errors
    /// When the provider cannot be reached.
    pub(crate) async fn authorization_url(
        &self,
        state: &str,
        nonce: &str,
        verifier: &str,
    ) -> Result<url::Url, Failure> {
        let begun = Begun { state, nonce, verifier };
        match &self.protocol {
            Protocol::Oidc(oidc) => oidc.authorization_url(&begun).await,
            Protocol::GitHub(github) => Ok(github.authorization_url(&begun)),
        }
        .map_err(|trouble| trouble.with(&self.label))
    }

    /// Holds the issuer that an answer names (RFC 9207) against this one: an answer of another provider is never taken
    /// for this one's.
    ///
    /// # Errors
    /// When it names another, or none though this provider always names itself.
    pub(crate) async fn check_issuer(&self, named: Option<&str>) -> Result<(), Failure> {
        let own = match &self.protocol {
            Protocol::Oidc(oidc) => oidc.answers(named).await,
            Protocol::GitHub(github) => Ok(github.answers(named)),
        };
        match own.map_err(|trouble| trouble.with(&self.label))? {
            true => Ok(()),
            false => Err(Failure::Unproven {
                label: self.label.clone(),
                reason: "the answer comes from another issuer".to_owned(),
            }),
        }
    }

    /// Trades the code for what proves who signed in, and tells who it is.
    ///
    /// # Errors
    /// When the provider refuses or cannot be reached, or when what it gives proves nothing.
    pub(crate) async fn identify(&self, code: String, expectation: Expectation) -> Result<Identity, Failure> {
        let person = match &self.protocol {
            Protocol::Oidc(oidc) => oidc.identify(code, expectation).await,
            Protocol::GitHub(github) => github.identify(code, expectation).await,
        };
        let person = person.map_err(|trouble| trouble.with(&self.label))?;
        Ok(person.at(&self.name))
    }
}

fn redirect(public_url: &PublicUrl, name: &str) -> Result<RedirectUrl, ProviderProblem> {
    RedirectUrl::new(callback_address(public_url, name)).map_err(|_| ProviderProblem::Name(name.to_owned()))
}

/// The address to which a provider sends people back.
pub(super) fn callback_address(public_url: &PublicUrl, name: &str) -> String {
    format!("{}/sign-in/{name}/callback", public_url.as_str())
}

/// The development identity provider's name on its button.
pub const DEVELOPMENT_LABEL: &str = "the development identity";
