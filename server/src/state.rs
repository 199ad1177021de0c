//! What every request may use.

use crate::config::Config;
use crate::nuget::Feed;
use crate::oauth::SignIn;
use crate::web::assets::Site;
use crate::web::cookies::Cookies;
use crate::web::headers::Protection;
use crate::workload::Issuers;
use app::backend::request::{Backend, SiteInfo};
use domain::session::{SignInChoice, SignInPage};
use gallery::{Error, Gallery};
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What every request may use. Cheap to clone: each layer around a request has its own.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What all requests share.
pub struct Shared {
    /// The use cases.
    pub gallery: Gallery,
    /// The configuration.
    pub config: Config,
    /// The names of our cookies, and whether there may be any.
    pub cookies: Cookies,
    /// The ways to sign in.
    pub sign_in: SignIn,
    /// Whose workloads may come with tokens.
    pub issuers: Issuers,
    /// The front end's files.
    pub site: Site,
    /// The feed's documents that were asked for lately.
    pub(crate) feed: Feed,
    /// What every answer carries.
    pub(crate) protection: Protection,
    /// What the application's pages and server functions are given, beside the request.
    pub backend: Backend,
    /// Cancelled when the server is told to stop: not ready any more, and event streams end.
    pub stopping: CancellationToken,
}

impl AppState {
    /// Puts together what requests use.
    ///
    /// # Errors
    /// When the front end's folder cannot be read, or a sign-in provider or an issuer of workloads' tokens
    /// cannot be used as it is configured.
    pub fn new(gallery: Gallery, config: Config) -> Result<Self, Error> {
        let site = match &config.site_root {
            Some(folder) => Site::read(folder)
                .map_err(|error| Error::Unavailable(format!("LEPTOS_SITE_ROOT {}: {error}", folder.display())))?,
            None => Site::embedded().map_err(|error| Error::Internal(Box::new(error)))?,
        };
        let cookies = Cookies::of(&config.public_url);
        let sign_in = SignIn::new(&gallery, &config, site.assets().address("guildhall.css"))?;
        let issuers = Issuers::new(&config).map_err(|problem| Error::Unavailable(problem.to_string()))?;
        let choices = sign_in.providers().iter().map(|provider| SignInChoice {
            provider: provider.name().to_owned(),
            label: provider.label().to_owned(),
        });
        let info = SiteInfo {
            public_url: config.public_url.as_str().to_owned(),
            sign_in: SignInPage {
                choices: choices.collect(),
                refused: cookies.refused().map(str::to_owned),
            },
            package_limit: config.limits.package_bytes,
            cookies: Arc::new(cookies.clone()),
        };
        Ok(Self(Arc::new(Shared {
            feed: Feed::new(),
            protection: Protection::new(gallery.ids(), &sign_in, config.public_url.is_https())?,
            backend: Backend {
                gallery: gallery.clone(),
                site: Arc::new(info),
            },
            gallery,
            config,
            cookies,
            sign_in,
            issuers,
            site,
            stopping: CancellationToken::new(),
        })))
    }

    /// The address that people see, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        self.config.public_url.as_str()
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
