//! The use cases of the gallery. Each is one transaction: authorize, check, write, commit with an audit event.
//!
//! This crate knows nothing of HTTP and Leptos; SQL stands in `store`, and entities never leave the crate.

pub mod account_settings;
pub mod accounts;
pub mod actor;
pub mod api_keys;
pub mod audit;
pub mod audit_trail;
pub mod authorization;
pub mod blobs;
pub mod check;
pub mod clock;
mod database;
pub mod deletion;
pub mod development;
pub mod error;
pub mod feed;
mod frequency;
pub mod ids;
pub mod import;
pub mod jobs;
pub mod live;
pub mod logos;
pub mod mail;
pub mod members;
pub mod notifications;
pub mod organizations;
pub mod outcomes;
pub mod ownership;
pub mod packages;
pub mod prefixes;
pub mod profiles;
pub mod search;
pub mod seed;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod site;
mod store;
pub mod sweep;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod throttle;
pub mod transformations;
pub mod trusted_publishing;
pub mod tx;
pub mod uploads;
mod why;

pub use actor::{Actor, KeyHolder, Origin, Person, Who};
pub use error::Error;
pub use settings::{Limits, Settings};

use clock::{Clock, SystemClock};
use database::Connections;
use domain::time::Timestamp;
use ids::{Ids, SystemIds};
use std::sync::Arc;

/// The gallery, open: database, blobs, mail, clock and randomness. Cheap to clone.
#[derive(Clone)]
pub struct Gallery(Arc<Inner>);

struct Inner {
    connections: Connections,
    blobs: blobs::Blobs,
    mailer: mail::Mailer,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    settings: Settings,
    sealer: audit::Sealer,
    workers: jobs::Workers,
    feed: feed::State,
    readmes: packages::Readmes,
    throttle: throttle::Throttle,
    hub: live::Hub,
}

impl Gallery {
    /// Opens a gallery with the system's clock and randomness; does not migrate.
    ///
    /// # Errors
    /// When the database, the store or the mail way cannot be opened.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        Self::open_with(settings, Arc::new(SystemClock), Arc::new(SystemIds)).await
    }

    /// Opens a gallery with another clock and another source of randomness.
    ///
    /// # Errors
    /// As [`Gallery::open`].
    pub async fn open_with(settings: Settings, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self, Error> {
        let unusable = |error: std::io::Error| Error::Unavailable(format!("{}: {error}", settings.data_dir.display()));
        std::fs::create_dir_all(&settings.data_dir).map_err(unusable)?;
        let blobs = blobs::Blobs::open(&settings.storage_url, &settings.data_dir.join("uploads"))?;
        let mailer = mail::Mailer::new(&settings.mail, &settings.public_url)?;
        let connections = Connections::open(&settings.database_url).await?;
        Ok(Self(Arc::new(Inner {
            connections,
            blobs,
            mailer,
            clock,
            ids,
            settings,
            sealer: audit::Sealer::default(),
            workers: jobs::Workers::default(),
            feed: feed::State::default(),
            readmes: packages::Readmes::default(),
            throttle: throttle::Throttle::default(),
            hub: live::Hub::default(),
        })))
    }

    /// Brings the database to the shape of this release.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self) -> Result<(), Error> {
        self.connections().migrate().await
    }

    /// Whether database and store answer.
    ///
    /// # Errors
    /// When one of them does not, with the reason.
    pub async fn ready(&self) -> Result<(), Error> {
        self.reader().ping().await?;
        self.blobs().size("ready").await.map(|_| ())
    }

    /// Lets go of the database.
    pub async fn close(&self) {
        self.connections().close().await;
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Randomness.
    #[must_use]
    pub fn ids(&self) -> &dyn Ids {
        self.0.ids.as_ref()
    }

    /// The configuration.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The bytes of packages.
    #[must_use]
    pub fn blobs(&self) -> &blobs::Blobs {
        &self.0.blobs
    }

    /// How often somebody may try.
    #[must_use]
    pub fn throttle(&self) -> &throttle::Throttle {
        &self.0.throttle
    }

    pub(crate) fn hub(&self) -> &live::Hub {
        &self.0.hub
    }

    pub(crate) fn feed(&self) -> &feed::State {
        &self.0.feed
    }

    pub(crate) fn readmes(&self) -> &packages::Readmes {
        &self.0.readmes
    }

    pub(crate) fn connections(&self) -> &Connections {
        &self.0.connections
    }

    pub(crate) fn reader(&self) -> &sea_orm::DatabaseConnection {
        self.connections().reader()
    }

    pub(crate) fn mailer(&self) -> &mail::Mailer {
        &self.0.mailer
    }

    pub(crate) fn sealer(&self) -> &audit::Sealer {
        &self.0.sealer
    }

    pub(crate) fn workers(&self) -> &jobs::Workers {
        &self.0.workers
    }
}
