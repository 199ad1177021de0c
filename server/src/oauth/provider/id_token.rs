//! Whether an ID token is genuine, fresh and meant for this sign-in (OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8).

use super::discovery::Metadata;
use domain::time::Timestamp;
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, Nonce, SignatureVerificationError,
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// By how many seconds the provider's clock may differ from ours.
const SKEW: i64 = 60;

/// How many seconds ago a token may have been issued; it comes fresh from the token endpoint.
const AGE: i64 = 600;

/// The greatest length of a subject (OpenID Connect Core 1.0, 2).
const SUBJECT: usize = 255;

/// The algorithms that a provider may sign with: all have a public key. Never `none`, and never an HMAC, whose key would
/// be our client secret or, in the classic confusion, the public key's bytes.
pub(crate) const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What an ID token is held against.
pub(super) struct Expected<'a> {
    /// Who must have issued it, with which keys.
    pub(super) metadata: &'a Metadata,
    /// The algorithms that this provider may use.
    pub(super) algorithms: &'a [CoreJwsSigningAlgorithm],
    /// For whom it must be.
    pub(super) client_id: &'a ClientId,
    /// For which sign-in it must be.
    pub(super) nonce: &'a str,
    /// The access token that came with it.
    pub(super) access_token: &'a AccessToken,
    /// The present moment.
    pub(super) now: Timestamp,
}

/// The claims of a token that is all it must be.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn verify<'t>(
    token: &'t CoreIdToken,
    expected: &Expected<'_>,
) -> Result<&'t CoreIdTokenClaims, TokenProblem> {
    let now = expected.now;
    // The verifier of a public client knows no secret, so it has nothing to check an HMAC with.
    let verifier = CoreIdTokenVerifier::new_public_client(
        expected.client_id.clone(),
        expected.metadata.issuer().clone(),
        expected.metadata.jwks().clone(),
    )
    .set_allowed_algs(allowed(expected))
    .set_time_fn(move || system_time(now.plus_seconds(-SKEW)).into())
    .set_issue_time_verifier_fn(move |issued| is_fresh(issued.timestamp(), now));
    let claims = token
        .claims(&verifier, &Nonce::new(expected.nonce.to_owned()))
        .map_err(TokenProblem::of)?;

    // The verifier refuses a token that is meant for others too; what it leaves to us is who asked for the token.
    if claims
        .authorized_party()
        .is_some_and(|party| party != expected.client_id)
    {
        return Err(TokenProblem::AuthorizedParty);
    }
    if let Some(told) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(TokenProblem::signature)?;
        let key = token.signing_key(&verifier).map_err(TokenProblem::signature)?;
        let counted = AccessTokenHash::from_token(expected.access_token, algorithm, key);
        if counted.ok().as_ref() != Some(told) {
            return Err(TokenProblem::AccessToken);
        }
    }
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > SUBJECT {
        return Err(TokenProblem::Subject);
    }
    Ok(claims)
}

/// The algorithms that both this program and the provider's own document allow.
fn allowed(expected: &Expected<'_>) -> Vec<CoreJwsSigningAlgorithm> {
    let told = expected.metadata.id_token_signing_alg_values_supported();
    expected
        .algorithms
        .iter()
        .filter(|algorithm| told.contains(algorithm))
        .cloned()
        .collect()
}

fn is_fresh(issued: i64, now: Timestamp) -> Result<(), String> {
    let age = now.seconds().saturating_sub(issued);
    if (-SKEW..=AGE).contains(&age) {
        Ok(())
    } else {
        Err(format!("issued {age} seconds ago"))
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}

/// Why an ID token proves nothing. None of the sentences holds a part of the token.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenProblem {
    /// The answer of the token endpoint holds none.
    #[error("there is no ID token")]
    Missing,
    /// No key of the provider has the token's key id; it may have new ones.
    #[error("no key of the provider matches")]
    UnknownKey,
    /// Issuer, audience, nonce, time or signature.
    #[error("{0}")]
    Claims(String),
    /// Another client asked for it.
    #[error("it was issued to another client")]
    AuthorizedParty,
    /// It does not belong to the access token beside it.
    #[error("it does not belong to the access token")]
    AccessToken,
    /// It says nothing about who signed in.
    #[error("its subject is empty or too long")]
    Subject,
}

impl TokenProblem {
    fn of(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(error) => Self::signature(error),
            other => Self::Claims(other.to_string()),
        }
    }

    fn signature(error: SignatureVerificationError) -> Self {
        match error {
            SignatureVerificationError::NoMatchingKey => Self::UnknownKey,
            other => Self::Claims(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AGE, SKEW, is_fresh};
    use domain::time::Timestamp;
    use rstest::rstest;

    #[rstest]
    #[case(0, true)]
    #[case(AGE, true)]
    #[case(AGE + 1, false)]
    #[case(-SKEW, true)]
    #[case(-SKEW - 1, false)]
    fn a_token_is_fresh_for_ten_minutes(#[case] age: i64, #[case] fresh: bool) {
        let now = Timestamp::from_seconds(1_700_000_000);
        assert_eq!(is_fresh(now.seconds() - age, now).is_ok(), fresh);
    }
}
