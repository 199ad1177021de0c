//! Whether a workload's token is genuine, in time and meant for this site.

use super::claims::{Claims, MissingClaim};
use super::issuers::WorkloadIssuer;
use crate::oauth::provider::id_token::{ALGORITHMS, Expected, IdClaims, IdToken, SKEW, TokenProblem};
use crate::oauth::provider::issuer::VerificationProblem;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use gallery::trusted_publishing::VerifiedToken;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// How many seconds a token may be good for at most, and how old it may be: a job may get one when it begins and publish
/// at its end. Used tokens are remembered as long.
const LONGEST: i64 = 24 * 3_600;

/// The greatest length of a token, in bytes.
const LENGTH: usize = 16 << 10;

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
    /// Key, signature, audience or time.
    #[error(transparent)]
    Token(TokenProblem),
    /// Anything else that the issuer's tokens have, and this one has not.
    #[error("it is not one that its issuer gives to a workload")]
    Strange,
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
/// The first thing that is wrong with it; or the issuer is away.
pub(super) async fn verify(
    text: &str,
    issuer: &WorkloadIssuer,
    now: Timestamp,
) -> Result<VerifiedToken, WorkloadProblem> {
    let token: IdToken = text.parse().map_err(|_| WorkloadProblem::NoToken)?;
    let expected = Expected {
        audience: &issuer.audience,
        algorithms: &ALGORITHMS,
        // A workload signs nobody in.
        nonce: None,
        access_token: None,
        age: LONGEST,
        now,
    };
    let claims = issuer.issuer.verify(&token, &expected).await?;
    let more = Claims(claims.additional_claims());
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
fn fingerprint(text: &str, claims: &IdClaims) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    };
    add(claims.issuer().as_str());
    match Claims(claims.additional_claims()).get("jti") {
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

impl From<VerificationProblem> for WorkloadProblem {
    fn from(problem: VerificationProblem) -> Self {
        match problem {
            VerificationProblem::Away(problem) => Self::Away(problem.to_string()),
            // What the library says may hold a part of the token, and the answer goes to whoever came with it.
            VerificationProblem::Token(TokenProblem::Claims(_)) => Self::Strange,
            VerificationProblem::Token(problem) => Self::Token(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, issuer_of};
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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
