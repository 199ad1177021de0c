//! The documents that are asked for again and again: rendered once a change, kept compressed, shared by all requests.
//!
//! A document is kept under the generation of what it was made from, which is another one after each change. Who asks
//! looks at the present generation first, so a push or an unlisting is visible with the next request.

use super::addresses::Hive;
use super::read_problem::ReadProblem;
use super::rendition::{Caching, Compression, Rendition};
use futures::FutureExt;
use gallery::Error;
use gallery::feed::Generation;
use moka::Expiry;
use moka::future::Cache;
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many bytes of renditions are kept.
const KEPT_BYTES: u64 = 64 << 20;

/// How long a search is kept: other nodes count downloads too, and these show within 30 seconds.
const SEARCH_AGE: Duration = Duration::from_secs(10);

/// How long a document is kept that nobody asks for.
const IDLE: Duration = Duration::from_secs(60 * 60);

/// What is kept of the feed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Feed(Cache<Key, Arc<Rendition>>);

/// Which document, made from what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) document: Document,
    /// Nothing for what is the same as long as the server runs.
    pub(super) generation: Option<Generation>,
}

/// A document of the feed; ids and versions are in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Document {
    /// The service index.
    ServiceIndex,
    /// The versions of an id in the flat container.
    Versions { id: String },
    /// The metadata of an id.
    RegistrationIndex { hive: Hive, id: String },
    /// A page of it.
    RegistrationPage {
        hive: Hive,
        id: String,
        lower: String,
        upper: String,
    },
    /// The metadata of one version.
    RegistrationLeaf { hive: Hive, id: String, version: String },
    /// What a search found.
    Search(Search),
    /// Completed ids.
    Ids(Search),
    /// Completed versions.
    CompletedVersions {
        id: String,
        prerelease: bool,
        semver2: bool,
    },
}

impl Document {
    /// The id whose changes change it; none for what does not change, and for what every change changes.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Self::Versions { id }
            | Self::RegistrationIndex { id, .. }
            | Self::RegistrationPage { id, .. }
            | Self::RegistrationLeaf { id, .. } => Some(id),
            Self::ServiceIndex | Self::Search(_) | Self::Ids(_) | Self::CompletedVersions { .. } => None,
        }
    }

    /// How it is sent.
    pub(super) const fn compression(&self) -> Compression {
        match self {
            Self::RegistrationIndex { hive, .. }
            | Self::RegistrationPage { hive, .. }
            | Self::RegistrationLeaf { hive, .. } => hive.compression(),
            _ => Compression::Negotiated,
        }
    }

    /// How long others may keep it.
    pub(super) const fn caching(&self) -> Caching {
        match self {
            Self::ServiceIndex => Caching::Minutes,
            _ => Caching::Revalidate,
        }
    }

    /// How many bytes its name takes: what was searched for may be long.
    fn weight(&self) -> u32 {
        let bytes = match self {
            Self::ServiceIndex => 0,
            Self::Versions { id } | Self::RegistrationIndex { id, .. } | Self::CompletedVersions { id, .. } => id.len(),
            Self::RegistrationPage { id, lower, upper, .. } => id.len() + lower.len() + upper.len(),
            Self::RegistrationLeaf { id, version, .. } => id.len() + version.len(),
            Self::Search(search) | Self::Ids(search) => search.text.len() + search.package_type.len(),
        };
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

/// What was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) skip: u64,
    pub(super) take: u64,
    pub(super) prerelease: bool,
    pub(super) semver2: bool,
    pub(super) package_type: String,
}

impl Key {
    /// A document as of a generation.
    pub(super) const fn new(document: Document, generation: Generation) -> Self {
        Self {
            document,
            generation: Some(generation),
        }
    }

    /// A document that is the same for as long as the server runs.
    pub(super) const fn unchanging(document: Document) -> Self {
        Self {
            document,
            generation: None,
        }
    }
}

impl Feed {
    /// Keeps nothing yet.
    pub(crate) fn new() -> Self {
        let kept = Cache::builder()
            .max_capacity(KEPT_BYTES)
            .weigher(|key: &Key, rendition: &Arc<Rendition>| rendition.weight().saturating_add(key.document.weight()))
            .expire_after(Ageing)
            .time_to_idle(IDLE);
        Self(kept.build())
    }

    /// The kept rendition, if it can be had without waiting.
    pub(super) fn kept(&self, key: &Key) -> Option<Arc<Rendition>> {
        self.0.get(key).now_or_never().flatten()
    }

    /// The kept rendition, or a new one of the document. Whoever comes meanwhile waits for the same one.
    ///
    /// # Errors
    /// Those of the document.
    pub(super) async fn rendition<T, F>(
        &self,
        key: Key,
        document: impl FnOnce() -> F + Send,
    ) -> Result<Arc<Rendition>, ReadProblem>
    where
        T: Serialize + Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        if let Some(kept) = self.0.get(&key).await {
            return Ok(kept);
        }
        let render = async move {
            let document = document().await?;
            let rendered = tokio::task::spawn_blocking(move || Rendition::of(&document)).await;
            let rendition = rendered.map_err(std::io::Error::from).flatten();
            Ok::<_, Error>(Arc::new(rendition.map_err(|error| Error::Internal(Box::new(error)))?))
        };
        Ok(self.0.try_get_with(key, Box::pin(render)).await?)
    }
}

/// Searches age; everything else is replaced when its generation changes.
struct Ageing;

impl Expiry<Key, Arc<Rendition>> for Ageing {
    fn expire_after_create(&self, key: &Key, _: &Arc<Rendition>, _: Instant) -> Option<Duration> {
        matches!(key.document, Document::Search(_)).then_some(SEARCH_AGE)
    }
}
