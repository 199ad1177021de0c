//! The development identity provider: an OpenID Connect provider inside the server, reached over HTTP like any other, so
//! that trying Guildhall out needs nobody else and takes the very path that a real sign-in takes.
//!
//! It believes whatever is typed into its page. So it exists only where nobody but this machine gets: the configuration
//! turns it on for loopback addresses only, and its pages are not found for a request that came from elsewhere.

mod authorize;
mod discovery;
mod guard;
mod key;
mod page;
mod request;
mod shelf;
mod token;

use self::authorize::Refusal;
use self::key::SigningKey;
use self::shelf::Shelf;
use self::token::Grant;
use super::provider::callback_address;
use crate::config::sign_in::DEVELOPMENT;
use crate::config::values::PublicUrl;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use gallery::Gallery;
use gallery::ids::NoRandomness;
use std::net::SocketAddr;
use std::sync::Arc;

/// The one client of this provider: the server itself. It has no secret; PKCE binds the code to who asked for it.
pub(super) const CLIENT: &str = "guildhall";

/// The path of its page, and the beginning of all its addresses.
pub(super) const PATH: &str = "/dev/identity";

/// For how many seconds a code can be traded for a token.
const CODE_SECONDS: i64 = 60;

/// For how many seconds what was wrong with the form can be shown.
const REFUSAL_SECONDS: i64 = 300;

/// The issuer, which is where the server finds it: at its own listen address.
pub(super) fn issuer(listen: SocketAddr) -> String {
    format!("http://{listen}{PATH}")
}

/// The provider at work.
pub(super) struct Development {
    gallery: Gallery,
    issuer: String,
    /// Its page as a browser finds it: at the public address, which may lead to the listen address by a tunnel.
    page: String,
    /// The one address that it sends people back to.
    redirect: String,
    /// The address of the site's style sheet.
    style_sheet: String,
    key: SigningKey,
    grants: Shelf<Grant>,
    refusals: Shelf<Refusal>,
}

impl Development {
    /// A provider with a new signing key; what the old one signed is worth nothing any more.
    ///
    /// # Errors
    /// When there is no randomness for the key.
    pub(super) fn new(
        gallery: Gallery,
        listen: SocketAddr,
        public_url: &PublicUrl,
        style_sheet: String,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            issuer: issuer(listen),
            page: format!("{}{PATH}", public_url.as_str()),
            redirect: callback_address(public_url, DEVELOPMENT),
            style_sheet,
            key: SigningKey::generate(gallery.ids())?,
            grants: Shelf::new(CODE_SECONDS),
            refusals: Shelf::new(REFUSAL_SECONDS),
            gallery,
        })
    }
}

/// Its page and its endpoints.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(provider: Arc<Development>) -> Router<S> {
    Router::new()
        .route("/dev/identity", get(authorize::show).post(authorize::decide))
        .route(
            "/dev/identity/.well-known/openid-configuration",
            get(discovery::document),
        )
        .route("/dev/identity/jwks", get(discovery::keys))
        .route("/dev/identity/token", post(token::exchange))
        .layer(from_fn(guard::only_from_this_machine))
        .with_state(provider)
}
