//! Trusted publishing: a workload's token is exchanged for a key that lives for an hour.
//!
//! The request is that of NuGet.org, so that its login action works here too: the token as bearer, and who is meant in a
//! small JSON body. What is refused says why, in the body's `error`, the reason phrase and `X-NuGet-Warning`.

use super::refusal::{RETRY_AFTER, WARNING};
use crate::state::AppState;
use crate::web::client::Client;
use crate::web::patience::Patient;
use crate::workload::WorkloadProblem;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use gallery::packages::one_line;
use gallery::trusted_publishing::{self, NewShortLivedKey, TokenRefused};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::ext::ReasonPhrase;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// The greatest length of a body, in bytes.
const BODY: usize = 16 << 10;

/// How long a body may take, and how long its sender may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// The one kind of key that there is.
const API_KEY: &str = "ApiKey";

/// What a workload sends.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    username: Option<String>,
    token_type: Option<String>,
}

/// `POST /api/v2/token`.
pub(super) async fn exchange(State(state): State<AppState>, client: Client, request: Request) -> Response {
    match key_for(&state, &client, request).await {
        Ok(key) => {
            let answer = json!({
                "tokenType": API_KEY,
                "expires": key.expires.rfc3339(),
                "apiKey": key.value.expose(),
            });
            ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
        }
        Err(refused) => answer(&refused, state.config.public_url.authority()),
    }
}

async fn key_for(state: &AppState, client: &Client, request: Request) -> Result<NewShortLivedKey, TokenRefused> {
    let gallery = &state.gallery;
    let guarded = client.address.filter(|_| client.origin.limited);
    if let Some(address) = guarded {
        let too_many = |too_many: gallery::throttle::TooMany| TokenRefused::TooMany {
            retry_after: too_many.retry_after,
        };
        gallery.throttle().may_show_key(gallery, address).map_err(too_many)?;
    }
    let exchanged = receive_and_exchange(state, client, request).await;
    if let (Some(address), Err(refused)) = (guarded, &exchanged)
        && refused.is_bad_token()
    {
        gallery.throttle().key_was_refused(gallery, address);
    }
    exchanged
}

async fn receive_and_exchange(
    state: &AppState,
    client: &Client,
    request: Request,
) -> Result<NewShortLivedKey, TokenRefused> {
    let (parts, body) = request.into_parts();
    if !is_json(&parts.headers) {
        return Err(TokenRefused::NotJson);
    }
    let token = bearer(&parts.headers)?;
    if client.origin.user_agent.is_empty() {
        return Err(TokenRefused::BadRequest("Send the header User-Agent."));
    }
    let name = name_in(body).await?;
    let (gallery, origin) = (&state.gallery, client.origin.clone());
    match state.issuers.verify(token, gallery.now()).await {
        Ok(verified) => trusted_publishing::exchange(gallery, origin, &name, verified).await,
        Err(WorkloadProblem::Away(reason)) => {
            tracing::warn!(reason, "an issuer of workloads' tokens cannot be asked");
            Err(TokenRefused::Unavailable(
                "the token's issuer does not answer".to_owned(),
            ))
        }
        Err(problem) => {
            let refused = TokenRefused::BadToken(problem.to_string());
            Err(trusted_publishing::refuse(gallery, origin, &name, refused).await)
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// The token, of which there must be one.
fn bearer(headers: &HeaderMap) -> Result<&str, TokenRefused> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let one = match (all.next(), all.next()) {
        (Some(one), None) => one,
        (None, _) => {
            return Err(TokenRefused::NoToken(
                "Send the token in the header Authorization, as Bearer.",
            ));
        }
        (Some(_), Some(_)) => return Err(TokenRefused::NoToken("Send the header Authorization once.")),
    };
    let (scheme, token) = one
        .to_str()
        .ok()
        .and_then(|text| text.trim().split_once(' '))
        .unwrap_or_default();
    let token = token.trim();
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(char::is_whitespace) {
        Ok(token)
    } else {
        Err(TokenRefused::NoToken(
            "Send the token in the header Authorization as \"Bearer TOKEN\".",
        ))
    }
}

/// The name in the body.
async fn name_in(body: Body) -> Result<String, TokenRefused> {
    let body = Body::from_stream(Patient::new(body, PATIENCE, PATIENCE));
    let bytes = to_bytes(body, BODY)
        .await
        .map_err(|_| TokenRefused::BadRequest("Send a body of at most 16 KiB, at once."))?;
    let asked: Asked = serde_json::from_slice(&bytes).map_err(|_| {
        TokenRefused::BadRequest("The body is not the JSON {\"username\": \"…\", \"tokenType\": \"ApiKey\"}.")
    })?;
    if asked.token_type.as_deref() != Some(API_KEY) {
        return Err(TokenRefused::BadRequest("The body's tokenType must be ApiKey."));
    }
    match asked.username.map(|name| name.trim().to_owned()) {
        Some(name) if !name.is_empty() && name.len() <= 255 => Ok(name),
        _ => Err(TokenRefused::BadRequest(
            "The body's username must be the name of a user or an organization.",
        )),
    }
}

fn answer(refused: &TokenRefused, realm: &str) -> Response {
    let status = status_of(refused);
    match refused {
        TokenRefused::Internal(error) => tracing::error!(?error, "a workload's request failed"),
        _ => tracing::info!(status = status.as_u16(), %refused, "a workload's request was refused"),
    }
    let reason = one_line(&refused.to_string());
    let mut answer = (status, Json(json!({ "error": refused.to_string() }))).into_response();
    if let Ok(phrase) = ReasonPhrase::try_from(reason.as_bytes()) {
        answer.extensions_mut().insert(phrase);
    }
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(warning) = HeaderValue::from_str(&reason) {
        headers.insert(WARNING, warning);
    }
    if let Some(seconds) = retry_after(refused) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED
        && let Ok(challenge) = HeaderValue::from_str(&format!("Bearer realm=\"{realm}\""))
    {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

/// The statuses of NuGet.org: 401 for what the token is, 400 for what is asked with it.
const fn status_of(refused: &TokenRefused) -> StatusCode {
    match refused {
        TokenRefused::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        TokenRefused::BadRequest(_)
        | TokenRefused::DeletedAccount { .. }
        | TokenRefused::Renamed { .. }
        | TokenRefused::Denied { .. } => StatusCode::BAD_REQUEST,
        TokenRefused::NoToken(_)
        | TokenRefused::BadToken(_)
        | TokenRefused::Replayed
        | TokenRefused::UnknownName { .. }
        | TokenRefused::NoPolicy { .. } => StatusCode::UNAUTHORIZED,
        TokenRefused::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        TokenRefused::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        TokenRefused::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

const fn retry_after(refused: &TokenRefused) -> Option<u64> {
    match refused {
        TokenRefused::TooMany { retry_after } => Some(*retry_after),
        TokenRefused::Unavailable(_) => Some(RETRY_AFTER),
        _ => None,
    }
}
