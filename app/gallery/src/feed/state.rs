//! What this process remembers of the feed: when ids changed, where files are, what was downloaded.

use super::downloads::Counter;
use super::files::PackageFile;
use crate::error::Error;
use crate::{Gallery, store};
use domain::time::Timestamp;
use moka::future::Cache;
use sea_orm::DbBackend;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// Ids that share a number are taken for changed together; that costs a rendering, not the truth.
const SLOTS: usize = 4_096;

/// Files whose place is remembered.
const FILES: u64 = 100_000;

/// A name for a state of the feed, another one after each change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Generation {
    /// What this process has changed, or seen others change.
    here: u64,
    /// What the database says; only where other nodes may share it.
    shared: store::catalog::Reach,
}

/// The generation of an id. An answer that was rendered after asking is true as long as the id's generation stays equal.
///
/// A SQLite file is served by one process, which knows its own changes at once and those of commands beside it within a
/// second. On PostgreSQL the database is asked, so that all nodes know every change with the next request.
///
/// # Errors
/// When the database fails.
pub async fn generation(g: &Gallery, id: &str) -> Result<Generation, Error> {
    let id_key = id.to_lowercase();
    let here = g.feed().generation(&id_key);
    let shared = match g.connections().backend() {
        DbBackend::Postgres => store::catalog::reach_of(g.reader(), &id_key).await?,
        _ => store::catalog::Reach::default(),
    };
    Ok(Generation { here, shared })
}

/// The same as far as this process can tell without asking: nothing where other nodes may share the database.
#[must_use]
pub fn own_generation(g: &Gallery, id: &str) -> Option<Generation> {
    (g.connections().backend() != DbBackend::Postgres).then(|| Generation {
        here: g.feed().generation(&id.to_lowercase()),
        shared: store::catalog::Reach::default(),
    })
}

/// The generation of everything that search shows; of downloads only those that were counted here.
///
/// # Errors
/// When the database fails.
pub async fn search_generation(g: &Gallery) -> Result<Generation, Error> {
    let here = g.feed().all.load(Ordering::Acquire);
    let shared = match g.connections().backend() {
        DbBackend::Postgres => store::catalog::Reach {
            entries: store::catalog::entries(g.reader()).await?,
            ..Default::default()
        },
        _ => store::catalog::Reach::default(),
    };
    Ok(Generation { here, shared })
}

/// When an id last changed, and a number for that change.
///
/// # Errors
/// When the database fails.
pub async fn last_change(g: &Gallery, id: &str) -> Result<LastChange, Error> {
    let reach = store::catalog::reach_of(g.reader(), &id.to_lowercase()).await?;
    Ok(LastChange {
        number: reach.last,
        time: Timestamp::from_micros(reach.time),
    })
}

/// The last change of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// Another one for each change; the same on every node.
    pub number: i64,
    /// When it was.
    pub time: Timestamp,
}

pub(crate) struct State {
    slots: Box<[AtomicU64]>,
    all: AtomicU64,
    pub(super) files: Cache<(String, String), (u64, PackageFile)>,
    pub(super) downloads: Counter,
}

impl Default for State {
    fn default() -> Self {
        Self {
            slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            all: AtomicU64::new(0),
            files: Cache::new(FILES),
            downloads: Counter::default(),
        }
    }
}

impl State {
    /// An id has changed: after the commit, so that whoever renders from now on reads the new state.
    pub(crate) fn changed(&self, id_key: &str) {
        if let Some(slot) = self.slot(id_key) {
            slot.fetch_add(1, Ordering::AcqRel);
        }
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    /// Downloads were written.
    pub(super) fn counted(&self) {
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn generation(&self, id_key: &str) -> u64 {
        self.slot(id_key).map_or(0, |slot| slot.load(Ordering::Acquire))
    }

    fn slot(&self, id_key: &str) -> Option<&AtomicU64> {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(id_key);
        let at = usize::try_from(hash % SLOTS as u64).unwrap_or_default();
        self.slots.get(at)
    }
}
