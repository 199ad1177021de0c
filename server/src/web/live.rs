//! The stream of changes that keeps open pages live: `GET /live?organization={name}`, `?package={id}` or
//! `?organizations=own`, as server-sent events.
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
use domain::account::AccountKey;
use futures::stream;
use gallery::ids::Token;
use gallery::live::{self, Followed, Listener};
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
    package: String,
    organizations: String,
    /// How many seconds ago the page was read.
    behind: String,
}

impl Asked {
    fn followed(&self) -> Followed {
        if !self.organization.is_empty() {
            Followed::Organization(self.organization.clone())
        } else if !self.package.is_empty() {
            Followed::Package(self.package.clone())
        } else if self.organizations == "own" {
            Followed::OwnOrganizations
        } else {
            Followed::Oneself
        }
    }
}

/// Clocks and roundings may differ by so many seconds.
const SLACK: u32 = 1;

/// A page that is further behind has not been looked at since: it is read anew anyway.
const FURTHEST_BEHIND: u32 = 3_600;

async fn follow(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let followed = asked.followed();
    let trails = match live::trails(&state.gallery, &visitor.actor, &followed).await {
        Ok(trails) => trails,
        Err(error) => return failure::of_use_case(&state, &headers, &error),
    };
    let Some(session) = visitor.session else {
        return failure::of_use_case(&state, &headers, &domain::permission::Denied::SignIn.into());
    };
    let listener = live::listen(&state.gallery, trails.clone());
    let missed = headers.contains_key(LAST_EVENT) || happened_before(&state, &asked, &trails).await;
    let reader = Reader {
        listener,
        greeting: Some(greeting(missed)),
        state,
        session,
        actor: visitor.actor,
        followed,
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

/// Whether something happened after the page was read and before anybody listened.
async fn happened_before(state: &AppState, asked: &Asked, trails: &[AccountKey]) -> bool {
    let Ok(behind) = asked.behind.parse::<u32>() else {
        return false;
    };
    let seconds = behind.saturating_add(SLACK).min(FURTHEST_BEHIND);
    // Whoever cannot know it looks.
    live::happened_within(&state.gallery, trails, seconds)
        .await
        .unwrap_or(true)
}

/// The beginning of a stream. Its id makes a browser that comes back name it, even if it heard of nothing.
fn greeting(missed: bool) -> String {
    let mut greeting = format!("retry: {BACK_AFTER}\nid: 0\n\n");
    if missed {
        // It was told to nobody.
        greeting.push_str(&message(0, "missed"));
    }
    greeting
}

/// Somebody who reads the stream.
struct Reader {
    state: AppState,
    listener: Listener,
    session: Token,
    actor: Actor,
    followed: Followed,
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
        match live::trails(gallery, &self.actor, &self.followed).await {
            Ok(trails) => {
                self.listener.follow(trails);
                Ok(true)
            }
            Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => Err(error),
            Err(_) => Ok(false),
        }
    }
}

/// One event of the stream.
fn message(event: i64, action: &str) -> String {
    format!("event: change\nid: {event}\ndata: {action}\n\n")
}
