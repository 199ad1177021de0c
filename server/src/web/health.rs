//! Whether the server lives, and whether it can work.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};
use std::time::Duration;

/// How long the database and the store may take before they count as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// The routes of health.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
}

async fn live() -> Response {
    answer(StatusCode::OK, "live\n")
}

async fn ready(State(state): State<AppState>) -> Response {
    if state.stopping.is_cancelled() {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(PATIENCE, state.gallery.ready()).await {
        Ok(Ok(())) => answer(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            answer(StatusCode::SERVICE_UNAVAILABLE, "the database or the store is away\n")
        }
        Err(_) => answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "the database or the store does not answer\n",
        ),
    }
}

fn answer(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
