//! Unlisting and relisting a version with an API key.

use super::push::Connection;
use super::{key_holder, refusal};
use crate::state::AppState;
use crate::web::client::Client;
use crate::web::segments::Segments;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gallery::packages::{self, Endpoint, Listing, PushRefused};
use http::{HeaderMap, StatusCode};

/// `DELETE …/{id}/{version}`: 204, also when it was unlisted before.
pub(super) async fn unlist(
    State(state): State<AppState>,
    client: Client,
    Segments((id, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let changed = change(&state, &client, &headers, (&id, &version), Listing::Unlisted).await;
    answer(&state, &changed, StatusCode::NO_CONTENT)
}

/// `POST …/{id}/{version}`: 200, also when it was listed before.
pub(super) async fn relist(
    State(state): State<AppState>,
    client: Client,
    Segments((id, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let changed = change(&state, &client, &headers, (&id, &version), Listing::Listed).await;
    answer(&state, &changed, StatusCode::OK)
}

async fn change(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    (id, version): (&str, &str),
    listing: Listing,
) -> Result<(), PushRefused> {
    let actor = key_holder::admit(state, client, headers, Endpoint::Listing).await?;
    packages::set_listing(&state.gallery, &actor, id, version, listing).await
}

fn answer(state: &AppState, changed: &Result<(), PushRefused>, done: StatusCode) -> Response {
    match changed {
        Ok(()) => done.into_response(),
        Err(refused) => {
            let realm = state.config.public_url.authority();
            refusal::answer(refused, Endpoint::Listing, realm, Connection::Reusable)
        }
    }
}
