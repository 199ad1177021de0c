//! Pushing a package: the key is judged, then the bytes are received and published.

mod body;
mod multipart;
mod package_bytes;

pub(in crate::nuget) use body::Connection;

use super::key_holder;
use super::refusal::{self, WARNING};
use crate::state::AppState;
use crate::web::client::Client;
use crate::web::patience::BodyProblem;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use body::PushBody;
use domain::links;
use gallery::Who;
use gallery::blobs::{BlobProblem, StoredBlob};
use gallery::packages::{self, Endpoint, Published, PushRefused};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use multipart::MultipartProblem;
use package_bytes::{NoPackage, PackageBytes};

/// How much a form may add to its package.
const FORM_BYTES: u64 = 1 << 20;

/// `PUT` or `POST` to any of the push addresses.
pub(super) async fn push(State(state): State<AppState>, client: Client, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut body = PushBody::new(&parts.headers, body);
    let pushed = receive_and_publish(&state, &client, &parts.headers, &mut body).await;
    // A connection whose request was heard to its end can carry the next one; and some clients listen only then.
    let connection = body.hear_out().await;
    match pushed {
        Ok(published) => created(&state, &published, connection),
        Err(refused) => refusal::answer(
            &refused,
            Endpoint::Push,
            state.config.public_url.authority(),
            connection,
        ),
    }
}

async fn receive_and_publish(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    body: &mut PushBody,
) -> Result<Published, PushRefused> {
    let gallery = &state.gallery;
    let actor = key_holder::admit(state, client, headers, Endpoint::Push).await?;
    let blob = match receive(state, headers, body).await {
        Ok(blob) => blob,
        Err(refused) => return Err(packages::refuse(gallery, &actor, refused).await),
    };
    let mut published = packages::push(gallery, &actor, blob).await?;
    if let Who::Key(holder) = &actor.who {
        published.warnings.extend(holder.expiry_warning(gallery.now()));
    }
    Ok(published)
}

async fn receive(state: &AppState, headers: &HeaderMap, body: &mut PushBody) -> Result<StoredBlob, PushRefused> {
    let limit = state.gallery.settings().limits.package_bytes;
    if body
        .announced()
        .is_some_and(|length| length > limit.saturating_add(FORM_BYTES))
    {
        return Err(PushRefused::TooLarge { limit });
    }
    let mut package = PackageBytes::new(headers, body).map_err(no_package)?;
    let received = state.gallery.blobs().receive(&mut package, limit).await;
    match (package.problem(), received) {
        (Some(problem), _) => Err(no_package(problem)),
        (None, Ok(blob)) if blob.size == 0 => Err(no_package(MultipartProblem::NoFile.into())),
        (None, Ok(blob)) => Ok(blob),
        (None, Err(BlobProblem::TooLarge { limit })) => Err(PushRefused::TooLarge { limit }),
        (None, Err(BlobProblem::BrokenOff)) => Err(PushRefused::BrokenOff),
        (None, Err(BlobProblem::Store(problem))) => Err(PushRefused::Unavailable(problem)),
    }
}

fn no_package(problem: NoPackage) -> PushRefused {
    match problem {
        NoPackage::Body(BodyProblem::BrokenOff) | NoPackage::Multipart(MultipartProblem::BrokenOff) => {
            PushRefused::BrokenOff
        }
        NoPackage::Body(BodyProblem::TooSlow) | NoPackage::Multipart(_) => PushRefused::BadPackage(problem.to_string()),
    }
}

/// 201, with a header for each thing that could be better.
fn created(state: &AppState, published: &Published, connection: Connection) -> Response {
    let mut headers = HeaderMap::new();
    for warning in &published.warnings {
        if let Ok(warning) = HeaderValue::from_str(&packages::one_line(warning)) {
            headers.append(WARNING, warning);
        }
    }
    let page = links::package_version(&published.id, &published.version);
    if let Ok(page) = HeaderValue::from_str(&format!("{}{page}", state.public_url())) {
        headers.insert(header::LOCATION, page);
    }
    if connection == Connection::Spent {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    (StatusCode::CREATED, headers).into_response()
}
