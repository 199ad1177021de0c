//! Search, as clients show it.

use super::addresses::{Addresses, Hive};
use super::deprecation::DeprecationWords;
use super::feed::{Document, Key, Search};
use super::query::Parameters;
use super::read_problem::ReadProblem;
use super::rendition::{Caching, Compression};
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;
use domain::profile::SortBy;
use gallery::feed::search_generation;
use gallery::search::{self as packages, SearchQuery, SearchResult};
use http::HeaderMap;
use serde::Serialize;

/// `GET /v3/query`.
pub(super) async fn search(
    State(state): State<AppState>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let search = Search::parse(&parameters)?;
    let generation = search_generation(&state.gallery).await?;
    let key = Key::new(Document::Search(search.clone()), generation);
    let rendition = state.feed.rendition(key, || async {
        let result = packages::search(&state.gallery, &search.query()).await?;
        Ok(Answer::new(&result, search.hive(), &Addresses::new(state.public_url())))
    });
    Ok(rendition
        .await?
        .answer(&headers, Compression::Negotiated, Caching::Revalidate))
}

impl Search {
    /// Reads a request's parameters.
    pub(super) fn parse(parameters: &Parameters) -> Result<Self, ReadProblem> {
        Ok(Self {
            text: parameters.text("q").unwrap_or_default().to_owned(),
            skip: parameters.skip()?,
            take: parameters.take()?,
            prerelease: parameters.prerelease(),
            semver2: parameters.semver2(),
            package_type: parameters.text("packageType").unwrap_or_default().to_owned(),
        })
    }

    /// What the gallery is asked.
    pub(super) fn query(&self) -> SearchQuery {
        SearchQuery {
            text: self.text.clone(),
            skip: self.skip,
            take: self.take,
            prerelease: self.prerelease,
            semver2: self.semver2,
            package_type: self.package_type.clone(),
            sort: SortBy::Relevance,
        }
    }

    /// Where the client finds the metadata of what it understands.
    pub(super) const fn hive(&self) -> Hive {
        if self.semver2 { Hive::GzipSemver2 } else { Hive::Plain }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    total_hits: u64,
    data: Vec<Hit>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    #[serde(rename = "@id")]
    address: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    registration: String,
    id: String,
    version: String,
    description: String,
    summary: String,
    title: String,
    icon_url: String,
    license_url: String,
    project_url: String,
    tags: Vec<String>,
    authors: Vec<String>,
    owners: Vec<String>,
    total_downloads: u64,
    verified: bool,
    package_types: Vec<PackageTypeName>,
    versions: Vec<HitVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation: Option<DeprecationWords>,
    /// None is known until there are advisories.
    vulnerabilities: [(); 0],
}

#[derive(Serialize)]
struct PackageTypeName {
    name: String,
}

#[derive(Serialize)]
struct HitVersion {
    #[serde(rename = "@id")]
    address: String,
    version: String,
    downloads: u64,
}

impl Answer {
    fn new(result: &SearchResult, hive: Hive, addresses: &Addresses) -> Self {
        Self {
            total_hits: result.total,
            data: result.hits.iter().map(|hit| Hit::new(hit, hive, addresses)).collect(),
        }
    }
}

impl Hit {
    fn new(hit: &packages::Hit, hive: Hive, addresses: &Addresses) -> Self {
        let metadata = &hit.metadata;
        let id = hit.id.as_str();
        let registration = addresses.registration_index(hive, id);
        let icon_url = if hit.icon {
            addresses.file(id, &metadata.version.normalized(), "icon")
        } else {
            metadata
                .icon_url
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned())
        };
        let authors = metadata
            .authors
            .split(',')
            .map(str::trim)
            .filter(|author| !author.is_empty());
        let types = metadata.package_type_names().into_iter();
        let versions = hit.versions.iter().map(|version| HitVersion {
            address: addresses.registration_leaf(hive, id, normalized(&version.full_version)),
            version: version.full_version.clone(),
            downloads: version.downloads,
        });
        Self {
            address: registration.clone(),
            kind: "Package",
            registration,
            id: id.to_owned(),
            version: hit.full_version.clone(),
            description: metadata.description.clone(),
            summary: metadata.summary.clone().unwrap_or_default(),
            title: metadata.title.clone().unwrap_or_else(|| id.to_owned()),
            icon_url,
            license_url: metadata.license.legacy_url().unwrap_or_default(),
            project_url: metadata
                .project_url
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned()),
            tags: metadata.tags.clone(),
            authors: authors.map(str::to_owned).collect(),
            owners: hit.owners.clone(),
            total_downloads: hit.downloads,
            verified: hit.verified,
            package_types: types.map(|name| PackageTypeName { name: name.to_owned() }).collect(),
            versions: versions.collect(),
            deprecation: hit.deprecation.as_ref().map(DeprecationWords::new),
            vulnerabilities: [],
        }
    }
}

/// A version without its metadata, as addresses have it.
fn normalized(full: &str) -> &str {
    full.split_once('+').map_or(full, |(version, _)| version)
}
