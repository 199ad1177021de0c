//! Has a received package read and checked, apart from the threads that answer requests.

use super::refusal::PushRefused;
use crate::Gallery;
use crate::blobs::StoredBlob;
use crate::error::Error;
use nupkg::{BadPackage, InspectError, Inspected};
use std::path::Path;

/// What came of it.
pub(crate) enum Inspection {
    /// A package to be published.
    Good(Box<Inspected>),
    /// It breaks a rule.
    Bad(PushRefused),
}

/// Reads and checks a received file.
///
/// # Errors
/// When the file cannot be read.
pub(crate) async fn inspect(g: &Gallery, received: &StoredBlob) -> Result<Inspection, Error> {
    let (path, size, now) = (received.path().to_owned(), received.size, g.now().seconds());
    let limits = g.settings().limits.of_packages();
    let result = tokio::task::spawn_blocking(move || inspect_file(&path, size, &limits, now))
        .await
        .map_err(|error| Error::Internal(Box::new(error)))?;
    match result {
        Ok(inspected) => Ok(Inspection::Good(Box::new(inspected))),
        Err(InspectError::Bad(BadPackage::TooLarge { limit, .. })) => {
            Ok(Inspection::Bad(PushRefused::TooLarge { limit }))
        }
        Err(InspectError::Bad(bad)) => Ok(Inspection::Bad(PushRefused::BadPackage(bad.to_string()))),
        Err(InspectError::Unreadable(error)) => Err(Error::Unavailable(format!("a received package: {error}"))),
    }
}

fn inspect_file(path: &Path, size: u64, limits: &nupkg::Limits, now: i64) -> Result<Inspected, InspectError> {
    let file = std::fs::File::open(path).map_err(InspectError::Unreadable)?;
    nupkg::inspect(std::io::BufReader::new(file), size, limits, now)
}
