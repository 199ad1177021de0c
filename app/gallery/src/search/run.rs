//! Finds and shows.

use super::query::{SearchQuery, Terms};
use crate::error::Error;
use crate::packages::{card_view, cards_by_number};
use crate::store::search::{Found, Wanted};
use crate::store::versions::Among;
use crate::{Gallery, store};
use domain::package::{Deprecation, PackageMetadata};
use domain::profile::{SearchPage, SortBy};
use domain::time::Timestamp;
use std::collections::HashMap;

/// Packages on a page of the page "Packages".
const PAGE: u64 = 20;

/// The characters of a package type that are looked at.
const LONGEST_TYPE: usize = 200;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// How many packages fit.
    pub total: u64,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
}

/// A package that fits, at the newest version that the reader may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The id as it is written.
    pub id: String,
    /// The version with its metadata.
    pub full_version: String,
    /// What that version says of itself.
    pub metadata: PackageMetadata,
    /// Owners by name.
    pub owners: Vec<String>,
    /// Downloads of all versions.
    pub downloads: u64,
    /// When that version was published.
    pub published: Timestamp,
    /// Whether there is an icon in the package.
    pub icon: bool,
    /// Whether an owner holds the reserved prefix.
    pub verified: bool,
    /// Why that version should not be used any more, if its owners say so.
    pub deprecation: Option<Deprecation>,
    /// The listed versions that the reader may see, oldest first.
    pub versions: Vec<HitVersion>,
}

/// A version of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitVersion {
    /// The version with its metadata.
    pub full_version: String,
    /// Downloads of it.
    pub downloads: u64,
}

/// Searches for clients.
///
/// # Errors
/// When the database fails.
pub async fn search(g: &Gallery, query: &SearchQuery) -> Result<SearchResult, Error> {
    let (total, found) = find(g, query).await?;
    let mut cards = cards_by_number(g.reader(), found.iter().map(|found| found.version)).await?;
    let mut owners = store::owners::names(g.reader(), found.iter().map(|found| found.id)).await?;
    let shown = found.iter().map(|found| found.version);
    let mut deprecations = store::deprecations::of_versions(g.reader(), shown).await?;
    let among = Among {
        prereleases: query.prerelease,
        semver2: query.semver2,
    };
    let mut versions: HashMap<i64, Vec<HitVersion>> = HashMap::new();
    for sibling in store::versions::siblings(g.reader(), found.iter().map(|found| found.id), among).await? {
        versions.entry(sibling.package_id).or_default().push(HitVersion {
            full_version: sibling.full_version,
            downloads: u64::try_from(sibling.downloads).unwrap_or_default(),
        });
    }
    let hits = found
        .into_iter()
        .filter_map(|found| {
            let card = cards.remove(&found.version)?;
            Some(Hit {
                id: found.name,
                full_version: card.full_version,
                metadata: card.metadata,
                owners: owners.remove(&found.id).unwrap_or_default(),
                downloads: u64::try_from(found.downloads).unwrap_or_default(),
                published: Timestamp::from_micros(card.published_at),
                icon: card.icon,
                verified: found.verified,
                deprecation: deprecations.remove(&found.version),
                versions: versions.remove(&found.id).unwrap_or_default(),
            })
        })
        .collect();
    Ok(SearchResult { total, hits })
}

/// Searches for the page "Packages"; pages count from 1, and one that is not there is the nearest that is.
///
/// # Errors
/// When the database fails.
pub async fn page(g: &Gallery, text: &str, prerelease: bool, sort: SortBy, number: u32) -> Result<SearchPage, Error> {
    let last_readable = SearchQuery::MOST_SKIPPED / PAGE;
    let number = u64::from(number).clamp(1, last_readable);
    let query = SearchQuery {
        text: text.to_owned(),
        prerelease,
        semver2: true,
        package_type: String::new(),
        sort,
        skip: (number - 1) * PAGE,
        take: PAGE,
    };
    let (total, found) = find(g, &query).await?;
    let pages = total.div_ceil(PAGE).clamp(1, last_readable);
    if number > pages {
        return Box::pin(page(g, text, prerelease, sort, u32::try_from(pages).unwrap_or(1))).await;
    }
    let cards = cards_by_number(g.reader(), found.iter().map(|found| found.version)).await?;
    let mut owners = store::owners::names(g.reader(), found.iter().map(|found| found.id)).await?;
    let packages = found.into_iter().filter_map(|found| {
        let card = cards.get(&found.version)?;
        let owners = owners.remove(&found.id).unwrap_or_default();
        Some(card_view(found.name, found.downloads, owners, found.verified, card))
    });
    Ok(SearchPage {
        total,
        number: u32::try_from(number).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        packages: packages.collect(),
    })
}

/// The ids of which a token begins with the query's text.
pub(crate) async fn ids(g: &Gallery, query: &SearchQuery) -> Result<(u64, Vec<String>), Error> {
    let wanted = Wanted {
        tokens_only: true,
        ..wanted(query)
    };
    let (total, found) = store::search::find(g.reader(), &wanted).await?;
    Ok((total, found.into_iter().map(|found| found.name).collect()))
}

async fn find(g: &Gallery, query: &SearchQuery) -> Result<(u64, Vec<Found>), Error> {
    store::search::find(g.reader(), &wanted(query)).await
}

fn wanted(query: &SearchQuery) -> Wanted {
    Wanted {
        terms: Terms::read(&query.text),
        tokens_only: false,
        among: Among {
            prereleases: query.prerelease,
            semver2: query.semver2,
        },
        package_type: query.package_type.trim().chars().take(LONGEST_TYPE).collect(),
        sort: query.sort,
        skip: query.skip.min(SearchQuery::MOST_SKIPPED),
        take: query.take.min(SearchQuery::MOST_TAKEN),
    }
}
