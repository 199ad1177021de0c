//! Pages are shown under one host: the public address's (product contract, section 3).

use crate::state::AppState;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Uri, header, request::Parts};

/// Leads to the same page under the public address, if the request came under another host.
pub(super) fn elsewhere(state: &AppState, request: &Parts) -> Option<Response> {
    let public = &state.config.public_url;
    if is_same_host(asked_host(request)?, public.authority(), public.is_https()) {
        return None;
    }
    let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
    let location = HeaderValue::from_str(&format!("{}{path}", public.as_str())).ok()?;
    Some((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response())
}

/// The host that was asked, with its port; nothing in a request that names none.
fn asked_host(request: &Parts) -> Option<&str> {
    let named = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    request.uri.authority().map(http::uri::Authority::as_str).or(named)
}

/// Whether two hosts are one, whatever their case and whether or not they name the scheme's own port.
fn is_same_host(asked: &str, public: &str, https: bool) -> bool {
    let own_port = if https { 443 } else { 80 };
    let parts = |host: &str| {
        let uri: Uri = host.parse().ok()?;
        let authority = uri.authority()?;
        Some((
            authority.host().to_ascii_lowercase(),
            authority.port_u16().unwrap_or(own_port),
        ))
    };
    parts(asked).is_some_and(|asked| Some(asked) == parts(public))
}

#[cfg(test)]
mod tests {
    use super::is_same_host;
    use rstest::rstest;

    #[rstest]
    #[case("packages.example.com", "packages.example.com", true, true)]
    #[case("Packages.Example.com:443", "packages.example.com", true, true)]
    #[case("packages.example.com:80", "packages.example.com", true, false)]
    #[case("127.0.0.1:3000", "127.0.0.1:3000", false, true)]
    #[case("localhost:3000", "127.0.0.1:3000", false, false)]
    #[case("[::1]:3000", "[::1]:3000", false, true)]
    #[case("not a host", "packages.example.com", true, false)]
    fn hosts_are_compared_with_their_ports(
        #[case] asked: &str,
        #[case] public: &str,
        #[case] https: bool,
        #[case] same: bool,
    ) {
        assert_eq!(is_same_host(asked, public, https), same);
    }
}
