//! Signing in: by OAuth2's authorization-code flow with PKCE and state, and OpenID Connect with nonce (product contract,
//! section 4).
//!
//! `start` sends a browser to a provider, `callback` takes it back, `provider` is one, and `development` is the one
//! inside this server, which is reached over HTTP like any other.

mod answer;
mod callback;
mod development;
mod failure;
pub(crate) mod provider;
mod start;

pub use provider::{DEVELOPMENT_LABEL, Provider};

use crate::config::Config;
use crate::state::AppState;
use axum::Router;
use axum::routing::{get, post};
use development::Development;
use gallery::{Error, Gallery};
use std::sync::Arc;

/// The ways to sign in. Cheap to clone.
#[derive(Clone)]
pub struct SignIn {
    providers: Arc<[Provider]>,
    development: Option<Arc<Development>>,
}

impl SignIn {
    /// The providers of the configuration, and the development identity provider if it is on. Nothing is asked of them
    /// yet. `style_sheet` is the address of the site's style sheet.
    ///
    /// # Errors
    /// When one of them cannot be used as it is configured, or there is no randomness.
    pub fn new(gallery: &Gallery, config: &Config, style_sheet: String) -> Result<Self, Error> {
        let mut providers = Vec::new();
        for provider in &config.providers {
            providers.push(Provider::configured(provider, &config.public_url));
        }
        let mut development = None;
        if config.development_identity {
            providers.push(Provider::development(config.listen, &config.public_url));
            let inside = Development::new(gallery.clone(), config.listen, &config.public_url, style_sheet)?;
            development = Some(Arc::new(inside));
        }
        let providers = providers.into_iter().collect::<Result<_, _>>();
        let providers = providers.map_err(|problem| Error::Unavailable(problem.to_string()))?;
        Ok(Self { providers, development })
    }

    /// The providers, in the order of the configuration.
    #[must_use]
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// Reads what every provider tells about itself, so that the first sign-in need not wait for it.
    pub async fn warm_up(&self) {
        futures::future::join_all(self.providers.iter().map(Provider::warm_up)).await;
    }

    fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name() == name)
    }
}

/// The routes of signing in, which read and set cookies, and those of the development identity provider, if it is on.
pub fn routes(sign_in: &SignIn) -> Router<AppState> {
    let routes = Router::new()
        .route("/sign-in/{provider}", post(start::start))
        .route("/sign-in/{provider}/callback", get(callback::come_back));
    match &sign_in.development {
        Some(development) => routes.merge(development::routes(Arc::clone(development))),
        None => routes,
    }
}
