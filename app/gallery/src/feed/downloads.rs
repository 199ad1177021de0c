//! Downloads: counted in memory, written in batches. A download does not touch the database.

use super::files::PackageFile;
use crate::error::Error;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Counts show within 30 seconds (product contract, section 9).
const PAUSE: Duration = Duration::from_secs(10);

/// Versions written in one transaction.
const BATCH: usize = 500;

/// Downloads that are not written yet.
#[derive(Default)]
pub(super) struct Counter(Mutex<HashMap<Counted, i64>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Counted {
    package: i64,
    version: i64,
}

impl Counter {
    fn add(&self, counted: Counted, count: i64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(counted).or_default() += count;
    }

    fn take(&self) -> Vec<(Counted, i64)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *counts).into_iter().collect()
    }
}

/// Counts one download of a file.
pub fn count_download(g: &Gallery, file: &PackageFile) {
    let counted = Counted {
        package: file.package,
        version: file.version,
    };
    g.feed().downloads.add(counted, 1);
}

/// Writes what was counted since the last time.
///
/// # Errors
/// When the database fails; what was not written is counted on.
pub async fn flush_downloads(g: &Gallery) -> Result<(), Error> {
    let counts = g.feed().downloads.take();
    if counts.is_empty() {
        return Ok(());
    }
    let mut batches = counts.chunks(BATCH);
    while let Some(batch) = batches.next() {
        if let Err(error) = write(g, batch).await {
            for (counted, count) in batch.iter().chain(batches.flatten()) {
                g.feed().downloads.add(*counted, *count);
            }
            return Err(error);
        }
    }
    g.feed().counted();
    Ok(())
}

async fn write(g: &Gallery, batch: &[(Counted, i64)]) -> Result<(), Error> {
    // In the order of keys, so that two nodes that write at once do not wait for one another in a circle.
    let mut versions: Vec<(i64, i64)> = batch.iter().map(|(counted, count)| (counted.version, *count)).collect();
    versions.sort_unstable();
    let mut packages = BTreeMap::<i64, i64>::new();
    for (counted, count) in batch {
        *packages.entry(counted.package).or_default() += count;
    }
    // A loss of power may take some seconds of counts, these or those in memory.
    let tx = g.begin_relaxed().await?;
    store::packages::add_downloads(&tx, &packages).await?;
    for (version, count) in versions {
        store::versions::add_downloads(&tx, version, count).await?;
    }
    tx.commit_bookkeeping(Bookkeeping::Downloads).await
}

/// Writes regularly, and once more when told to stop.
pub(crate) async fn flush_regularly(g: Gallery, mut stopped: watch::Receiver<bool>) {
    loop {
        let stop = tokio::select! {
            () = tokio::time::sleep(PAUSE) => false,
            _ = stopped.changed() => true,
        };
        if let Err(error) = flush_downloads(&g).await {
            tracing::warn!(%error, "downloads cannot be written now");
        }
        if stop {
            return;
        }
    }
}
