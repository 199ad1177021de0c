//! The service index: what this feed offers, and where.

use super::addresses::{Addresses, Hive};
use super::feed::{Document, Key};
use super::read_problem::ReadProblem;
use super::rendition::{Caching, Compression};
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use serde::Serialize;

/// `GET /v3/index.json`.
pub(super) async fn show(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, ReadProblem> {
    let addresses = Addresses::new(state.public_url());
    let rendition = state
        .feed
        .rendition(Key::unchanging(Document::ServiceIndex), || async move {
            Ok(ServiceIndex::new(&addresses))
        })
        .await?;
    Ok(rendition.answer(&headers, Compression::Negotiated, Caching::Minutes))
}

#[derive(Serialize)]
struct ServiceIndex {
    version: &'static str,
    resources: Vec<Resource>,
    #[serde(rename = "@context")]
    context: Context,
}

#[derive(Serialize)]
struct Resource {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    comment: &'static str,
    /// The oldest client that takes this one of several of the same type.
    #[serde(rename = "clientVersion", skip_serializing_if = "Option::is_none")]
    client_version: Option<&'static str>,
}

#[derive(Serialize)]
struct Context {
    #[serde(rename = "@vocab")]
    vocabulary: &'static str,
    comment: &'static str,
}

impl ServiceIndex {
    fn new(addresses: &Addresses) -> Self {
        let resources = RESOURCES.iter().map(|(kind, place, comment)| Resource {
            id: place.address(addresses),
            kind,
            comment,
            client_version: kind.ends_with("/Versioned").then_some(SEMVER2_CLIENT),
        });
        Self {
            version: "3.0.0",
            resources: resources.collect(),
            context: Context {
                vocabulary: "http://schema.nuget.org/services#",
                comment: "http://www.w3.org/2000/01/rdf-schema#comment",
            },
        }
    }
}

/// The first client that understands SemVer 2.
const SEMVER2_CLIENT: &str = "4.3.0-alpha";

/// Where a resource is.
#[derive(Clone, Copy)]
enum Place {
    /// A path of the site, which may hold what the client fills in.
    Path(&'static str),
    /// A hive of metadata.
    Hive(Hive),
}

impl Place {
    fn address(self, addresses: &Addresses) -> String {
        match self {
            Self::Path(path) => addresses.at(path),
            Self::Hive(hive) => addresses.hive(hive),
        }
    }
}

const SEARCH: Place = Place::Path("/v3/query");
const AUTOCOMPLETE: Place = Place::Path("/v3/autocomplete");

/// Every type under which clients look for what is served here (nuget-protocol 1.1), with a sentence each.
const RESOURCES: [(&str, Place, &str); 19] = [
    ("SearchQueryService", SEARCH, "Search for packages."),
    ("SearchQueryService/3.0.0-beta", SEARCH, "Search for packages."),
    ("SearchQueryService/3.0.0-rc", SEARCH, "Search for packages."),
    (
        "SearchQueryService/3.5.0",
        SEARCH,
        "Search for packages, by their type too.",
    ),
    (
        "SearchAutocompleteService",
        AUTOCOMPLETE,
        "Complete package ids and versions.",
    ),
    (
        "SearchAutocompleteService/3.0.0-beta",
        AUTOCOMPLETE,
        "Complete package ids and versions.",
    ),
    (
        "SearchAutocompleteService/3.0.0-rc",
        AUTOCOMPLETE,
        "Complete package ids and versions.",
    ),
    (
        "SearchAutocompleteService/3.5.0",
        AUTOCOMPLETE,
        "Complete package ids and versions, by package type too.",
    ),
    (
        "RegistrationsBaseUrl",
        Place::Hive(Hive::Plain),
        "Package metadata without SemVer 2.0.0 versions.",
    ),
    (
        "RegistrationsBaseUrl/3.0.0-beta",
        Place::Hive(Hive::Plain),
        "Package metadata without SemVer 2.0.0 versions.",
    ),
    (
        "RegistrationsBaseUrl/3.0.0-rc",
        Place::Hive(Hive::Plain),
        "Package metadata without SemVer 2.0.0 versions.",
    ),
    (
        "RegistrationsBaseUrl/3.4.0",
        Place::Hive(Hive::Gzip),
        "Package metadata without SemVer 2.0.0 versions, compressed with gzip.",
    ),
    (
        "RegistrationsBaseUrl/3.6.0",
        Place::Hive(Hive::GzipSemver2),
        "Package metadata of all versions, compressed with gzip.",
    ),
    (
        "RegistrationsBaseUrl/Versioned",
        Place::Hive(Hive::GzipSemver2),
        "Package metadata of all versions, compressed with gzip.",
    ),
    (
        "PackageBaseAddress/3.0.0",
        Place::Path("/v3/package/"),
        "Package files: {base}{lower id}/{lower version}/{lower id}.{lower version}.nupkg.",
    ),
    (
        "PackagePublish/2.0.0",
        Place::Path("/api/v2/package"),
        "Push, unlist and relist with an API key.",
    ),
    (
        "PackageDetailsUriTemplate/5.1.0",
        Place::Path("/packages/{id}/{version}"),
        "The page of a package version.",
    ),
    (
        "OwnerDetailsUriTemplate/6.11.0",
        Place::Path("/profiles/{owner}"),
        "The page of a package owner.",
    ),
    (
        "ReadmeUriTemplate/6.13.0",
        Place::Path("/v3/package/{lower_id}/{lower_version}/readme"),
        "The README of a package version, as Markdown.",
    ),
];
