//! How a client is told "no" when it pushes, unlists or relists.
//!
//! NuGet clients never show a body. What people read is the reason phrase, and `X-NuGet-Warning`, which survives
//! proxies and HTTP/2; so the sentence stands in all three places.

use super::push::Connection;
use axum::body::Body;
use axum::response::Response;
use gallery::packages::{Endpoint, PushRefused};
use http::{HeaderName, HeaderValue, StatusCode, header};
use hyper::ext::ReasonPhrase;

/// The header whose text clients print as a warning, whatever the status is.
pub(super) const WARNING: HeaderName = HeaderName::from_static("x-nuget-warning");

/// When to come back while something is away, in seconds.
pub(super) const RETRY_AFTER: u64 = 10;

/// The answer to a refused request; `realm` is the host that a 401 names.
pub(super) fn answer(refused: &PushRefused, endpoint: Endpoint, realm: &str, connection: Connection) -> Response {
    let status = status_of(refused, endpoint);
    log(refused, status);
    let reason = refused.reason();
    let mut answer = Response::new(Body::from(format!("{refused}\n")));
    *answer.status_mut() = status;
    if let Ok(phrase) = ReasonPhrase::try_from(reason.as_bytes()) {
        answer.extensions_mut().insert(phrase);
    }
    let headers = answer.headers_mut();
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, plain);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(warning) = HeaderValue::from_str(&reason) {
        headers.insert(WARNING, warning);
    }
    if let Some(seconds) = retry_after(refused) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED
        && let Ok(challenge) = HeaderValue::from_str(&format!("ApiKey realm=\"{realm}\""))
    {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    if connection == Connection::Spent {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// The status table of the product contract, section 9.
const fn status_of(refused: &PushRefused, endpoint: Endpoint) -> StatusCode {
    match refused {
        PushRefused::NoKey => StatusCode::UNAUTHORIZED,
        PushRefused::UnknownKey
        | PushRefused::ExpiredKey { .. }
        | PushRefused::ExpiredWorkloadKey { .. }
        | PushRefused::RevokedKey { .. }
        | PushRefused::CutOffKey { .. }
        | PushRefused::NoScope { .. }
        | PushRefused::LockedOwner { .. }
        | PushRefused::LockedPerson
        | PushRefused::LockedPackage { .. } => StatusCode::FORBIDDEN,
        PushRefused::GlobMismatch { .. }
        | PushRefused::NewId { .. }
        | PushRefused::NotAnOwner { .. }
        | PushRefused::NotAMember { .. }
        | PushRefused::SuspendedKey { .. }
        | PushRefused::Policy { .. }
        | PushRefused::UnconfirmedOwner { .. } => match endpoint {
            Endpoint::Push => StatusCode::UNAUTHORIZED,
            Endpoint::Listing => StatusCode::FORBIDDEN,
        },
        PushRefused::VersionExists { .. }
        | PushRefused::VersionDeleted { .. }
        | PushRefused::ReservedPrefix { .. }
        | PushRefused::OwnerlessPrefix { .. } => StatusCode::CONFLICT,
        PushRefused::BadPackage(_) | PushRefused::BrokenOff => StatusCode::BAD_REQUEST,
        PushRefused::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        PushRefused::UnknownVersion { .. } => StatusCode::NOT_FOUND,
        PushRefused::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        PushRefused::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        PushRefused::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

const fn retry_after(refused: &PushRefused) -> Option<u64> {
    match refused {
        PushRefused::TooMany { retry_after } => Some(*retry_after),
        PushRefused::Unavailable(_) => Some(RETRY_AFTER),
        _ => None,
    }
}

fn log(refused: &PushRefused, status: StatusCode) {
    match refused {
        PushRefused::Internal(error) => tracing::error!(?error, "a client's request failed"),
        PushRefused::Unavailable(reason) => tracing::warn!(reason, "a client is told to come back"),
        _ => tracing::info!(status = status.as_u16(), %refused, "a client's request was refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, status_of};
    use crate::nuget::push::Connection;
    use domain::permission::Policy;
    use gallery::Error;
    use gallery::packages::{Endpoint, PushRefused};
    use hyper::ext::ReasonPhrase;

    fn all() -> Vec<PushRefused> {
        let text = |text: &str| text.to_owned();
        let (key, owner, id) = (text("ci"), text("contoso"), text("Contoso.Json"));
        vec![
            PushRefused::NoKey,
            PushRefused::UnknownKey,
            PushRefused::ExpiredKey { key: key.clone() },
            PushRefused::ExpiredWorkloadKey { key: key.clone() },
            PushRefused::RevokedKey { key: key.clone() },
            PushRefused::CutOffKey {
                key: key.clone(),
                owner: owner.clone(),
            },
            PushRefused::NoScope {
                key: key.clone(),
                endpoint: Endpoint::Push,
            },
            PushRefused::NoScope {
                key: key.clone(),
                endpoint: Endpoint::Listing,
            },
            PushRefused::SuspendedKey {
                key: key.clone(),
                owner: owner.clone(),
            },
            PushRefused::GlobMismatch {
                key: key.clone(),
                id: id.clone(),
            },
            PushRefused::NewId { key, id: id.clone() },
            PushRefused::NotAnOwner {
                owner: owner.clone(),
                id: id.clone(),
            },
            PushRefused::NotAMember { owner: owner.clone() },
            PushRefused::Policy {
                owner: owner.clone(),
                policy: Policy::SecondFactor,
            },
            PushRefused::UnconfirmedOwner { owner: owner.clone() },
            PushRefused::LockedOwner { owner: owner.clone() },
            PushRefused::LockedPerson,
            PushRefused::LockedPackage { id: id.clone() },
            PushRefused::ReservedPrefix { owner, id: id.clone() },
            PushRefused::OwnerlessPrefix { id: id.clone() },
            PushRefused::VersionExists {
                id: id.clone(),
                version: text("1.0.0"),
                existing: text("1.0.0"),
            },
            PushRefused::VersionExists {
                id: id.clone(),
                version: text("1.0.0"),
                existing: text("1.0.0+a"),
            },
            PushRefused::VersionDeleted {
                id: id.clone(),
                version: text("1.0.0"),
            },
            PushRefused::BadPackage(text("The id is empty.")),
            PushRefused::TooLarge { limit: 250 << 20 },
            PushRefused::BrokenOff,
            PushRefused::UnknownVersion {
                id,
                version: text("1.0"),
            },
            PushRefused::TooMany { retry_after: 60 },
            PushRefused::Unavailable(text("the database is away")),
            PushRefused::Internal(Error::internal("a secret")),
        ]
    }

    #[test]
    fn every_refusal_has_the_status_of_the_contract() {
        let table: String = all()
            .iter()
            .map(|refused| {
                let [push, listing] =
                    [Endpoint::Push, Endpoint::Listing].map(|asked| status_of(refused, asked).as_u16());
                format!("push {push}, unlist and relist {listing}: {refused}\n")
            })
            .collect();
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_reason_stands_in_phrase_header_and_body() {
        for refused in all() {
            let answer = answer(&refused, Endpoint::Push, "gallery.example:3000", Connection::Spent);
            let phrase = answer.extensions().get::<ReasonPhrase>().unwrap().as_bytes();
            assert_eq!(phrase, refused.reason().as_bytes());
            assert_eq!(answer.headers()["x-nuget-warning"], refused.reason());
            assert_eq!(answer.headers()["connection"], "close");
            let challenge = answer
                .headers()
                .get("www-authenticate")
                .map(|value| value.to_str().unwrap());
            let expected = (answer.status() == 401).then_some("ApiKey realm=\"gallery.example:3000\"");
            assert_eq!(challenge, expected);
            let later = matches!(answer.status().as_u16(), 429 | 503);
            assert_eq!(answer.headers().contains_key("retry-after"), later, "{refused}");
        }
    }
}
