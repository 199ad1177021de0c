//! A browser as far as signing in needs one: it keeps cookies, follows nothing by itself and says where a post comes from.

use http::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, redirect};
use std::collections::BTreeMap;
use url::Url;

/// One browser, with the cookies of one site.
pub(super) struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser that has never been anywhere.
    pub(super) fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            cookies: BTreeMap::new(),
        }
    }

    /// Opens an address.
    pub(super) async fn get(&mut self, url: &str) -> Response {
        self.send(self.client.get(url)).await
    }

    /// Posts a form from a page of the same origin.
    pub(super) async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Response {
        let origin = url.parse::<Url>().unwrap().origin().ascii_serialization();
        let request = self
            .client
            .post(url)
            .header(ORIGIN, origin)
            .header("sec-fetch-site", "same-origin");
        self.send(request.form(form)).await
    }

    /// A cookie's value.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie into the browser, as another page of the same host can on http.
    pub(super) fn plant(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

/// Where an answer leads.
pub(super) fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303, "an answer that leads on");
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// A parameter of an address.
pub(super) fn parameter(address: &str, name: &str) -> Option<String> {
    let base = Url::parse("http://127.0.0.1").unwrap();
    let url = base.join(address).unwrap();
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
