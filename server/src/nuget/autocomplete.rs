//! Autocomplete: ids that begin like what was typed, or the versions of one id.

use super::feed::{Document, Key, Search};
use super::query::Parameters;
use super::read_problem::ReadProblem;
use super::rendition::{Caching, Compression};
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;
use gallery::feed as packages;
use http::HeaderMap;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    total_hits: u64,
    data: Vec<String>,
}

/// `GET /v3/autocomplete`: with `id` the listed versions of that id (none if it is unknown), else the ids that fit `q`.
pub(super) async fn complete(
    State(state): State<AppState>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let gallery = &state.gallery;
    let generation = packages::search_generation(gallery).await?;
    let rendition = match parameters.text("id") {
        Some(id) => {
            let (prerelease, semver2) = (parameters.prerelease(), parameters.semver2());
            let document = Document::CompletedVersions {
                id: id.to_lowercase(),
                prerelease,
                semver2,
            };
            let versions = || async {
                let data = packages::versions_of(gallery, id, prerelease, semver2).await?;
                Ok(Answer {
                    total_hits: data.len() as u64,
                    data,
                })
            };
            state.feed.rendition(Key::new(document, generation), versions).await?
        }
        None => {
            let search = Search::parse(&parameters)?;
            let ids = || async {
                let found = packages::autocomplete(gallery, &search.query()).await?;
                Ok(Answer {
                    total_hits: found.total,
                    data: found.ids,
                })
            };
            state
                .feed
                .rendition(Key::new(Document::Ids(search.clone()), generation), ids)
                .await?
        }
    };
    Ok(rendition.answer(&headers, Compression::Negotiated, Caching::Revalidate))
}
