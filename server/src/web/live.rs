//! The stream of changes that keeps open pages live: `GET /live?organization={name}`, as server-sent events.
//!
//! It says that something changed and what kind of thing, never what: the page reads that with the rights it has then.

use super::failure;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::stream;
use gallery::ids::Token;
use gallery::live::{self, Listener};
use gallery::{Actor, Error, Who, sessions};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;

/// A stream says at least this often that it is there, so that nothing between ends it; then it looks, too, whether the
/// reader may read on.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// How long a browser waits before it comes back, in milliseconds.
const BACK_AFTER: u32 = 2_000;

/// By this header a browser that comes back names the last event it heard of.
const LAST_EVENT: &str = "last-event-id";

/// The route of the stream.
pub fn routes() -> Router<AppState> {
    Router::new().route("/live", get(follow))
}

/// What is to be followed besides one's own trail.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    organization: String,
}

async fn follow(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let organization = asked.map(|Query(asked)| asked.organization).unwrap_or_default();
    let trails = match live::trails(&state.gallery, &visitor.actor, &organization).await {
        Ok(trails) => trails,
        Err(error) => return failure::of_use_case(&state, &headers, &error),
    };
    let Some(session) = visitor.session else {
        return failure::of_use_case(&state, &headers, &domain::permission::Denied::SignIn.into());
    };
    let mut greeting = format!("retry: {BACK_AFTER}\n\n");
    if headers.contains_key(LAST_EVENT) {
        // What happened meanwhile was told to nobody.
        greeting.push_str(&message(0, "missed"));
    }
    let reader = Reader {
        listener: live::listen(&state.gallery, trails),
        greeting: Some(greeting),
        state,
        session,
        actor: visitor.actor,
        organization,
    };
    let body = Body::from_stream(stream::unfold(reader, |mut reader| async move {
        let piece = reader.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(piece)), reader))
    }));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// Somebody who reads the stream.
struct Reader {
    state: AppState,
    listener: Listener,
    session: Token,
    actor: Actor,
    organization: String,
    greeting: Option<String>,
}

impl Reader {
    /// The next piece of the stream; nothing when it ends: with the server, the session, or the right to see.
    async fn next(&mut self) -> Option<String> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        let piece = tokio::select! {
            () = self.state.stopping.cancelled() => return None,
            change = self.listener.next() => match change {
                Some(change) => message(change.event, change.action),
                None => message(0, "missed"),
            },
            () = tokio::time::sleep(SIGN_OF_LIFE) => ": still here\n\n".to_owned(),
        };
        match self.may_read_on().await {
            Ok(true) => Some(piece),
            Ok(false) => None,
            Err(error) => {
                tracing::warn!(%error, "a stream of changes ends: it cannot be told who reads it");
                None
            }
        }
    }

    async fn may_read_on(&mut self) -> Result<bool, Error> {
        let gallery = &self.state.gallery;
        match sessions::look(gallery, self.session.expose()).await? {
            Some(person) => self.actor.who = Who::Person(person),
            None => return Ok(false),
        }
        match live::trails(gallery, &self.actor, &self.organization).await {
            Ok(_) => Ok(true),
            Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => Err(error),
            Err(_) => Ok(false),
        }
    }
}

/// One event of the stream.
fn message(event: i64, action: &str) -> String {
    format!("event: change\nid: {event}\ndata: {action}\n\n")
}
