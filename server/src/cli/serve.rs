//! `guildhall serve`

use super::failure::Failure;
use crate::config::Config;

/// Serves until told to stop.
pub(super) async fn run(config: Config) -> Result<(), Failure> {
    Ok(crate::serve::serve(config).await?)
}
