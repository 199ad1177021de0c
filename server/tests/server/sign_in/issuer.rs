//! A provider that lies as it is told.

use super::browser::{Browser, location, parameter};
use super::site::Site;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use gallery::clock::{Clock, SystemClock};
use http::StatusCode;
use openidconnect::PrivateSigningKey;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;

/// Our name with the issuer.
pub(super) const CLIENT: &str = "guildhall-at-the-issuer";

const ACCESS_TOKEN: &str = "an-access-token";

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// With the key of the key set.
    Own,
    /// With another key, under the id of the one in the set.
    Strange,
    /// With another key, under its own id, which is not in the set.
    UnknownKey,
    /// Not at all, and the header says so.
    None,
    /// By HMAC with the bytes of the public key, as if it were a shared secret.
    PublicKeyAsSecret,
    /// By HMAC with our client secret.
    ClientSecret,
}

/// What the issuer says and does.
#[derive(Clone, Debug)]
pub(super) struct Behaviour {
    /// Put over the claims of a good token; null takes one away.
    pub(super) claims: Value,
    /// How the token is signed.
    pub(super) signature: Signature,
    /// Put over the discovery document.
    pub(super) document: Value,
    /// Put over the key in the key set.
    pub(super) key: Value,
    /// Put over the token endpoint's answer; null takes a part away.
    pub(super) answer: Value,
    /// The token endpoint sends elsewhere.
    pub(super) redirects: bool,
    /// The nonce of the sign-in under way.
    pub(super) nonce: String,
    /// What user info says.
    pub(super) user_info: Value,
}

/// The issuer at work.
pub(super) struct Issuer {
    /// Its address.
    pub(super) address: String,
    behaviour: Mutex<Behaviour>,
    key: Mutex<ed25519_dalek::SigningKey>,
    /// What the token endpoint received last.
    received: Mutex<HashMap<String, String>>,
    /// How often the keys were read.
    keys_read: AtomicUsize,
}

impl Issuer {
    /// An honest issuer, listening.
    pub(super) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = Arc::new(Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            behaviour: Mutex::new(Behaviour {
                claims: json!({}),
                signature: Signature::Own,
                document: json!({}),
                key: json!({}),
                answer: json!({}),
                redirects: false,
                nonce: String::new(),
                user_info: Value::Null,
            }),
            key: Mutex::new(ed25519_dalek::SigningKey::from_bytes(&[7; 32])),
            received: Mutex::default(),
            keys_read: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/{tenant}/v2.0/.well-known/openid-configuration", get(document))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(Arc::clone(&issuer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    /// What it says and does, to be changed.
    pub(super) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.behaviour.lock().unwrap()
    }

    /// Signs in with it; returns where the callback leads.
    pub(super) async fn sign_in(&self, site: &Site, browser: &mut Browser, provider: &str) -> String {
        let there = site.start_sign_in(browser, provider, "/packages").await;
        assert!(there.starts_with(&format!("{}/authorize?", self.address)), "{there}");
        assert_eq!(parameter(&there, "code_challenge_method").as_deref(), Some("S256"));
        self.behaviour().nonce = parameter(&there, "nonce").unwrap();
        let state = parameter(&there, "state").unwrap();
        let callback = format!("{}/sign-in/{provider}/callback?code=a-code&state={state}", site.address);
        location(&browser.get(&callback).await)
    }

    /// Signs with another key from now on.
    pub(super) fn change_key(&self) {
        *self.key.lock().unwrap() = ed25519_dalek::SigningKey::from_bytes(&[8; 32]);
    }

    /// How often the keys were read so far.
    pub(super) fn asked_for_keys(&self) -> usize {
        self.keys_read.load(Ordering::Relaxed)
    }

    /// Forgets what the token endpoint received.
    pub(super) fn forget(&self) {
        self.received.lock().unwrap().clear();
    }

    /// What the token endpoint received last.
    pub(super) fn received(&self, name: &str) -> Option<String> {
        self.received.lock().unwrap().get(name).cloned()
    }

    fn token(&self) -> String {
        let behaviour = self.behaviour().clone();
        let key = self.key.lock().unwrap().clone();
        let now = SystemClock.now().seconds();
        let hash = Sha512::digest(ACCESS_TOKEN);
        let mut claims = json!({
            "iss": self.address,
            "sub": "subject-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": behaviour.nonce,
            "at_hash": URL_SAFE_NO_PAD.encode(&hash[..32]),
            "email": "anna@example.com",
            "email_verified": true,
            "preferred_username": "anna",
        });
        put_over(&mut claims, &behaviour.claims);
        let algorithm = match behaviour.signature {
            Signature::Own | Signature::Strange | Signature::UnknownKey => "EdDSA",
            Signature::None => "none",
            Signature::PublicKeyAsSecret | Signature::ClientSecret => "HS256",
        };
        let strange = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
        let named = if behaviour.signature == Signature::UnknownKey {
            &strange
        } else {
            &key
        };
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": kid(named) });
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let hmac = |secret: &[u8]| {
            let key = CoreHmacKey::new(secret);
            key.sign(&CoreJwsSigningAlgorithm::HmacSha256, signed.as_bytes())
                .unwrap()
        };
        let signature = match behaviour.signature {
            Signature::Own => key.sign(signed.as_bytes()).to_vec(),
            Signature::Strange | Signature::UnknownKey => strange.sign(signed.as_bytes()).to_vec(),
            Signature::None => Vec::new(),
            Signature::PublicKeyAsSecret => hmac(key.verifying_key().as_bytes()),
            Signature::ClientSecret => hmac(b"a-client-secret"),
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn kid(key: &ed25519_dalek::SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

fn put_over(value: &mut Value, over: &Value) {
    for (name, part) in over.as_object().unwrap() {
        if part.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = part.clone();
        }
    }
}

async fn document(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    let address = &issuer.address;
    let mut document = json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "userinfo_endpoint": format!("{address}/userinfo"),
        "jwks_uri": format!("{address}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It claims to do everything: what counts is what the server allows.
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "HS256", "none"],
    });
    put_over(&mut document, &issuer.behaviour().document);
    Json(document)
}

async fn keys(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    issuer.keys_read.fetch_add(1, Ordering::Relaxed);
    let key = issuer.key.lock().unwrap().clone();
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let mut entry = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": kid(&key), "x": x });
    put_over(&mut entry, &issuer.behaviour().key);
    Json(json!({ "keys": [entry] }))
}

async fn token(State(issuer): State<Arc<Issuer>>, Form(form): Form<HashMap<String, String>>) -> Response {
    *issuer.received.lock().unwrap() = form;
    let behaviour = issuer.behaviour().clone();
    if behaviour.redirects {
        return Redirect::temporary("/token-elsewhere").into_response();
    }
    let mut answer = json!({ "access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": issuer.token() });
    put_over(&mut answer, &behaviour.answer);
    let refused = answer.get("error").is_some();
    let status = if refused {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    (status, Json(answer)).into_response()
}

async fn user_info(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    Json(issuer.behaviour().user_info.clone())
}
