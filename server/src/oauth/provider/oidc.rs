//! Signing in by OpenID Connect: any issuer, Google, Microsoft, and the development identity provider.

use super::discovery::Discovered;
use super::id_token::{self, Expected, IdClaims, IdToken, MoreClaims, TokenProblem};
use super::issuer::{Issuer, IssuerProblem, Signatory};
use super::microsoft::Directory;
use super::person::Person;
use super::trouble::Trouble;
use super::{Begun, Expectation};
use oauth2::basic::BasicTokenType;
use oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardRevocableToken,
    StandardTokenResponse, TokenResponse as _,
};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreUserInfoClaims,
};
use openidconnect::{IdTokenFields, Nonce, UserInfoError};
use secrecy::{ExposeSecret, SecretString};

/// How many seconds ago an ID token may have been issued; it comes fresh from the token endpoint.
const AGE: i64 = 600;

/// Whose word counts, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Any issuer.
    Any {
        /// Whether its `email_verified` is believed.
        trust_email: bool,
    },
    /// Google, whose `email_verified` is believed.
    Google,
    /// Microsoft.
    Microsoft,
    /// The identity provider inside this server.
    Development,
}

/// Our name with a provider, and the way back from it.
pub(super) struct Registration {
    /// Our name.
    pub(super) client_id: ClientId,
    /// Our secret; the development identity provider gives none.
    pub(super) client_secret: Option<SecretString>,
    /// Where people come back to.
    pub(super) redirect: RedirectUrl,
}

/// A provider that speaks OpenID Connect.
pub(super) struct Oidc {
    /// Who issues its tokens.
    pub(super) issuer: Issuer,
    /// Whose word it is.
    pub(super) flavour: Flavour,
    registration: Registration,
}

type Fields = IdTokenFields<
    MoreClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Answer = StandardTokenResponse<Fields, BasicTokenType>;

type Client = openidconnect::Client<
    MoreClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    StandardRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointNotSet,
>;

impl Oidc {
    /// A provider at an issuer's address.
    ///
    /// # Errors
    /// When the address cannot be an issuer's.
    pub(super) fn at(address: &str, flavour: Flavour, registration: Registration) -> Result<Self, IssuerProblem> {
        Ok(Self {
            issuer: Issuer::at(address)?,
            flavour,
            registration,
        })
    }

    /// Microsoft.
    ///
    /// # Errors
    /// When the cloud's address cannot be an issuer's.
    pub(super) fn microsoft(directory: Directory, registration: Registration) -> Result<Self, IssuerProblem> {
        Ok(Self {
            issuer: Issuer::directory(directory)?,
            flavour: Flavour::Microsoft,
            registration,
        })
    }

    /// Where its sign-in leads a browser.
    pub(super) fn origins(&self) -> Vec<String> {
        let mut origins = self.issuer.origins();
        if let Signatory::Directory(directory) = self.issuer.signatory() {
            origins.extend(directory.other_pages().map(str::to_owned));
        }
        origins
    }

    /// Reads what it tells about itself.
    pub(super) async fn warm_up(&self) -> Result<(), Trouble> {
        self.issuer.discovered().await?;
        Ok(())
    }

    /// Where a browser is sent to sign in.
    pub(super) async fn authorization_url(&self, begun: &Begun<'_>) -> Result<url::Url, Trouble> {
        let client = self.client(&*self.issuer.discovered().await?)?;
        let verifier = PkceCodeVerifier::new(begun.verifier.to_owned());
        let (state, nonce) = (begun.state.to_owned(), begun.nonce.to_owned());
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    /// Whether an answer that names an issuer, or none, may be this provider's.
    pub(super) async fn answers(&self, named: Option<&str>) -> Result<bool, Trouble> {
        let discovered = self.issuer.discovered().await?;
        Ok(match (named, self.issuer.signatory()) {
            (None, _) => !discovered.document.authorization_response_iss_parameter_supported,
            (Some(named), Signatory::Itself) => named == self.issuer.name(),
            (Some(named), Signatory::Directory(directory)) => directory.speaks_for(named),
        })
    }

    /// Trades the code for tokens, verifies them, and tells who signed in.
    pub(super) async fn identify(&self, code: String, expectation: Expectation) -> Result<Person, Trouble> {
        let discovered = self.issuer.discovered().await?;
        let client = self.client(&discovered)?;
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(expectation.verifier));
        let answer = exchange.request_async(self.issuer.http()).await;
        let answer = answer.map_err(Trouble::of_exchange)?;
        let token: &IdToken = answer
            .extra_fields()
            .id_token()
            .ok_or_else(|| Trouble::unproven(TokenProblem::Missing))?;
        let expected = Expected {
            audience: self.registration.client_id.as_str(),
            algorithms: self.algorithms(),
            nonce: Some(&expectation.nonce),
            access_token: Some(answer.access_token()),
            age: AGE,
            now: expectation.now,
        };
        let claims = self.issuer.verify(token, &expected).await?;
        let more = self.user_info(client, &discovered, &answer, claims).await?;
        Person::of_claims(self, claims, more.as_ref())
    }

    fn client(&self, discovered: &Discovered) -> Result<Client, Trouble> {
        let document = &discovered.document;
        let missing = |what: &str| Trouble::Away(format!("the provider has no {what} endpoint"));
        let page = document.authorization_endpoint.clone();
        let tokens = document.token_endpoint.clone();
        let client = openidconnect::Client::new(
            self.registration.client_id.clone(),
            discovered.issuer().clone(),
            discovered.keys(),
        )
        .set_auth_uri(page.ok_or_else(|| missing("authorization"))?)
        .set_token_uri(tokens.ok_or_else(|| missing("token"))?)
        .set_redirect_uri(self.registration.redirect.clone())
        .set_auth_type(auth_type(document.token_endpoint_auth_methods_supported.as_deref()));
        Ok(match &self.registration.client_secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
            None => client,
        })
    }

    /// Asks the user info endpoint, where the ID token tells no address and there is such an endpoint. Microsoft's knows
    /// no more than its ID token.
    async fn user_info(
        &self,
        client: Client,
        discovered: &Discovered,
        answer: &Answer,
        claims: &IdClaims,
    ) -> Result<Option<CoreUserInfoClaims>, Trouble> {
        let token = answer.access_token();
        // The request cannot be written with any other token.
        let plain = token.secret().bytes().all(|byte| byte.is_ascii_graphic());
        let Some(address) = discovered.document.userinfo_endpoint.clone() else {
            return Ok(None);
        };
        if claims.email().is_some() || !plain || self.flavour == Flavour::Microsoft {
            return Ok(None);
        }
        let client = client.set_user_info_url(address);
        let request = client.user_info(token.clone(), Some(claims.subject().clone()));
        let more = request.request_async(self.issuer.http()).await;
        more.map(Some).map_err(|error| match error {
            UserInfoError::Request(problem) => problem.into(),
            UserInfoError::ClaimsVerification(problem) => Trouble::unproven(problem),
            UserInfoError::Parse(problem) => {
                Trouble::unproven(format!("the user info cannot be read at {}", problem.path()))
            }
            other => Trouble::unproven(other),
        })
    }

    fn algorithms(&self) -> &'static [CoreJwsSigningAlgorithm] {
        match self.flavour {
            Flavour::Any { .. } | Flavour::Google | Flavour::Microsoft => &id_token::ALGORITHMS,
            Flavour::Development => &[CoreJwsSigningAlgorithm::EdDsa],
        }
    }
}

/// How this client proves who it is: as every provider must allow, where it does not allow the other way alone.
fn auth_type(methods: Option<&[String]>) -> AuthType {
    let names = |name: &str| methods.is_some_and(|methods| methods.iter().any(|method| method == name));
    if names("client_secret_post") && !names("client_secret_basic") {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}
