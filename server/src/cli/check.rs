//! `guildhall check`

use super::failure::Failure;
use super::opened::Opened;
use super::say;
use crate::config::Config;

/// Prints what does not fit together.
pub(super) async fn run(config: Config) -> Result<(), Failure> {
    let opened = Opened::open(&config).await?;
    let report = gallery::check::check(&opened.gallery).await?;
    for mismatch in &report.mismatches {
        say(mismatch)?;
    }
    let mismatches = report.mismatches.len();
    say(&format!(
        "checked {} packages, {mismatches} mismatches",
        report.packages
    ))?;
    opened.close().await?;
    match mismatches {
        0 => Ok(()),
        found => Err(Failure::new(format!(
            "{found} mismatches were found; they stand on standard output."
        ))),
    }
}
