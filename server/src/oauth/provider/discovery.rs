//! What a provider tells about itself: its endpoints and its keys.

use super::http::{HttpProblem, ProviderHttp, is_protected};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};

/// A provider's discovery document with its key set.
pub(super) type Metadata = ProviderMetadata<
    IssuerInAnswer,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// Whether the provider names itself in its answers to the browser (RFC 9207), so that another one cannot pass its
/// answers off as this one's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct IssuerInAnswer {
    /// The flag's name in the document.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for IssuerInAnswer {}

/// Reads the document and the keys.
///
/// # Errors
/// When they cannot be had, or do not hold what a sign-in needs.
pub(super) async fn discover(issuer: IssuerUrl, http: &ProviderHttp) -> Result<Metadata, DiscoveryProblem> {
    let metadata = Metadata::discover_async(issuer, http).await?;
    if !is_protected(metadata.authorization_endpoint().url()) {
        return Err(DiscoveryProblem(
            "the authorization endpoint is neither https nor on this machine".to_owned(),
        ));
    }
    Ok(metadata)
}

/// Why a provider cannot be used, for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct DiscoveryProblem(String);

impl From<DiscoveryError<HttpProblem>> for DiscoveryProblem {
    fn from(error: DiscoveryError<HttpProblem>) -> Self {
        Self(match error {
            DiscoveryError::Request(problem) => problem.to_string(),
            DiscoveryError::Parse(problem) => format!("the discovery document cannot be read: {problem}"),
            other => other.to_string(),
        })
    }
}
