//! Whether a workload's token is genuine, in time and meant for this site.

use super::claims::{Claims, MissingClaim};
use super::issuers::{Issuer, Keys};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use gallery::trusted_publishing::VerifiedToken;
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    ClaimsVerificationError, ClientId, IdToken, IdTokenClaims, IdTokenVerifier, Nonce, SignatureVerificationError,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// By how many seconds the issuer's clock may differ from ours.
const SKEW: i64 = 60;

/// How many seconds a token may be good for at most, and how old it may be: a job may get one when it begins and publish
/// at its end. Used tokens are remembered as long.
const LONGEST: i64 = 24 * 3_600;

/// The greatest length of a token, in bytes.
const LENGTH: usize = 16 << 10;

type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// Why a workload's token proves nothing. None of the sentences holds a part of the token.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkloadProblem {
    /// It is no JSON Web Token, or a huge one.
    #[error("it is no JSON Web Token")]
    NoToken,
    /// Nobody trusts its issuer here.
    #[error("its issuer is none that this site trusts")]
    UnknownIssuer,
    /// The issuer cannot be asked for its keys now.
    #[error("its issuer cannot be asked for its keys now")]
    Away(String),
    /// No key of the issuer has the token's key id.
    #[error("no key of its issuer matches")]
    UnknownKey,
    /// Audience, time or signature.
    #[error("{0}")]
    Claims(String),
    /// It is not to be used yet.
    #[error("it is not to be used yet")]
    Early,
    /// It is good for too long.
    #[error("it is good for more than a day")]
    LongLived,
    /// It does not say where the workload comes from.
    #[error(transparent)]
    Missing(#[from] MissingClaim),
}

/// The issuer that a token names, before anything is known about whether that is true.
///
/// # Errors
/// When it is no token at all.
pub(super) fn issuer_of(text: &str) -> Result<String, WorkloadProblem> {
    #[derive(Deserialize)]
    struct Named {
        iss: String,
    }
    let mut parts = text.split('.');
    let (Some(_), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(WorkloadProblem::NoToken);
    };
    if text.len() > LENGTH {
        return Err(WorkloadProblem::NoToken);
    }
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| WorkloadProblem::NoToken)?;
    let named: Named = serde_json::from_slice(&payload).map_err(|_| WorkloadProblem::NoToken)?;
    Ok(named.iss)
}

/// What a token says that is all it must be.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn verify(
    text: &str,
    issuer: &Issuer,
    keys: &Keys,
    now: Timestamp,
) -> Result<VerifiedToken, WorkloadProblem> {
    let token: Token = text.parse().map_err(|_| WorkloadProblem::NoToken)?;
    // The verifier of a public client knows no secret, so it has nothing to check an HMAC with.
    let verifier: CoreIdTokenVerifier<'_> = IdTokenVerifier::<CoreJsonWebKey>::new_public_client(
        ClientId::new(issuer.audience.clone()),
        issuer.url.clone(),
        keys.set.clone(),
    )
    .set_allowed_algs(keys.algorithms.clone())
    .set_time_fn(move || system_time(now.plus_seconds(-SKEW)).into())
    .set_issue_time_verifier_fn(move |issued| is_recent(issued.timestamp(), now));
    // A workload signs nobody in: there is no nonce to wait for.
    let claims = token
        .claims(&verifier, |_: Option<&Nonce>| Ok(()))
        .map_err(|error| WorkloadProblem::of(&error))?;
    let more = claims.additional_claims();
    if more
        .not_before()
        .is_some_and(|from| from > now.seconds().saturating_add(SKEW))
    {
        return Err(WorkloadProblem::Early);
    }
    let expires = claims.expiration().timestamp();
    if expires.saturating_sub(claims.issue_time().timestamp()) > LONGEST {
        return Err(WorkloadProblem::LongLived);
    }
    Ok(VerifiedToken {
        workload: more.workload(&issuer.name, issuer.kind, &issuer.claims)?,
        fingerprint: fingerprint(text, claims),
        worthless: Timestamp::from_seconds(expires).plus_seconds(2 * SKEW),
    })
}

/// What makes a token unique: its own id or, if it has none, all that is signed. The signature itself could be written in
/// another way, so it does not count.
fn fingerprint(text: &str, claims: &IdTokenClaims<Claims, CoreGenderClaim>) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    };
    add(claims.issuer().as_str());
    match claims.additional_claims().get("jti") {
        Some(id) => {
            add("id");
            add(&id);
        }
        None => {
            add("signed");
            add(text.rsplit_once('.').map_or(text, |(signed, _)| signed));
        }
    }
    hash.finalize().to_vec()
}

fn is_recent(issued: i64, now: Timestamp) -> Result<(), String> {
    let age = now.seconds().saturating_sub(issued);
    if (-SKEW..=LONGEST).contains(&age) {
        Ok(())
    } else {
        Err(format!("issued {age} seconds ago"))
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}

impl WorkloadProblem {
    fn of(error: &ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            ClaimsVerificationError::InvalidAudience(_) => {
                Self::Claims("it is meant for another audience than this site".to_owned())
            }
            ClaimsVerificationError::Expired(_) => Self::Claims("it has expired, or is not to be used yet".to_owned()),
            ClaimsVerificationError::SignatureVerification(_) => {
                Self::Claims("its signature does not prove that it comes from its issuer".to_owned())
            }
            _ => Self::Claims("it is not one that its issuer gives to a workload".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, LONGEST, SKEW, is_recent, issuer_of};
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use domain::time::Timestamp;
    use rstest::rstest;

    #[rstest]
    #[case(0, true)]
    #[case(LONGEST, true)]
    #[case(LONGEST + 1, false)]
    #[case(-SKEW, true)]
    #[case(-SKEW - 1, false)]
    fn a_token_is_recent_for_a_day(#[case] age: i64, #[case] recent: bool) {
        let now = Timestamp::from_seconds(1_700_000_000);
        assert_eq!(is_recent(now.seconds() - age, now).is_ok(), recent);
    }

    #[test]
    fn what_is_no_token_names_no_issuer() {
        let payload = URL_SAFE_NO_PAD.encode(r#"{"iss":"https://issuer.example"}"#);
        assert_eq!(issuer_of(&format!("a.{payload}.c")).unwrap(), "https://issuer.example");
        for text in [
            String::new(),
            "a.b".to_owned(),
            "a.!.c".to_owned(),
            format!("a.{payload}"),
            format!("a.{payload}.c.d.e"),
            format!("a.{}.c", URL_SAFE_NO_PAD.encode("{}")),
            format!("a.{payload}.{}", "c".repeat(LENGTH)),
        ] {
            assert!(issuer_of(&text).is_err(), "{text}");
        }
    }
}
