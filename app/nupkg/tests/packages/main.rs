//! Whole packages through the crate's door: good ones, hostile ones, and ones broken at random.
#![cfg(test)]

mod builder;
mod good;
mod hostile;
mod mutated;
mod raw_zip;
mod sentences;

use nupkg::{BadPackage, InspectError, Inspected, Limits, inspect};
use std::io::Cursor;
use std::time::{Duration, Instant};

/// 2026-11-22, noon.
const NOW: i64 = 1_795_348_800;

/// A second is enough for whatever one package can hold, unoptimized and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// What comes of a package, in bounded time.
fn verdict(bytes: &[u8]) -> Result<Inspected, BadPackage> {
    verdict_within(bytes, &Limits::default())
}

fn verdict_within(bytes: &[u8], limits: &Limits) -> Result<Inspected, BadPackage> {
    let begin = Instant::now();
    let verdict = inspect(Cursor::new(bytes), bytes.len() as u64, limits, NOW);
    assert!(begin.elapsed() < PATIENCE, "it took {:?}", begin.elapsed());
    verdict.map_err(|error| match error {
        InspectError::Bad(bad) => bad,
        InspectError::Unreadable(error) => panic!("memory can be read: {error}"),
    })
}

fn good(bytes: &[u8]) -> Inspected {
    verdict(bytes).unwrap_or_else(|bad| panic!("{bad}"))
}

fn refused(bytes: &[u8]) -> BadPackage {
    match verdict(bytes) {
        Ok(inspected) => panic!("{} {} was accepted", inspected.metadata.id, inspected.metadata.version),
        Err(bad) => bad,
    }
}
