//! Keeps everybody but this machine out.

use crate::config::values::is_loopback_name;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{FORWARDED, HOST};
use http::{HeaderMap, StatusCode, Uri};
use std::net::IpAddr;

/// Answers as if there were nothing, unless the request names a loopback host and came through no proxy.
///
/// A browser on this machine that was lured to a foreign name which resolves to this machine sends that name; a proxy in
/// front of the server adds what it forwards.
pub(super) async fn only_from_this_machine(request: Request, next: Next) -> Response {
    if is_from_this_machine(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

fn is_from_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let forwarded =
        headers.contains_key(FORWARDED) || headers.keys().any(|name| name.as_str().starts_with("x-forwarded-"));
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let alone = hosts.next().is_none();
    !forwarded
        && alone
        && host.is_some_and(is_loopback)
        && uri.authority().is_none_or(|named| is_loopback(named.as_str()))
}

/// Whether `host` or `host:port` names this machine.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<http::uri::Authority>() else {
        return false;
    };
    if authority.as_str().contains('@') {
        return false;
    }
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    address.parse::<IpAddr>().map_or_else(
        |_| is_loopback_name(host),
        |address| address.to_canonical().is_loopback(),
    )
}

#[cfg(test)]
mod tests {
    use super::is_from_this_machine;
    use http::{HeaderMap, HeaderName, HeaderValue};
    use rstest::rstest;

    #[rstest]
    #[case("127.0.0.1:3000", true)]
    #[case("localhost", true)]
    #[case("LOCALHOST:3000", true)]
    #[case("guildhall.localhost:3000", true)]
    #[case("[::1]:3000", true)]
    #[case("127.8.9.10", true)]
    #[case("packages.example.com", false)]
    #[case("127.0.0.1.example.com", false)]
    #[case("localhost.example.com", false)]
    #[case("localhost@example.com", false)]
    #[case("10.0.0.1:3000", false)]
    #[case("0.0.0.0:3000", false)]
    #[case("", false)]
    fn only_a_loopback_host_finds_the_pages(#[case] host: &str, #[case] found: bool) {
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        assert_eq!(is_from_this_machine(&"/dev/identity".parse().unwrap(), &headers), found);
    }

    #[rstest]
    #[case("forwarded")]
    #[case("x-forwarded-for")]
    #[case("x-forwarded-proto")]
    #[case("x-forwarded-anything")]
    fn a_forwarded_request_finds_nothing(#[case] name: &'static str) {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("127.0.0.1:3000"));
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static("x"));
        assert!(!is_from_this_machine(&"/dev/identity".parse().unwrap(), &headers));
    }

    #[rstest]
    fn a_request_must_name_its_host_once() {
        let mut headers = HeaderMap::new();
        assert!(!is_from_this_machine(&"/dev/identity".parse().unwrap(), &headers));
        headers.append("host", HeaderValue::from_static("127.0.0.1"));
        headers.append("host", HeaderValue::from_static("example.com"));
        assert!(!is_from_this_machine(&"/dev/identity".parse().unwrap(), &headers));
    }
}
