//! Who is at the other end of a request, as far as the network tells.

use crate::config::values::Network;
use crate::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use gallery::Origin;
use http::request::Parts;
use http::{HeaderMap, header};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// The other end of a request. An extractor for every handler.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// Its address; none in tests that have no network.
    pub address: Option<IpAddr>,
    /// Whether it came by https, to us or to a proxy that we trust.
    pub https: bool,
    /// What the trail keeps of it.
    pub origin: Origin,
}

impl Client {
    /// Whether it is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.address.is_some_and(|address| address.to_canonical().is_loopback())
    }

    fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> Self {
        let believed = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
        let mut address = peer;
        let mut https = false;
        if peer.is_some_and(believed) {
            // Each proxy adds at the end whom it saw, so the last address that is no proxy of ours is the client's.
            for forwarded in forwarded_for(headers) {
                address = Some(forwarded);
                if !believed(forwarded) {
                    break;
                }
            }
            https = last(headers, "x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
        }
        let user_agent = headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Self {
            address,
            https,
            origin: Origin::new(address, user_agent),
        }
    }
}

/// The addresses of `X-Forwarded-For`, the last one first, up to one that is none.
fn forwarded_for(headers: &HeaderMap) -> Vec<IpAddr> {
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let addresses = lines.iter().rev().flat_map(|line| line.rsplit(','));
    addresses.map_while(|text| address(text.trim())).collect()
}

/// An address, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    bare.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

fn last<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}

/// Finds out who is there, before anything else looks at the request.
pub async fn recognize(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip());
    let mut client = Client::of(peer, request.headers(), &state.config.trusted_proxies);
    // Whoever develops on this machine is not held up (product contract, section 10).
    client.origin.limited = !(state.config.development_identity && client.is_loopback());
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Client;
    use http::{HeaderMap, HeaderValue};
    use rstest::rstest;

    #[rstest]
    #[case::nobody_trusted("198.51.100.1", "203.0.113.9", "198.51.100.1", false)]
    #[case::behind_one("10.0.0.1", "203.0.113.9", "203.0.113.9", true)]
    #[case::behind_two("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9", true)]
    #[case::forged_start("10.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9", true)]
    #[case::only_proxies("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3", true)]
    #[case::nonsense("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1", true)]
    #[case::with_port("10.0.0.1", "203.0.113.9:4711", "203.0.113.9", true)]
    #[case::version_6("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1", true)]
    fn only_trusted_proxies_are_believed(
        #[case] peer: &str,
        #[case] forwarded: &'static str,
        #[case] address: &str,
        #[case] https: bool,
    ) {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        let client = Client::of(peer.parse().ok(), &headers, &["10.0.0.0/8".parse().unwrap()]);
        assert_eq!((client.address, client.https), (address.parse().ok(), https));
    }
}
