//! `guildhall migrate`

use super::failure::Failure;
use super::opened::Opened;
use crate::config::Config;

/// Brings the database to the shape of this release.
pub(super) async fn run(config: Config) -> Result<(), Failure> {
    Opened::open(&config).await?.close().await
}
