//! The pages, rendered by the application.

use super::canonical;
use super::failure;
use super::request_log::RequestId;
use super::visitor::Visitor;
use crate::state::AppState;
use any_spawner::Executor;
use app::SiteAssets;
use app::backend::request::{Backend, RequestInfo};
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{any, get};
use domain::form::{Outcome, UiError};
use gallery::outcomes;
use http::request::Parts;
use http::{HeaderValue, Method, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use std::sync::OnceLock;

/// The parameter of an address that names the outcome of a form.
pub(super) const OUTCOME: &str = "outcome";

/// The pages, and the not-found page for every address that is nothing else.
pub fn routes() -> Router<AppState> {
    let pages = Router::new().fallback(any(show_not_found));
    paths()
        .into_iter()
        .fold(pages, |router, path| router.route(&path, get(show)))
}

/// The paths of the pages, with their parameters in braces. They are listed once: that renders the application, and while
/// it does, pages that are rendered by other threads can lose sight of their own signals.
#[must_use]
pub fn paths() -> Vec<String> {
    static PATHS: OnceLock<Vec<String>> = OnceLock::new();
    let list = || {
        // Without its default features, which serve files, leptos_axum takes the executor of browsers unless there is one.
        let _ = Executor::init_tokio();
        let listings = leptos_axum::generate_route_list(app::App);
        listings.iter().map(|listing| listing.path().to_owned()).collect()
    };
    PATHS.get_or_init(list).clone()
}

/// What the application is given for one request: to render a page, or to run a server function.
#[derive(Clone)]
pub(super) struct Given {
    state: AppState,
    request: RequestInfo,
}

impl Given {
    pub(super) fn new(
        state: &AppState,
        visitor: Visitor,
        id: RequestId,
        headers: &http::HeaderMap,
        outcome: Option<Outcome>,
    ) -> Self {
        let registration = state.cookies.registration(headers);
        Self {
            state: state.clone(),
            request: RequestInfo {
                actor: visitor.actor,
                viewer: visitor.viewer,
                session: visitor.session.map(|token| token.expose().to_owned()),
                registration: registration.map(|token| token.expose().to_owned()),
                request_id: id.0,
                outcome,
            },
        }
    }

    pub(super) fn provide(&self) {
        provide_context::<Backend>(self.state.backend.clone());
        provide_context::<SiteAssets>(self.state.site.assets().clone());
        provide_context::<RequestInfo>(self.request.clone());
    }

    /// As [`Given::provide`], for a page: its policy names the nonce of its scripts.
    fn provide_to_page(&self) {
        self.provide();
        if let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Some(policy) = self.state.protection.policy(&nonce)
        {
            answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

async fn show(State(state): State<AppState>, visitor: Visitor, id: RequestId, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(elsewhere) = canonical::elsewhere(&state, &parts) {
        return elsewhere;
    }
    let outcome = match outcome_of(&state, &parts).await {
        Ok(outcome) => outcome,
        Err(error) => return failure::of_use_case(&state, &parts.headers, &error),
    };
    let given = Given::new(&state, visitor, id, &parts.headers, outcome);
    let render = leptos_axum::render_app_async_with_context(move || given.provide_to_page(), app::shell);
    let mut response = render(Request::from_parts(parts, body)).await;
    let headers = response.headers_mut();
    // What somebody saw must not be shown to the next person at the same browser.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn show_not_found(state: State<AppState>, visitor: Visitor, id: RequestId, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        show(state, visitor, id, request).await
    } else {
        failure::answer(&state, request.headers(), &UiError::not_found())
    }
}

/// What came of the form that led here, if the address names it and the form was sent by this browser.
async fn outcome_of(state: &AppState, request: &Parts) -> Result<Option<Outcome>, gallery::Error> {
    let query = request.uri.query().unwrap_or_default();
    let named = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == OUTCOME);
    match (named, state.cookies.browser(&request.headers)) {
        (Some((_, id)), Some(browser)) => outcomes::take(&state.gallery, browser.expose(), &id).await,
        _ => Ok(None),
    }
}
