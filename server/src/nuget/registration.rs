//! Package metadata: what clients show, and where old ones find dependencies. Three hives hold the same documents.

mod document;

use super::addresses::{Addresses, Hive};
use super::feed::{Document, Key};
use super::read_problem::ReadProblem;
use super::rendition::Caching;
use crate::state::AppState;
use crate::web::segments::Segments;
use axum::extract::{FromRequestParts, MatchedPath, State};
use axum::response::Response;
use document::Draughtsman;
use gallery::{Error, feed as packages};
use http::HeaderMap;
use http::request::Parts;

/// `GET /v3/registration…/{id}/index.json`.
pub(super) async fn index(
    State(state): State<AppState>,
    hive: Hive,
    Segments(id): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let generation = packages::generation(&state.gallery, &id).await?;
    let document = Document::RegistrationIndex {
        hive,
        id: id.to_lowercase(),
    };
    let rendition = state.feed.rendition(Key::new(document, generation), || async {
        let registration = packages::registration(&state.gallery, &id, hive.semver2()).await?;
        Ok(draughtsman(&state, hive, &id).await?.index(&registration))
    });
    Ok(rendition
        .await?
        .answer(&headers, hive.compression(), Caching::Revalidate))
}

/// `GET /v3/registration…/{id}/page/{lower}/{upper}.json`.
pub(super) async fn page(
    State(state): State<AppState>,
    hive: Hive,
    Segments((id, lower, upper)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let (lower, upper) = (lower.to_lowercase(), json_name(&upper)?.to_lowercase());
    let generation = packages::generation(&state.gallery, &id).await?;
    let document = Document::RegistrationPage {
        hive,
        id: id.to_lowercase(),
        lower: lower.clone(),
        upper: upper.clone(),
    };
    let rendition = state.feed.rendition(Key::new(document, generation), || async {
        let page = packages::registration_page(&state.gallery, &id, hive.semver2(), &lower, &upper).await?;
        Ok(draughtsman(&state, hive, &id).await?.page(&page, &lower, &upper))
    });
    Ok(rendition
        .await?
        .answer(&headers, hive.compression(), Caching::Revalidate))
}

/// `GET /v3/registration…/{id}/{version}.json`.
pub(super) async fn leaf(
    State(state): State<AppState>,
    hive: Hive,
    Segments((id, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let version = json_name(&version)?.to_lowercase();
    let generation = packages::generation(&state.gallery, &id).await?;
    let document = Document::RegistrationLeaf {
        hive,
        id: id.to_lowercase(),
        version: version.clone(),
    };
    let rendition = state.feed.rendition(Key::new(document, generation), || async {
        let leaf = packages::registration_leaf(&state.gallery, &id, hive.semver2(), &version).await?;
        Ok(draughtsman(&state, hive, &id).await?.leaf_document(&leaf))
    });
    Ok(rendition
        .await?
        .answer(&headers, hive.compression(), Caching::Revalidate))
}

async fn draughtsman<'a>(state: &AppState, hive: Hive, id: &'a str) -> Result<Draughtsman<'a>, Error> {
    let change = packages::last_change(&state.gallery, id).await?;
    Ok(Draughtsman::new(hive, id, Addresses::new(state.public_url()), &change))
}

fn json_name(file: &str) -> Result<&str, ReadProblem> {
    let (name, extension) = file.rsplit_once('.').ok_or(ReadProblem::NotFound)?;
    if extension.eq_ignore_ascii_case("json") {
        Ok(name)
    } else {
        Err(ReadProblem::NotFound)
    }
}

/// The hive of a request, by its route.
impl<S: Sync> FromRequestParts<S> for Hive {
    type Rejection = ReadProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ReadProblem> {
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let folder = route.split('/').nth(2).unwrap_or_default();
        Self::in_folder(folder).ok_or(ReadProblem::NotFound)
    }
}
