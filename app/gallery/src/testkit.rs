//! For tests, of this crate and of the server: an open gallery on SQLite or on PostgreSQL, each test with its own.

mod frozen;
mod postgres;

use crate::clock::MovableClock;
use crate::ids::SystemIds;
use crate::mail::MailWay;
use crate::settings::{Limits, Settings};
use crate::{Error, Gallery};
use domain::trusted_publishing::{ProviderKind, WorkloadProvider};
use std::sync::Arc;
use tempfile::TempDir;

pub use frozen::{Frozen, Thawed};

/// The two databases that every integration test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own in a cluster that this process started.
    Postgres,
}

/// A gallery for one test, with its own database, folder and clock; removed with it.
pub struct TestGallery {
    /// The gallery.
    pub gallery: Gallery,
    /// Its clock.
    pub clock: MovableClock,
    /// Its data folder; mails are in `mail`.
    pub folder: TempDir,
}

/// Connects to a database behind the gallery's back.
///
/// # Panics
/// When it does not answer: a test cannot go on without.
pub async fn connect(url: &str) -> sea_orm::DatabaseConnection {
    sea_orm::Database::connect(crate::database::options(url))
        .await
        .expect("the database of a test answers")
}

impl TestGallery {
    /// Opens and migrates a gallery.
    ///
    /// # Panics
    /// When it cannot be opened: a test cannot go on without.
    pub async fn open(database: Database) -> Self {
        Self::try_open(database)
            .await
            .expect("a gallery for a test can be opened")
    }

    async fn try_open(database: Database) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(|error| Error::Internal(Box::new(error)))?;
        let database_url = match database {
            Database::Sqlite => format!("sqlite://{}", folder.path().join("guildhall.db").display()),
            Database::Postgres => postgres::fresh_database().await?,
        };
        let settings = Settings {
            database_url,
            storage_url: format!("file://{}", folder.path().join("packages").display()),
            data_dir: folder.path().to_owned(),
            public_url: "http://127.0.0.1:3000".to_owned(),
            mail: MailWay::Folder(folder.path().join("mail")),
            limits: Limits::default(),
            workload_providers: workload_providers(),
        };
        let clock = MovableClock::default();
        let gallery = Gallery::open_with(settings, Arc::new(clock.clone()), Arc::new(SystemIds)).await?;
        gallery.migrate().await?;
        Ok(Self { gallery, clock, folder })
    }

    /// Does all work that is due, and returns the mails written so far, oldest first, as their raw text.
    ///
    /// # Panics
    /// When the work or the folder fails.
    pub async fn mails(&self) -> Vec<String> {
        while self.gallery.do_due_work().await.expect("due work is done") > 0 {}
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("mail")) else {
            return Vec::new();
        };
        let mut paths: Vec<_> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| std::fs::read_to_string(path).expect("a mail is a text"))
            .collect()
    }
}

/// Those that every site has.
fn workload_providers() -> Vec<WorkloadProvider> {
    let provider = |name: &str, label: &str| WorkloadProvider {
        name: name.to_owned(),
        label: label.to_owned(),
        kind: ProviderKind::of_name(name),
        audience: "http://127.0.0.1:3000".to_owned(),
    };
    vec![provider("github", "GitHub"), provider("gitlab", "GitLab")]
}
