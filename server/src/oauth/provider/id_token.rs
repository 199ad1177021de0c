//! Whether an ID token is genuine, in time and meant for this site (OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8): one that
//! somebody signs in with, or one that a workload shows.

use super::discovery::Discovered;
use super::issuer::Signatory;
use domain::time::Timestamp;
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalClaims, ClaimsVerificationError, ClientId, IdTokenClaims, Nonce,
    SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An ID token as it came.
pub(crate) type IdToken =
    openidconnect::IdToken<MoreClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// What an ID token says.
pub(crate) type IdClaims = IdTokenClaims<MoreClaims, CoreGenderClaim>;

/// The claims that OpenID Connect does not know.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct MoreClaims(BTreeMap<String, serde_json::Value>);

impl MoreClaims {
    /// A claim, whatever its type.
    pub(crate) fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.0.get(name)
    }

    /// A claim that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(serde_json::Value::as_str)
    }
}

impl AdditionalClaims for MoreClaims {}

/// By how many seconds the issuer's clock may differ from ours.
pub(crate) const SKEW: i64 = 60;

/// The algorithms that an issuer may sign with: all have a public key. Never `none`, and never an HMAC, whose key would
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

/// What an ID token is held against, beside its issuer.
pub(crate) struct Expected<'a> {
    /// For whom it must be.
    pub(crate) audience: &'a str,
    /// The algorithms that may sign it.
    pub(crate) algorithms: &'a [CoreJwsSigningAlgorithm],
    /// For which sign-in it must be; nothing: it belongs to none.
    pub(crate) nonce: Option<&'a str>,
    /// The access token that came with it, if one did.
    pub(crate) access_token: Option<&'a AccessToken>,
    /// How many seconds ago it may have been issued.
    pub(crate) age: i64,
    /// The present moment.
    pub(crate) now: Timestamp,
}

/// The claims of a token that is all it must be.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn verify<'t>(
    token: &'t IdToken,
    issuer: &Discovered,
    signatory: &Signatory,
    expected: &Expected<'_>,
) -> Result<&'t IdClaims, TokenProblem> {
    let verifier = verifier(issuer, signatory, expected);
    let claims = match expected.nonce {
        Some(nonce) => token.claims(&verifier, &Nonce::new(nonce.to_owned())),
        None => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
    };
    let claims = claims.map_err(TokenProblem::of)?;
    let key = token
        .signing_key(&verifier)
        .map_err(|error| TokenProblem::signature(&error))?;
    if let Signatory::Directory(directory) = signatory
        && !directory.issued(claims, issuer.issuer_of_key(key))
    {
        return Err(TokenProblem::Issuer);
    }

    // The verifier refuses a token that is meant for others too; what it leaves to us is who asked for the token.
    if claims
        .authorized_party()
        .is_some_and(|party| party.as_str() != expected.audience)
    {
        return Err(TokenProblem::AuthorizedParty);
    }
    if let (Some(told), Some(access_token)) = (claims.access_token_hash(), expected.access_token) {
        let algorithm = token.signing_alg().map_err(|error| TokenProblem::signature(&error))?;
        let counted = AccessTokenHash::from_token(access_token, algorithm, key);
        if counted.ok().as_ref() != Some(told) {
            return Err(TokenProblem::AccessToken);
        }
    }
    Ok(claims)
}

fn verifier(issuer: &Discovered, signatory: &Signatory, expected: &Expected<'_>) -> CoreIdTokenVerifier<'static> {
    let (now, age) = (expected.now, expected.age);
    let algorithms = expected.algorithms.iter();
    let algorithms = algorithms.filter(|algorithm| names(issuer, algorithm)).cloned();
    // The verifier of a public client knows no secret, so it has nothing to check an HMAC with.
    CoreIdTokenVerifier::new_public_client(
        ClientId::new(expected.audience.to_owned()),
        issuer.issuer().clone(),
        issuer.keys(),
    )
    // A directory is held against the token's issuer by itself, as soon as the signature is good.
    .require_issuer_match(matches!(signatory, Signatory::Itself))
    .set_allowed_algs(algorithms)
    .set_time_fn(move || system_time(now.plus_seconds(-SKEW)).into())
    .set_issue_time_verifier_fn(move |issued| is_recent(issued.timestamp(), now, age))
}

/// Whether the issuer's own document names an algorithm: what it does not sign with, nobody signs with in its name.
fn names(issuer: &Discovered, algorithm: &CoreJwsSigningAlgorithm) -> bool {
    serde_json::to_value(algorithm).is_ok_and(|name| name.as_str().is_some_and(|name| issuer.signs_with(name)))
}

fn is_recent(issued: i64, now: Timestamp, age: i64) -> Result<(), String> {
    let ago = now.seconds().saturating_sub(issued);
    if (-SKEW..=age).contains(&ago) {
        Ok(())
    } else {
        Err(format!("issued {ago} seconds ago"))
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}

/// Why an ID token proves nothing. None of the sentences but that of [`TokenProblem::Claims`] holds a part of the token.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenProblem {
    /// The answer of the token endpoint holds none.
    #[error("there is no ID token")]
    Missing,
    /// No key of the issuer has the token's key id; it may have new ones.
    #[error("no key of its issuer matches")]
    UnknownKey,
    /// Nobody signed it, or somebody else did.
    #[error("its signature does not prove that it comes from its issuer")]
    Signature,
    /// It is meant for somebody else, or for others too.
    #[error("it is meant for another audience than this site")]
    Audience,
    /// It is too old, or from the future.
    #[error("it has expired, or is not to be used yet")]
    Time,
    /// Issuer or nonce, in the words of the library.
    #[error("{0}")]
    Claims(String),
    /// Another directory, or a key that is not its.
    #[error("it is not of the directory that it names")]
    Issuer,
    /// Another client asked for it.
    #[error("it was issued to another client")]
    AuthorizedParty,
    /// It does not belong to the access token beside it.
    #[error("it does not belong to the access token")]
    AccessToken,
}

impl TokenProblem {
    fn of(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(error) => Self::signature(&error),
            ClaimsVerificationError::InvalidAudience(_) => Self::Audience,
            ClaimsVerificationError::Expired(_) => Self::Time,
            other => Self::Claims(other.to_string()),
        }
    }

    fn signature(error: &SignatureVerificationError) -> Self {
        match error {
            SignatureVerificationError::NoMatchingKey => Self::UnknownKey,
            _ => Self::Signature,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SKEW, is_recent};
    use domain::time::Timestamp;
    use rstest::rstest;

    #[rstest]
    #[case(0, true)]
    #[case(600, true)]
    #[case(601, false)]
    #[case(-SKEW, true)]
    #[case(-SKEW - 1, false)]
    fn a_token_is_recent_for_as_long_as_expected(#[case] ago: i64, #[case] recent: bool) {
        let now = Timestamp::from_seconds(1_700_000_000);
        assert_eq!(is_recent(now.seconds() - ago, now, 600).is_ok(), recent);
    }
}
