//! A provider of identities: OpenID Connect by discovery, authorization code with PKCE, state and nonce.

mod discovery;
pub(crate) mod http;
pub(crate) mod id_token;

use self::discovery::{DiscoveryProblem, Metadata};
use self::http::{ProviderHttp, is_on_this_machine, is_protected};
use self::id_token::{Expected, TokenProblem};
use super::development;
use super::failure::Failure;
use crate::config;
use crate::config::sign_in::DEVELOPMENT;
use crate::config::values::PublicUrl;
use domain::account::EmailAddress;
use domain::time::Timestamp;
use gallery::sign_in::Identity;
use moka::future::Cache;
use oauth2::basic::BasicErrorResponseType;
use oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, TokenResponse as _,
};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
    CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, UserInfoError};
use secrecy::{ExposeSecret, SecretString};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How long a discovery document with its keys is used before it is read again.
const DISCOVERED: Duration = Duration::from_secs(3_600);

/// How a provider is talked to, and what its word about an address is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Any OpenID Connect issuer.
    Oidc {
        /// Whether its `email_verified` is believed.
        trust_email: bool,
    },
    /// The identity provider inside this server.
    Development,
}

/// A way to sign in.
pub struct Provider {
    name: String,
    label: String,
    kind: Kind,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<SecretString>,
    redirect: RedirectUrl,
    http: ProviderHttp,
    discovered: Cache<(), Arc<Metadata>>,
    page_origin: OnceLock<String>,
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
    /// The issuer is no address, or plain http to another machine.
    #[error("sign_in.{0}: the issuer must be an https address")]
    Issuer(String),
    /// The name does not fit into the address that people come back to.
    #[error("sign_in.{0}: the name does not fit into an address")]
    Name(String),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] reqwest::Error),
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// A provider of the configuration, which sends people back to this site's public address. Nothing is asked of it
    /// yet.
    ///
    /// # Errors
    /// When it cannot be used as it is configured.
    pub fn configured(provider: &config::Provider, public_url: &PublicUrl) -> Result<Self, ProviderProblem> {
        let kind = Kind::Oidc {
            trust_email: provider.trust_email,
        };
        let secret = Some(provider.client_secret.clone());
        Self::new(
            &provider.name,
            &provider.label,
            kind,
            provider.issuer.clone(),
            &provider.client_id,
            secret,
            public_url,
        )
    }

    /// The identity provider inside this server, reached at the server's own address like any other.
    ///
    /// # Errors
    /// When TLS cannot be set up, which it needs as little as any other loopback address.
    pub fn development(listen: SocketAddr, public_url: &PublicUrl) -> Result<Self, ProviderProblem> {
        let issuer = development::issuer(listen);
        Self::new(
            DEVELOPMENT,
            DEVELOPMENT_LABEL,
            Kind::Development,
            issuer,
            development::CLIENT,
            None,
            public_url,
        )
    }

    fn new(
        name: &str,
        label: &str,
        kind: Kind,
        issuer: String,
        client_id: &str,
        client_secret: Option<SecretString>,
        public_url: &PublicUrl,
    ) -> Result<Self, ProviderProblem> {
        let wrong_issuer = || ProviderProblem::Issuer(name.to_owned());
        let issuer = IssuerUrl::new(issuer).map_err(|_| wrong_issuer())?;
        if !is_protected(issuer.url()) {
            return Err(wrong_issuer());
        }
        let redirect =
            RedirectUrl::new(callback_address(public_url, name)).map_err(|_| ProviderProblem::Name(name.to_owned()))?;
        Ok(Self {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            client_id: ClientId::new(client_id.to_owned()),
            client_secret,
            redirect,
            http: ProviderHttp::new(is_on_this_machine(issuer.url()))?,
            discovered: Cache::builder().time_to_live(DISCOVERED).build(),
            page_origin: OnceLock::new(),
            issuer,
        })
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
        let issuer = self.issuer.url().origin().ascii_serialization();
        let page = self.page_origin.get().filter(|page| **page != issuer).cloned();
        std::iter::once(issuer).chain(page).collect()
    }

    /// Reads what the provider tells about itself, so that the first sign-in need not wait for it.
    pub async fn warm_up(&self) {
        if let Err(failure) = self.metadata().await {
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
        let client = self.client(&*self.metadata().await?);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()));
        let (state, nonce) = (CsrfToken::new(state.to_owned()), Nonce::new(nonce.to_owned()));
        let (url, _, _) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        Ok(url)
    }

    /// Holds the issuer that an answer names (RFC 9207) against this one: an answer of another provider is never taken
    /// for this one's.
    ///
    /// # Errors
    /// When it names another, or none though this provider always names itself.
    pub(crate) async fn check_issuer(&self, named: Option<&str>) -> Result<(), Failure> {
        let always = self
            .metadata()
            .await?
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match named {
            Some(named) if named == self.issuer.as_str() => Ok(()),
            None if !always => Ok(()),
            Some(_) | None => Err(self.unproven("the answer comes from another issuer")),
        }
    }

    /// Trades the code for tokens, verifies them, and tells who signed in.
    ///
    /// # Errors
    /// When the provider refuses or cannot be reached, or when its tokens prove nothing.
    pub(crate) async fn identify(&self, code: String, expectation: Expectation) -> Result<Identity, Failure> {
        let metadata = self.metadata().await?;
        let client = self.client(&metadata);
        let answer = self.exchange(&client, code, expectation.verifier).await?;
        let token = answer
            .extra_fields()
            .id_token()
            .ok_or_else(|| self.unproven(TokenProblem::Missing))?;
        let algorithms = self.algorithms();
        let mut expected = Expected {
            metadata: &metadata,
            algorithms: &algorithms,
            client_id: &self.client_id,
            nonce: &expectation.nonce,
            access_token: answer.access_token(),
            now: expectation.now,
        };
        let refreshed;
        let claims = match id_token::verify(token, &expected) {
            Err(TokenProblem::UnknownKey) => {
                refreshed = self.metadata_anew().await?;
                expected.metadata = &refreshed;
                id_token::verify(token, &expected)
            }
            verified => verified,
        };
        let claims = claims.map_err(|problem| self.unproven(problem))?;
        let more = self.user_info(&client, &answer, claims).await?;
        Ok(self.identity(claims, more.as_ref()))
    }

    /// What the provider tells about itself: read once an hour, by one request however many ask.
    async fn metadata(&self) -> Result<Arc<Metadata>, Failure> {
        let read = async {
            let metadata = discovery::discover(self.issuer.clone(), &self.http).await?;
            self.page_origin
                .get_or_init(|| metadata.authorization_endpoint().url().origin().ascii_serialization());
            Ok::<_, DiscoveryProblem>(Arc::new(metadata))
        };
        self.discovered
            .try_get_with((), read)
            .await
            .map_err(|problem| Failure::Away {
                label: self.label.clone(),
                reason: problem.to_string(),
            })
    }

    /// The same, read anew: the provider signs with a key that was not there before.
    async fn metadata_anew(&self) -> Result<Arc<Metadata>, Failure> {
        self.discovered.invalidate(&()).await;
        self.metadata().await
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let secret = self.client_secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
        let methods = metadata.token_endpoint_auth_methods_supported();
        let in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        CoreClient::from_provider_metadata(metadata.clone(), self.client_id.clone(), secret)
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if in_body {
                AuthType::RequestBody
            } else {
                AuthType::BasicAuth
            })
    }

    async fn exchange(&self, client: &Client, code: String, verifier: String) -> Result<CoreTokenResponse, Failure> {
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| self.unproven("the provider has no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        request.request_async(&self.http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => match refusal.error() {
                // The code was used before, or is too old: beginning again helps.
                BasicErrorResponseType::InvalidGrant => self.unproven("invalid_grant"),
                other => Failure::Refused {
                    label: self.label.clone(),
                    reason: other.to_string(),
                },
            },
            RequestTokenError::Request(problem) => Failure::Away {
                label: self.label.clone(),
                reason: problem.to_string(),
            },
            // The path alone: the value there may be a token.
            RequestTokenError::Parse(problem, _) => {
                self.unproven(format!("the token answer cannot be read at {}", problem.path()))
            }
            RequestTokenError::Other(problem) => self.unproven(problem),
        })
    }

    /// Asks the user info endpoint, where the ID token tells no address and there is such an endpoint.
    async fn user_info(
        &self,
        client: &Client,
        answer: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<CoreUserInfoClaims>, Failure> {
        let token = answer.access_token();
        // The request cannot be written with any other token.
        let plain = token.secret().bytes().all(|byte| byte.is_ascii_graphic());
        if claims.email().is_some() || client.user_info_url().is_none() || !plain {
            return Ok(None);
        }
        let request = client
            .user_info(token.clone(), Some(claims.subject().clone()))
            .map_err(|error| self.unproven(error))?;
        request
            .request_async(&self.http)
            .await
            .map(Some)
            .map_err(|error| match error {
                UserInfoError::Request(problem) => Failure::Away {
                    label: self.label.clone(),
                    reason: problem.to_string(),
                },
                UserInfoError::ClaimsVerification(problem) => self.unproven(problem),
                UserInfoError::Parse(problem) => {
                    self.unproven(format!("the user info cannot be read at {}", problem.path()))
                }
                other => self.unproven(other),
            })
    }

    fn identity(&self, claims: &CoreIdTokenClaims, more: Option<&CoreUserInfoClaims>) -> Identity {
        let email = claims.email().or_else(|| more.and_then(CoreUserInfoClaims::email));
        let verified = match claims.email() {
            Some(_) => claims.email_verified(),
            None => more.and_then(CoreUserInfoClaims::email_verified),
        };
        let trusted = match self.kind {
            Kind::Oidc { trust_email } => trust_email,
            Kind::Development => true,
        };
        let name = claims
            .preferred_username()
            .or_else(|| more.and_then(CoreUserInfoClaims::preferred_username))
            .map(|name| name.as_str())
            .or_else(|| email.and_then(|email| email.split('@').next()));
        let methods = claims.auth_method_refs().map(Vec::as_slice).unwrap_or_default();
        Identity {
            provider: self.name.clone(),
            issuer: match self.kind {
                Kind::Oidc { .. } => self.issuer.as_str().to_owned(),
                // Its people stay who they are when the server listens elsewhere the next time.
                Kind::Development => DEVELOPMENT_ISSUER.to_owned(),
            },
            subject: claims.subject().as_str().to_owned(),
            proposed_name: name.unwrap_or_default().to_owned(),
            email: email.and_then(|email| EmailAddress::parse(email).ok()),
            vouched: trusted && verified == Some(true),
            second_factor: methods.iter().any(|method| SECOND_FACTORS.contains(&method.as_str())),
        }
    }

    fn algorithms(&self) -> Vec<CoreJwsSigningAlgorithm> {
        match self.kind {
            Kind::Oidc { .. } => id_token::ALGORITHMS.to_vec(),
            Kind::Development => vec![CoreJwsSigningAlgorithm::EdDsa],
        }
    }

    fn unproven(&self, reason: impl std::fmt::Display) -> Failure {
        Failure::Unproven {
            label: self.label.clone(),
            reason: reason.to_string(),
        }
    }
}

/// The address to which a provider sends people back.
pub(super) fn callback_address(public_url: &PublicUrl, name: &str) -> String {
    format!("{}/sign-in/{name}/callback", public_url.as_str())
}

/// The development identity provider's name on its button.
pub const DEVELOPMENT_LABEL: &str = "the development identity";

/// Under which issuer the people of the development identity provider are kept. No address that a provider of the
/// configuration could have.
const DEVELOPMENT_ISSUER: &str = "development";

/// The values of `amr` that mean a second factor (product contract, 5.15).
const SECOND_FACTORS: [&str; 3] = ["mfa", "otp", "hwk"];
