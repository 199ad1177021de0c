//! What an issuer tells about itself: its endpoints and its keys.

use super::http::{HttpProblem, ProviderHttp, is_protected};
use http::HeaderMap;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet};
use openidconnect::{AuthUrl, IssuerUrl, JsonWebKey as _, JsonWebKeySetUrl, TokenUrl, UserInfoUrl};
use serde::Deserialize;
use std::collections::HashMap;

/// Where an issuer tells about itself, and who it must say that it is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The address before `/.well-known/openid-configuration`.
    pub(super) address: String,
    /// What the document must call its issuer. It is the address, but for an issuer that speaks for many.
    pub(super) issuer: IssuerUrl,
}

/// The parts of a discovery document that are read. Those that only a sign-in needs may be missing: an issuer of
/// workloads' tokens has no page and no token endpoint.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    issuer: IssuerUrl,
    jwks_uri: JsonWebKeySetUrl,
    /// The names of the algorithms that it signs with; unknown ones do no harm.
    id_token_signing_alg_values_supported: Vec<String>,
    /// The page where people sign in.
    pub(super) authorization_endpoint: Option<AuthUrl>,
    /// Where a code is traded.
    pub(super) token_endpoint: Option<TokenUrl>,
    /// Where there is more about a person.
    pub(super) userinfo_endpoint: Option<UserInfoUrl>,
    /// How clients may prove who they are.
    pub(super) token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether it names itself in its answers to the browser (RFC 9207), so that another one cannot pass its answers off
    /// as this one's.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

/// A document with the keys that it names.
pub(crate) struct Discovered {
    /// The document.
    pub(super) document: Document,
    keys: Vec<CoreJsonWebKey>,
    /// By key id, the issuer whose tokens alone the key may sign, where the key set says so.
    key_issuers: HashMap<String, String>,
}

impl Discovered {
    /// The issuer, as the document names it.
    pub(super) fn issuer(&self) -> &IssuerUrl {
        &self.document.issuer
    }

    /// The keys.
    pub(super) fn keys(&self) -> CoreJsonWebKeySet {
        CoreJsonWebKeySet::new(self.keys.clone())
    }

    /// Whether the document names an algorithm.
    pub(super) fn signs_with(&self, algorithm: &str) -> bool {
        let named = &self.document.id_token_signing_alg_values_supported;
        named.iter().any(|one| one == algorithm)
    }

    /// The issuer, or the pattern of issuers, for which alone a key may sign, if the key set tells one.
    pub(super) fn issuer_of_key(&self, key: &CoreJsonWebKey) -> Option<&str> {
        let id = key.key_id()?;
        self.key_issuers.get(id.as_str()).map(String::as_str)
    }
}

/// Reads the document and the keys.
///
/// # Errors
/// When they cannot be had, when another issuer is named, or when people would be sent to a page in the clear.
pub(super) async fn discover(place: &Place, http: &ProviderHttp) -> Result<Discovered, DiscoveryProblem> {
    let address = format!(
        "{}/.well-known/openid-configuration",
        place.address.trim_end_matches('/')
    );
    let document = http.get(&address, HeaderMap::new()).await?;
    let document: Document = serde_json::from_slice(&document)
        .map_err(|problem| DiscoveryProblem(format!("the discovery document cannot be read: {problem}")))?;
    if document.issuer != place.issuer {
        return Err(DiscoveryProblem(
            "the discovery document names another issuer".to_owned(),
        ));
    }
    let in_the_clear = |page: &AuthUrl| !is_protected(page.url());
    if document.authorization_endpoint.as_ref().is_some_and(in_the_clear) {
        return Err(DiscoveryProblem(
            "the authorization endpoint is neither https nor on this machine".to_owned(),
        ));
    }
    let keys = http.get(document.jwks_uri.as_str(), HeaderMap::new()).await?;
    let unread = |problem: serde_json::Error| DiscoveryProblem(format!("the key set cannot be read: {problem}"));
    let set: CoreJsonWebKeySet = serde_json::from_slice(&keys).map_err(unread)?;
    let named: NamedKeys = serde_json::from_slice(&keys).map_err(unread)?;
    Ok(Discovered {
        keys: set.keys().clone(),
        key_issuers: named.issuers(),
        document,
    })
}

/// The same key set, read for what the crate does not: Microsoft's keys say for whose tokens they are.
#[derive(Deserialize)]
struct NamedKeys {
    keys: Vec<NamedKey>,
}

#[derive(Deserialize)]
struct NamedKey {
    kid: Option<String>,
    issuer: Option<String>,
}

impl NamedKeys {
    fn issuers(self) -> HashMap<String, String> {
        let both = |key: NamedKey| key.kid.zip(key.issuer);
        self.keys.into_iter().filter_map(both).collect()
    }
}

/// Why an issuer cannot be used, for the log.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct DiscoveryProblem(String);

impl From<HttpProblem> for DiscoveryProblem {
    fn from(problem: HttpProblem) -> Self {
        Self(problem.to_string())
    }
}
