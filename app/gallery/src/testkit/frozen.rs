//! A gallery that is prepared once, and copied for every question that may change it.

use super::{TestGallery, postgres};
use crate::mail::MailWay;
use crate::settings::Settings;
use crate::{Error, Gallery};
use sea_orm::ConnectionTrait;
use std::path::Path;
use tempfile::TempDir;

/// A prepared gallery, closed.
pub struct Frozen {
    folder: TempDir,
    settings: Settings,
}

/// A copy of it, open; its folder goes with it, its database when it is closed.
pub struct Thawed {
    /// The gallery.
    pub gallery: Gallery,
    folder: TempDir,
}

impl TestGallery {
    /// Changes the database behind the gallery's back, to what no use case leads to quickly.
    ///
    /// # Panics
    /// When the database does not take it.
    pub async fn sql(&self, statement: &str) {
        let connection = super::connect(&self.gallery.settings().database_url).await;
        connection
            .execute_unprepared(statement)
            .await
            .expect("the database of a test takes the statement");
        connection.close().await.expect("a connection can be closed");
    }

    /// Closes the gallery, to be copied from now on.
    pub async fn freeze(self) -> Frozen {
        let settings = self.gallery.settings().clone();
        self.gallery.close().await;
        Frozen {
            folder: self.folder,
            settings,
        }
    }
}

impl Frozen {
    /// Opens a copy, with the system's clock.
    ///
    /// # Panics
    /// When it cannot be copied or opened: a test cannot go on without.
    pub async fn copy(&self) -> Thawed {
        self.try_copy().await.expect("a prepared gallery can be copied")
    }

    async fn try_copy(&self) -> Result<Thawed, Error> {
        let failed = |error: std::io::Error| Error::Internal(Box::new(error));
        let folder = tempfile::tempdir().map_err(failed)?;
        copy_folder(self.folder.path(), folder.path()).map_err(failed)?;
        let path = folder.path();
        let gallery = Gallery::open(Settings {
            database_url: if self.settings.database_url.starts_with("postgres:") {
                postgres::copy_of(&self.settings.database_url).await?
            } else {
                format!("sqlite://{}", path.join("guildhall.db").display())
            },
            storage_url: format!("file://{}", path.join("packages").display()),
            data_dir: path.to_owned(),
            mail: MailWay::Folder(path.join("mail")),
            ..self.settings.clone()
        })
        .await?;
        Ok(Thawed { gallery, folder })
    }
}

impl Thawed {
    /// Closes it, and removes its database.
    ///
    /// # Panics
    /// When the database cannot be removed: thousands of them would fill the disk.
    pub async fn close(self) {
        let url = self.gallery.settings().database_url.clone();
        self.gallery.close().await;
        if url.starts_with("postgres:") {
            postgres::remove(&url).await.expect("a database can be removed");
        }
        drop(self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
