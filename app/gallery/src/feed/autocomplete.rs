//! Completes ids and versions while somebody types.

use crate::error::Error;
use crate::search::{self, SearchQuery};
use crate::store::versions::Among;
use crate::{Gallery, store};

/// Ids that begin as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// How many there are.
    pub total: u64,
    /// Those asked for, best first.
    pub ids: Vec<String>,
}

/// Ids of which a token begins with what was typed; those with a listed version.
///
/// # Errors
/// When the database fails.
pub async fn autocomplete(g: &Gallery, query: &SearchQuery) -> Result<Ids, Error> {
    let (total, ids) = search::ids(g, query).await?;
    Ok(Ids { total, ids })
}

/// The listed versions of an id in full, oldest first; none for an unknown id.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(g: &Gallery, id: &str, prereleases: bool, semver2: bool) -> Result<Vec<String>, Error> {
    store::versions::listed_of(g.reader(), &id.to_lowercase(), Among { prereleases, semver2 }).await
}
