//! Registrations: all versions of an id with what they say of themselves, cut into pages.

use crate::error::Error;
use crate::store::versions::Leaf as Row;
use crate::{Gallery, store};
use domain::package::{Deprecation, PackageMetadata, PackageVersion};
use domain::time::Timestamp;

/// Versions on a page.
const PAGE: usize = 64;

/// From this many versions on, pages are documents of their own.
const APART: usize = 128;

/// All versions of an id, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The id as last published.
    pub id: String,
    /// The pages, at least one.
    pub pages: Vec<RegistrationPage>,
}

/// Some consecutive versions of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationPage {
    /// The oldest version, normalized, without metadata.
    pub lower: String,
    /// The newest version, likewise.
    pub upper: String,
    /// How many there are.
    pub count: u64,
    /// The versions; none when the page is a document of its own, to be asked for by [`registration_page`].
    pub leaves: Option<Vec<Leaf>>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The id as last published.
    pub id: String,
    /// The version with its metadata.
    pub full_version: String,
    /// Whether lists show it. For those that are not, NuGet's documents give the year 1900 as the time of publishing.
    pub listed: bool,
    /// When it was published.
    pub published: Timestamp,
    /// Whether there is an icon in the package.
    pub icon: bool,
    /// Downloads of it.
    pub downloads: u64,
    /// Why it should not be used any more, if its owners say so.
    pub deprecation: Option<Deprecation>,
    /// What it says of itself.
    pub metadata: PackageMetadata,
}

/// The versions of an id; with `semver2` all of them, without it those that clients before NuGet 4.3 understand.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn registration(g: &Gallery, id: &str, semver2: bool) -> Result<Registration, Error> {
    let id_key = id.to_lowercase();
    let shown = store::versions::shown_of(g.reader(), &id_key, semver2).await?;
    if shown.len() >= APART {
        let name = store::packages::find(g.reader(), &id_key)
            .await?
            .ok_or(Error::NotFound)?
            .name;
        let pages = shown.chunks(PAGE).map(|versions| RegistrationPage {
            lower: versions.first().cloned().unwrap_or_default(),
            upper: versions.last().cloned().unwrap_or_default(),
            count: versions.len() as u64,
            leaves: None,
        });
        return Ok(Registration {
            id: name,
            pages: pages.collect(),
        });
    }
    let leaves = read(g, &id_key, semver2, None).await?;
    let id = leaves.first().ok_or(Error::NotFound)?.id.clone();
    let pages = leaves.chunks(PAGE).map(page_of).collect();
    Ok(Registration { id, pages })
}

/// The page from one version to another, both included, with its versions. An address that an older index gave stays
/// good, whatever was published since.
///
/// # Errors
/// [`Error::NotFound`] when there is no version in between.
pub async fn registration_page(
    g: &Gallery,
    id: &str,
    semver2: bool,
    lower: &str,
    upper: &str,
) -> Result<RegistrationPage, Error> {
    let sort_key = |text: &str| PackageVersion::parse(text).map(|version| version.sort_key());
    let (Ok(lower), Ok(upper)) = (sort_key(lower), sort_key(upper)) else {
        return Err(Error::NotFound);
    };
    let leaves = read(g, &id.to_lowercase(), semver2, Some((lower, upper))).await?;
    if leaves.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(page_of(&leaves))
}

/// One version of an id.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version.
pub async fn registration_leaf(g: &Gallery, id: &str, semver2: bool, version: &str) -> Result<Leaf, Error> {
    let key = PackageVersion::parse(version).map_err(|_| Error::NotFound)?.sort_key();
    let leaves = read(g, &id.to_lowercase(), semver2, Some((key.clone(), key))).await?;
    leaves.into_iter().next().ok_or(Error::NotFound)
}

fn page_of(leaves: &[Leaf]) -> RegistrationPage {
    let end = |leaf: Option<&Leaf>| leaf.map(|leaf| leaf.metadata.version.normalized()).unwrap_or_default();
    RegistrationPage {
        lower: end(leaves.first()),
        upper: end(leaves.last()),
        count: leaves.len() as u64,
        leaves: Some(leaves.to_vec()),
    }
}

async fn read(g: &Gallery, id_key: &str, semver2: bool, range: Option<(Vec<u8>, Vec<u8>)>) -> Result<Vec<Leaf>, Error> {
    let rows = store::versions::leaves(g.reader(), id_key, semver2, range).await?;
    let mut said = store::deprecations::of_versions(g.reader(), rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let deprecation = said.remove(&row.id);
            leaf(row, deprecation)
        })
        .collect()
}

fn leaf(row: Row, deprecation: Option<Deprecation>) -> Result<Leaf, Error> {
    Ok(Leaf {
        id: row.name,
        full_version: row.full_version,
        listed: row.listed,
        published: Timestamp::from_micros(row.published_at),
        icon: row.icon_kind.is_some(),
        downloads: u64::try_from(row.downloads).unwrap_or_default(),
        deprecation,
        metadata: serde_json::from_str(&row.metadata)?,
    })
}
