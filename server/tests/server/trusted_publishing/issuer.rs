//! An issuer of workloads' tokens on loopback, that lies as it is told.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use openidconnect::PrivateSigningKey;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// With the key of the key set.
    Own,
    /// With another key, under the id of the one in the set.
    Strange,
    /// With another key, under its own id.
    Unknown,
    /// Not at all, and the header says so.
    None,
    /// Not at all, and the header says that it is.
    Empty,
    /// By HMAC with the bytes of the public key, as if it were a shared secret.
    PublicKeyAsSecret,
    /// With the right key; the header says nothing of it, and is not the one that was signed.
    ForeignHeader,
}

/// The issuer at work.
pub(super) struct Issuer {
    /// Its address.
    pub(super) address: String,
    key: Mutex<SigningKey>,
    /// How often its keys were asked for.
    asked: AtomicU64,
    away: AtomicBool,
    tokens: AtomicU64,
}

impl Issuer {
    /// An honest issuer, listening.
    pub(super) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = Arc::new(Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            key: Mutex::new(SigningKey::from_bytes(&[7; 32])),
            asked: AtomicU64::new(0),
            away: AtomicBool::new(false),
            tokens: AtomicU64::new(0),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/jwks", get(keys))
            .with_state(Arc::clone(&issuer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    /// How often its keys were asked for.
    pub(super) fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    /// Signs with another key from now on.
    pub(super) fn change_key(&self) {
        let mut key = self.key.lock().unwrap();
        let mut next = key.to_bytes();
        next[0] += 10;
        *key = SigningKey::from_bytes(&next);
    }

    /// Answers nothing any more, or again.
    pub(super) fn go_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// What GitHub says of a job of `contoso/json`, with something put over it; null takes a claim away.
    pub(super) fn claims(&self, audience: &str, now: i64, over: &Value) -> Value {
        let number = self.tokens.fetch_add(1, Ordering::SeqCst);
        let mut claims = json!({
            "iss": self.address,
            "sub": "repo:contoso/json:environment:production",
            "aud": audience,
            "exp": now + 300,
            "iat": now,
            "nbf": now - 300,
            "jti": format!("token-{number}"),
            "repository": "contoso/json",
            "repository_id": "20",
            "repository_owner": "contoso",
            "repository_owner_id": "10",
            "job_workflow_ref": "contoso/json/.github/workflows/release.yml@refs/heads/main",
            "environment": "production",
            "event_name": "push",
            "ref": "refs/heads/main",
            "run_id": "1",
        });
        for (name, part) in over.as_object().unwrap() {
            if part.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = part.clone();
            }
        }
        claims
    }

    /// A token that says this.
    pub(super) fn sign(&self, claims: &Value, signature: Signature) -> String {
        let key = self.key.lock().unwrap().clone();
        let strange = SigningKey::from_bytes(&[9; 32]);
        let algorithm = match signature {
            Signature::None => "none",
            Signature::PublicKeyAsSecret => "HS256",
            _ => "EdDSA",
        };
        let named = if signature == Signature::Unknown {
            &strange
        } else {
            &key
        };
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": kid(named) });
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let bytes = match signature {
            Signature::Own => key.sign(signed.as_bytes()).to_vec(),
            Signature::Strange | Signature::Unknown => strange.sign(signed.as_bytes()).to_vec(),
            Signature::None | Signature::Empty => Vec::new(),
            Signature::PublicKeyAsSecret => CoreHmacKey::new(key.verifying_key().as_bytes().to_vec())
                .sign(&CoreJwsSigningAlgorithm::HmacSha256, signed.as_bytes())
                .unwrap(),
            Signature::ForeignHeader => {
                let other = json!({ "alg": "EdDSA", "typ": "JWT" });
                let signed = format!("{}.{}", encode(&other), encode(claims));
                key.sign(signed.as_bytes()).to_vec()
            }
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

fn kid(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

async fn document(State(issuer): State<Arc<Issuer>>) -> Result<Json<Value>, http::StatusCode> {
    if issuer.away.load(Ordering::SeqCst) {
        return Err(http::StatusCode::BAD_GATEWAY);
    }
    let address = &issuer.address;
    // As GitHub's: nobody signs in there, so there are no endpoints for that. It claims to do everything: what counts is
    // what the server allows.
    Ok(Json(json!({
        "issuer": address,
        "jwks_uri": format!("{address}/jwks"),
        "subject_types_supported": ["public", "pairwise"],
        "response_types_supported": ["id_token"],
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA", "HS256", "none"],
        "scopes_supported": ["openid"],
    })))
}

async fn keys(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    issuer.asked.fetch_add(1, Ordering::SeqCst);
    let key = issuer.key.lock().unwrap().clone();
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    Json(json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": kid(&key), "x": x }] }))
}
