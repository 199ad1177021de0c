//! A GitHub that says what it is told to.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;

/// What GitHub says.
pub(super) struct Says {
    /// The token endpoint's answer to a good code; always with status 200, as GitHub does.
    pub(super) token: Value,
    /// `GET /user`.
    pub(super) user: Value,
    /// Its status.
    pub(super) user_status: u16,
    /// `GET /user/emails`.
    pub(super) emails: Value,
    /// Its status.
    pub(super) emails_status: u16,
    challenge: String,
}

/// GitHub at work.
pub(super) struct GitHub {
    /// Its address.
    pub(super) address: String,
    says: Mutex<Says>,
    received: Mutex<HashMap<String, String>>,
    headers: Mutex<HeaderMap>,
}

impl GitHub {
    /// An honest GitHub, listening.
    pub(super) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let github = Arc::new(Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            says: Mutex::new(Says {
                token: json!({ "access_token": "gho_token", "token_type": "bearer", "scope": "read:user,user:email" }),
                user: json!({ "id": 583_231, "login": "octo-anna", "name": null, "email": "public@example.com" }),
                user_status: 200,
                emails: json!([
                    { "email": "second@example.com", "primary": false, "verified": true, "visibility": null },
                    { "email": "anna@example.com", "primary": true, "verified": true, "visibility": "private" },
                ]),
                emails_status: 200,
                challenge: String::new(),
            }),
            received: Mutex::default(),
            headers: Mutex::default(),
        });
        let router = Router::new()
            .route("/login/oauth/access_token", post(token))
            .route("/api/user", get(user))
            .route("/api/user/emails", get(emails))
            .with_state(Arc::clone(&github));
        tokio::spawn(async move { axum::serve(listener, router).await });
        github
    }

    /// The settings that name it.
    pub(super) fn settings(&self) -> Vec<(&'static str, &str)> {
        // Settings live as long as a test.
        let at = |path: &str| -> &'static str { format!("{}{path}", self.address).leak() };
        vec![
            ("GUILDHALL_SIGN_IN__GITHUB__CLIENT_ID", "guildhall-at-github"),
            ("GUILDHALL_SIGN_IN__GITHUB__CLIENT_SECRET", "a-client-secret"),
            ("GUILDHALL_SIGN_IN__GITHUB__AUTHORIZE_URL", at("/login/oauth/authorize")),
            ("GUILDHALL_SIGN_IN__GITHUB__TOKEN_URL", at("/login/oauth/access_token")),
            ("GUILDHALL_SIGN_IN__GITHUB__API_URL", at("/api")),
        ]
    }

    /// What it says, to be changed.
    pub(super) fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// The challenge that came with the request for its page, against which it holds the verifier.
    pub(super) fn expect_challenge(&self, challenge: &str) {
        challenge.clone_into(&mut self.says().challenge);
    }

    /// What the token endpoint received last.
    pub(super) fn received(&self, name: &str) -> Option<String> {
        self.received.lock().unwrap().get(name).cloned()
    }

    /// A header of the API's last request.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let headers = self.headers.lock().unwrap();
        headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    }
}

async fn token(
    State(github): State<Arc<GitHub>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    // Without this header GitHub answers with a form.
    assert_eq!(headers["accept"], "application/json");
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    *github.received.lock().unwrap() = form;
    let challenge = oauth2::PkceCodeChallenge::from_code_verifier_sha256(&oauth2::PkceCodeVerifier::new(verifier));
    let says = github.says();
    if challenge.as_str() == says.challenge {
        Json(says.token.clone()).into_response()
    } else {
        Json(json!({ "error": "bad_verification_code", "error_description": "The code is incorrect." })).into_response()
    }
}

async fn user(State(github): State<Arc<GitHub>>, headers: HeaderMap) -> Response {
    *github.headers.lock().unwrap() = headers;
    let says = github.says();
    (StatusCode::from_u16(says.user_status).unwrap(), Json(says.user.clone())).into_response()
}

async fn emails(State(github): State<Arc<GitHub>>, headers: HeaderMap) -> Response {
    *github.headers.lock().unwrap() = headers;
    let says = github.says();
    (
        StatusCode::from_u16(says.emails_status).unwrap(),
        Json(says.emails.clone()),
    )
        .into_response()
}
