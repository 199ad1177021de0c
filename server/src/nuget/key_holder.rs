//! Who holds the API key of a request.

use crate::state::AppState;
use crate::web::client::Client;
use gallery::Actor;
use gallery::packages::{self, Endpoint, PushRefused};
use http::HeaderMap;

/// The header in which clients send the key.
const API_KEY: &str = "x-nuget-apikey";

/// Judges the key of a request, before anything else of it is read.
///
/// # Errors
/// The first reason against the key; that there were too many refused ones from this address.
pub(super) async fn admit(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    endpoint: Endpoint,
) -> Result<Actor, PushRefused> {
    // A key is ASCII. Anything else is as unknown as any other wrong one.
    let value = headers.get(API_KEY).map(|value| value.to_str().unwrap_or("?"));
    let guarded = client.address.filter(|_| !is_unlimited(state, client));
    let throttle = state.gallery.throttle();
    if let Some(address) = guarded {
        throttle
            .may_show_key(&state.gallery, address)
            .map_err(|too_many| PushRefused::TooMany {
                retry_after: too_many.retry_after,
            })?;
    }
    let admitted = packages::admit(&state.gallery, client.origin.clone(), value, endpoint).await;
    if let (Some(address), Err(refused)) = (guarded, &admitted)
        && is_bad_key(refused)
    {
        throttle.key_was_refused(&state.gallery, address);
    }
    admitted
}

/// Whether counts are not limited (product contract, section 10): for whoever develops on this machine.
fn is_unlimited(state: &AppState, client: &Client) -> bool {
    state.config.development_identity && client.is_loopback()
}

/// Whether somebody may be guessing keys.
const fn is_bad_key(refused: &PushRefused) -> bool {
    matches!(
        refused,
        PushRefused::UnknownKey
            | PushRefused::ExpiredKey { .. }
            | PushRefused::ExpiredWorkloadKey { .. }
            | PushRefused::RevokedKey { .. }
    )
}
