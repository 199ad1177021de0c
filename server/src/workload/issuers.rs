//! The issuers of workloads' tokens that the configuration names.

use super::token::{self, WorkloadProblem};
use crate::config::trusted_publishing::ClaimNames;
use crate::config::{self, Config};
use crate::oauth::provider::issuer::{self, Issuer};
use domain::time::Timestamp;
use domain::trusted_publishing::ProviderKind;
use gallery::trusted_publishing::VerifiedToken;
use std::sync::Arc;

/// The issuers of the configuration. Cheap to clone.
#[derive(Clone)]
pub struct Issuers(Arc<[WorkloadIssuer]>);

/// One issuer, with what its tokens must say.
pub(super) struct WorkloadIssuer {
    pub(super) name: String,
    pub(super) kind: ProviderKind,
    pub(super) claims: ClaimNames,
    pub(super) audience: String,
    pub(super) issuer: Issuer,
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
            .map(|issuer| WorkloadIssuer::new(issuer, issuer.audience(&config.public_url)))
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
            .find(|one| one.issuer.name() == named)
            .ok_or(WorkloadProblem::UnknownIssuer)?;
        token::verify(text, issuer, now).await
    }
}

impl WorkloadIssuer {
    fn new(told: &config::WorkloadIssuer, audience: String) -> Result<Self, IssuerProblem> {
        let issuer = Issuer::at(&told.issuer).map_err(|problem| match problem {
            issuer::IssuerProblem::Address => IssuerProblem::Issuer(told.name.clone()),
            issuer::IssuerProblem::Tls(problem) => IssuerProblem::Tls(problem),
        })?;
        Ok(Self {
            name: told.name.clone(),
            kind: told.kind,
            claims: told.claims.clone(),
            audience,
            issuer,
        })
    }
}
