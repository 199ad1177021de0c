//! The router without a network: a request in, an answer out.

use axum::body::{Body, BodyDataStream, to_bytes};
use gallery::Gallery;
use http::{HeaderMap, Request};
use server::config::Config;
use server::router::Site;
use server::state::AppState;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Where it says it is.
pub(super) const HOST: &str = "127.0.0.1:3000";

/// The name of its session cookie.
pub(super) const COOKIE: &str = "guildhall-3000";

/// After this long, an answer does not come any more.
const PATIENCE: Duration = Duration::from_secs(20);

/// A router at work.
pub(super) struct Inside {
    site: Site,
    /// Cancelled when the server is told to stop.
    pub(super) stopping: CancellationToken,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Heard {
    /// A header's value, or nothing.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Inside {
    /// A gallery behind a router, with settings.
    pub(super) fn of(gallery: Gallery, settings: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let state = AppState::new(gallery, Config::load(None, settings.iter().map(own)).unwrap()).unwrap();
        Self {
            stopping: state.stopping.clone(),
            site: Site::new(state),
        }
    }

    /// Asks for an answer that does not end; returns its status and its body, to be read bit by bit.
    pub(super) async fn follow(&self, path: &str, headers: &[(&str, &str)]) -> (u16, BodyDataStream) {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let answer = self.site.clone().oneshot(request).await.unwrap();
        (answer.status().as_u16(), answer.into_body().into_data_stream())
    }

    /// Asks as a browser does that goes to an address.
    pub(super) async fn get(&self, path: &str) -> Heard {
        self.ask("GET", path, &[("host", HOST), ("accept", "text/html")], Vec::new())
            .await
    }

    /// Asks.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Heard {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let answer = async {
            let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
            (parts, to_bytes(body, usize::MAX).await.unwrap())
        };
        let answer = tokio::time::timeout(PATIENCE, answer).await;
        let (parts, body) = answer.unwrap_or_else(|_| panic!("{method} {path} is never answered to its end"));
        Heard {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
