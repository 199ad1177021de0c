//! Who is behind a browser's request: the person of its session, or nobody.

use super::client::Client;
use super::failure;
use crate::state::AppState;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::form::{UiError, UiErrorKind};
use domain::session::Viewer;
use gallery::ids::Token;
use gallery::{Actor, Who, sessions};
use http::request::Parts;
use std::convert::Infallible;

/// Who is behind a request. An extractor for every handler of a route that reads cookies.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The person, or nobody.
    pub(crate) actor: Actor,
    /// The same person as every page's header shows them.
    pub(crate) viewer: Option<Viewer>,
    /// The session's token.
    pub(crate) session: Option<Token>,
}

impl Visitor {
    fn nobody(client: &Client) -> Self {
        Self {
            actor: Actor::anonymous(client.origin.clone()),
            viewer: None,
            session: None,
        }
    }

    /// Whether somebody is signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        !matches!(self.actor.who, Who::Anonymous)
    }
}

/// Finds the session of the request's cookie. If the database is away, nobody can tell who is there.
pub(crate) async fn recognize(
    State(state): State<AppState>,
    client: Client,
    mut request: Request,
    next: Next,
) -> Response {
    let mut visitor = Visitor::nobody(&client);
    if let Some(token) = state.cookies.session(request.headers()) {
        match sessions::resolve(&state.gallery, token.expose()).await {
            Ok(Some(session)) => {
                visitor.actor.who = Who::Person(session.person);
                visitor.viewer = Some(session.viewer);
                visitor.session = Some(token);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "a session cannot be looked up");
                let told = UiError::new(UiErrorKind::Unavailable, "The database is away. Try again soon.");
                return failure::answer(&state, request.headers(), &told);
            }
        }
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let known = parts.extensions.get::<Self>().cloned();
        Ok(known.unwrap_or_else(|| Self::nobody(&parts.extensions.get().cloned().unwrap_or_default())))
    }
}
