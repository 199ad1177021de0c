//! The way to a provider's servers: no redirects, little patience, answers of bounded size, never in the clear.

use crate::config::values::is_loopback_name;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, StatusCode};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::pin::Pin;
use std::time::Duration;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(5);

/// How long a whole answer may take.
const ANSWER: Duration = Duration::from_secs(10);

/// The greatest length of an answer, in bytes. Discovery documents, key sets and tokens are a few kilobytes.
const LENGTH: usize = 1 << 20;

/// What documents, keys and APIs are asked for as.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An HTTP client for discovery, keys, tokens and user info.
#[derive(Clone, Debug)]
pub(crate) struct ProviderHttp {
    client: reqwest::Client,
}

impl ProviderHttp {
    /// A client that trusts the certificates of the system. What is on this machine is asked directly, whatever proxy
    /// the environment names.
    ///
    /// # Errors
    /// When the system's certificates cannot be used.
    pub(crate) fn new(on_this_machine: bool) -> Result<Self, reqwest::Error> {
        // Another part of the program may have chosen it before: there is only this one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .user_agent("guildhall")
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER);
        let client = if on_this_machine { builder.no_proxy() } else { builder }.build()?;
        Ok(Self { client })
    }

    /// What an address answers with status 200. `headers` go with the request; without an `Accept` it asks for JSON.
    ///
    /// # Errors
    /// When there is no such answer.
    pub(super) async fn get(&self, address: &str, headers: HeaderMap) -> Result<Vec<u8>, HttpProblem> {
        let mut request = HttpRequest::new(Vec::new());
        *request.uri_mut() = address.parse().map_err(|_| HttpProblem::Address)?;
        *request.headers_mut() = headers;
        request.headers_mut().entry(ACCEPT).or_insert(JSON);
        let answer = self.ask(request).await?;
        match answer.status() {
            StatusCode::OK => Ok(answer.into_body()),
            status => Err(HttpProblem::Status(status)),
        }
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpProblem> {
        let (head, body) = request.into_parts();
        let url = url::Url::parse(&head.uri.to_string()).map_err(|_| HttpProblem::Address)?;
        if !is_protected(&url) {
            return Err(HttpProblem::InTheClear);
        }
        let request = self.client.request(head.method, url).headers(head.headers).body(body);
        let mut answer = request.send().await.map_err(HttpProblem::of)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(HttpProblem::of)? {
            if body.len() + chunk.len() > LENGTH {
                return Err(HttpProblem::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for ProviderHttp {
    type Error = HttpProblem;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpProblem>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Why a provider's server gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpProblem {
    /// Not an address at all.
    #[error("the provider names an address that is none")]
    Address,
    /// Plain http to another machine.
    #[error("the provider names an address that is neither https nor on this machine")]
    InTheClear,
    /// No connection, or no answer in time.
    #[error("no answer: {0}")]
    Away(String),
    /// It answers, but not what was asked for.
    #[error("the answer has the status {0}")]
    Status(StatusCode),
    /// More than [`LENGTH`] bytes.
    #[error("the answer is longer than {LENGTH} bytes")]
    TooLong,
}

impl HttpProblem {
    /// The cause in words, with what caused it, without the address: nothing that was sent is told.
    fn of(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut words = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            words = format!("{words}: {error}");
            cause = error.source();
        }
        Self::Away(words)
    }
}

/// Whether what travels to this address is kept from others: https, or http that does not leave this machine.
pub(crate) fn is_protected(url: &url::Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_on_this_machine(url))
}

/// Whether an address means this machine.
pub(crate) fn is_on_this_machine(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => is_loopback_name(name),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_protected;
    use rstest::rstest;

    #[rstest]
    #[case("https://login.example.com/token", true)]
    #[case("http://127.0.0.1:3000/token", true)]
    #[case("http://[::1]/token", true)]
    #[case("http://localhost/token", true)]
    #[case("http://login.example.com/token", false)]
    #[case("http://127.0.0.1.example.com/", false)]
    #[case("ftp://127.0.0.1/", false)]
    fn nothing_goes_to_another_machine_in_the_clear(#[case] address: &str, #[case] protected: bool) {
        assert_eq!(is_protected(&address.parse().unwrap()), protected);
    }
}
