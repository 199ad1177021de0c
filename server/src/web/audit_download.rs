//! The audit trail of an organization as a file: CSV and JSON, written while it is read, whatever its length.

mod csv;

use super::failure;
use super::negotiation::Reader;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use domain::form::UiErrorKind;
use domain::links;
use futures::stream;
use gallery::Error;
use gallery::audit_trail::{AuditRecord, Download, download, filter_of_query};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;

/// The routes of both files.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organization/{name}/audit.csv", get(as_csv))
        .route("/organization/{name}/audit.json", get(as_json))
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Json,
}

async fn as_csv(state: State<AppState>, visitor: Visitor, name: Path<String>, request: Parts) -> Response {
    answer(state, visitor, name, &request, Kind::Csv).await
}

async fn as_json(state: State<AppState>, visitor: Visitor, name: Path<String>, request: Parts) -> Response {
    answer(state, visitor, name, &request, Kind::Json).await
}

async fn answer(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
    request: &Parts,
    kind: Kind,
) -> Response {
    let query = request.uri.query().unwrap_or_default();
    let form = filter_of_query(query);
    match download(&state.gallery, &visitor.actor, &name, &form).await {
        Ok(download) => file(download, kind),
        Err(error) => refused(&state, request, &error),
    }
}

/// Whoever is not signed in is led to do so, if they can be led; any other refusal is told.
fn refused(state: &AppState, request: &Parts, error: &Error) -> Response {
    let mut told = failure::told(error);
    if told.kind == UiErrorKind::SignIn && Reader::of(&request.headers) == Reader::Page {
        let here = request.uri.path_and_query().map_or("/", |path| path.as_str());
        if let Ok(location) = HeaderValue::from_str(links::sign_in(here).as_str()) {
            return (StatusCode::FOUND, [(header::LOCATION, location)]).into_response();
        }
    }
    // A page would show these at their fields; here they are all there is to say.
    for field in &told.fields {
        if !told.message.is_empty() {
            told.message.push(' ');
        }
        told.message.push_str(&field.message);
    }
    failure::answer(state, &request.headers, &told)
}

fn file(download: Download, kind: Kind) -> Response {
    let mut headers = HeaderMap::new();
    let (media_type, ending) = match kind {
        Kind::Csv => ("text/csv; charset=utf-8", "csv"),
        Kind::Json => ("application/json", "json"),
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The name of an account has no character that a header could not hold.
    let disposition = format!("attachment; filename=\"{}-audit.{ending}\"", download.organization);
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    (headers, Body::from_stream(pieces(download, kind))).into_response()
}

/// Where a file is that is being written.
enum Place {
    Start,
    Within,
    End,
}

/// The file in pieces. An error breaks the answer off, so that a file which is not whole does not look so.
fn pieces(download: Download, kind: Kind) -> impl futures::Stream<Item = Result<Bytes, Error>> {
    stream::try_unfold((download, Place::Start), move |(mut download, place)| async move {
        let (text, place) = match (place, kind) {
            (Place::End, _) => return Ok(None),
            (Place::Start, Kind::Csv) => (csv::HEADER.to_owned(), Place::Within),
            (Place::Start, Kind::Json) => match download.next().await? {
                Some(records) => (format!("[{}", objects(&records)?), Place::Within),
                None => ("[]\n".to_owned(), Place::End),
            },
            (Place::Within, Kind::Csv) => match download.next().await? {
                Some(records) => (records.iter().map(csv::line).collect(), Place::Within),
                None => return Ok(None),
            },
            (Place::Within, Kind::Json) => match download.next().await? {
                Some(records) => (format!(",\n{}", objects(&records)?), Place::Within),
                None => ("]\n".to_owned(), Place::End),
            },
        };
        Ok(Some((Bytes::from(text), (download, place))))
    })
}

/// An event, with the keys of the contract.
#[derive(Serialize)]
struct Object<'a> {
    time: String,
    actor: &'a str,
    account: &'a str,
    action: &'a str,
    subject: &'a str,
    before: &'a str,
    after: &'a str,
    credential: &'a str,
    address: &'a str,
    user_agent: &'a str,
}

/// Events as JSON, an object a line.
fn objects(records: &[AuditRecord]) -> Result<String, Error> {
    let mut text = String::new();
    for record in records {
        if !text.is_empty() {
            text.push_str(",\n");
        }
        let object = Object {
            time: record.time.rfc3339(),
            actor: &record.actor,
            account: &record.account,
            action: &record.action,
            subject: &record.subject,
            before: &record.before,
            after: &record.after,
            credential: &record.credential,
            address: &record.address,
            user_agent: &record.user_agent,
        };
        text.push_str(&serde_json::to_string(&object)?);
    }
    Ok(text)
}
