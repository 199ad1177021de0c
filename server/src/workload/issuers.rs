//! The issuers of workloads' tokens, and the keys with which they sign.

use super::token::{self, WorkloadProblem};
use crate::config::trusted_publishing::ClaimNames;
use crate::config::{Config, WorkloadIssuer};
use crate::oauth::provider::http::{ProviderHttp, is_on_this_machine, is_protected};
use crate::oauth::provider::id_token::ALGORITHMS;
use domain::time::Timestamp;
use domain::trusted_publishing::ProviderKind;
use gallery::trusted_publishing::VerifiedToken;
use moka::future::Cache;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{AsyncHttpClient, IssuerUrl, JsonWebKeySetUrl};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// How long an issuer's keys are used before they are read again.
const KEPT: Duration = Duration::from_secs(3_600);

/// How long they are used at least, in seconds: whoever shows a token with a made-up key must not make us ask each time.
const FRESH: i64 = 60;

/// The issuers of the configuration. Cheap to clone.
#[derive(Clone)]
pub struct Issuers(Arc<[Issuer]>);

/// One issuer.
pub(super) struct Issuer {
    pub(super) name: String,
    pub(super) kind: ProviderKind,
    pub(super) claims: ClaimNames,
    pub(super) url: IssuerUrl,
    pub(super) audience: String,
    http: ProviderHttp,
    keys: Cache<(), Arc<Keys>>,
}

/// What an issuer signs with.
pub(super) struct Keys {
    pub(super) set: CoreJsonWebKeySet,
    /// The algorithms that it uses, of those that prove anything.
    pub(super) algorithms: Vec<CoreJwsSigningAlgorithm>,
    read: Timestamp,
}

/// Why an issuer of the configuration cannot be one.
#[derive(Debug, thiserror::Error)]
pub enum IssuerProblem {
    /// The issuer is no address, or plain http to another machine.
    #[error("trusted_publishing.{0}: the issuer must be an https address")]
    Issuer(String),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] reqwest::Error),
}

impl Issuers {
    /// The issuers of the configuration. Nothing is asked of them yet.
    ///
    /// # Errors
    /// When one of them cannot be used as it is configured.
    pub fn new(config: &Config) -> Result<Self, IssuerProblem> {
        let issuers = config.workload_issuers.iter();
        let issuers: Result<Vec<_>, _> = issuers
            .map(|issuer| Issuer::new(issuer, issuer.audience(&config.public_url)))
            .collect();
        Ok(Self(issuers?.into()))
    }

    /// Verifies a token, with the keys of the issuer that it names.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub(crate) async fn verify(&self, text: &str, now: Timestamp) -> Result<VerifiedToken, WorkloadProblem> {
        let named = token::issuer_of(text)?;
        let issuer = self
            .0
            .iter()
            .find(|issuer| issuer.url.as_str() == named)
            .ok_or(WorkloadProblem::UnknownIssuer)?;
        let keys = issuer.keys(now).await?;
        match token::verify(text, issuer, &keys, now) {
            // It may sign with a key that was not there before.
            Err(WorkloadProblem::UnknownKey) if keys.read.plus_seconds(FRESH) <= now => {
                issuer.keys.invalidate(&()).await;
                token::verify(text, issuer, &*issuer.keys(now).await?, now)
            }
            verified => verified,
        }
    }
}

impl Issuer {
    fn new(issuer: &WorkloadIssuer, audience: String) -> Result<Self, IssuerProblem> {
        let wrong = || IssuerProblem::Issuer(issuer.name.clone());
        let url = IssuerUrl::new(issuer.issuer.clone()).map_err(|_| wrong())?;
        if !is_protected(url.url()) {
            return Err(wrong());
        }
        Ok(Self {
            name: issuer.name.clone(),
            kind: issuer.kind,
            claims: issuer.claims.clone(),
            http: ProviderHttp::new(is_on_this_machine(url.url()))?,
            keys: Cache::builder().time_to_live(KEPT).build(),
            url,
            audience,
        })
    }

    /// The keys: read once an hour, by one request however many ask.
    async fn keys(&self, now: Timestamp) -> Result<Arc<Keys>, WorkloadProblem> {
        let read = self.keys.try_get_with((), self.read_keys(now)).await;
        read.map_err(|problem| WorkloadProblem::Away(problem.to_string()))
    }

    /// Reads the issuer's own document, then its keys. The document of an issuer that signs nobody in lacks what the one
    /// of a sign-in provider must have, so it is read by its few parts that count here.
    async fn read_keys(&self, now: Timestamp) -> Result<Arc<Keys>, String> {
        let address = format!(
            "{}/.well-known/openid-configuration",
            self.url.as_str().trim_end_matches('/')
        );
        let request = http::Request::get(address)
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|problem| problem.to_string())?;
        let answer = self.http.call(request).await.map_err(|problem| problem.to_string())?;
        if answer.status() != http::StatusCode::OK {
            return Err(format!("the discovery document is answered {}", answer.status()));
        }
        let document: Document = serde_json::from_slice(answer.body())
            .map_err(|problem| format!("the discovery document cannot be read: {problem}"))?;
        if document.issuer != self.url.as_str() {
            return Err("the discovery document is another issuer's".to_owned());
        }
        let address = JsonWebKeySetUrl::new(document.jwks_uri).map_err(|problem| problem.to_string())?;
        let set = CoreJsonWebKeySet::fetch_async(&address, &self.http)
            .await
            .map_err(|problem| format!("the keys cannot be read: {problem}"))?;
        // There are more algorithms than those that are known here.
        let told: Vec<CoreJwsSigningAlgorithm> = document
            .id_token_signing_alg_values_supported
            .into_iter()
            .filter_map(|name| serde_json::from_value(name).ok())
            .collect();
        let mut algorithms = ALGORITHMS.to_vec();
        algorithms.retain(|algorithm| told.contains(algorithm));
        Ok(Arc::new(Keys {
            set,
            algorithms,
            read: now,
        }))
    }
}

/// What counts of a discovery document.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    jwks_uri: String,
    id_token_signing_alg_values_supported: Vec<serde_json::Value>,
}
