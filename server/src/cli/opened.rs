//! The gallery, open for one command.

use super::failure::Failure;
use crate::config::Config;
use gallery::{Actor, Gallery};
use std::time::Duration;

/// How long a command waits for the mails that it caused. What is left is sent by the server.
const LAST_JOBS: Duration = Duration::from_secs(5);

/// An open gallery and the operator.
pub(super) struct Opened {
    pub(super) gallery: Gallery,
    pub(super) operator: Actor,
}

impl Opened {
    /// Opens the configured gallery, and brings its database to the shape of this release.
    pub(super) async fn open(config: &Config) -> Result<Self, Failure> {
        let gallery = Gallery::open(config.gallery()).await?;
        gallery.migrate().await?;
        Ok(Self {
            gallery,
            operator: Actor::operator(),
        })
    }

    /// Sends the mails that the command caused, in case no server runs, and lets go of the database.
    pub(super) async fn close(self) -> Result<(), Failure> {
        let work = async {
            while self.gallery.do_due_work().await? > 0 {}
            Ok::<_, gallery::Error>(())
        };
        if !matches!(tokio::time::timeout(LAST_JOBS, work).await, Ok(Ok(()))) {
            tracing::warn!("some mails wait for the server to send them");
        }
        self.gallery.close().await;
        Ok(())
    }
}
