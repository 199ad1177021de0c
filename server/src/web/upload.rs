//! Packages on their way in through the upload page.

pub(super) mod head;

use super::client::Client;
use super::failure;
use super::form_answer::{Sent, lead_on};
use super::negotiation::Reader;
use super::visitor::Visitor;
use crate::state::AppState;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::form::{Done, UiError, UiErrorKind};
use domain::links::LocalPath;
use domain::size::Bytes;
use domain::upload::DraftView;
use gallery::blobs::BlobProblem;
use gallery::uploads::{self, DraftLimits};
use http::{HeaderMap, StatusCode};

/// Where the upload page sends a file.
pub const UPLOAD: &str = "/upload/package";

/// The field with the file.
const FILE: &str = "package";

/// How much of a refused file is read to its end: a browser that is still sending does not listen.
const READ_ON: u64 = 64 << 20;

/// The route of uploads.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(UPLOAD, post(receive))
        .layer(DefaultBodyLimit::disable())
}

/// What became of a file.
struct Refused {
    status: StatusCode,
    told: UiError,
}

async fn receive(State(state): State<AppState>, visitor: Visitor, client: Client, request: Request) -> Response {
    let headers = request.headers().clone();
    let result = if visitor.is_signed_in() {
        let form = Multipart::from_request(request.map(head::bounded), &state).await;
        match form {
            Ok(form) => keep(&state, &visitor, &client, form).await,
            Err(_) => Err(incomplete()),
        }
    } else {
        head::read_on(request.into_body(), READ_ON).await;
        Err(Refused::new(UiError::sign_in()))
    };
    match (Reader::of(&headers), result) {
        (Reader::Page, result) => answer_plainly(&state, headers, result).await,
        (_, Ok(draft)) => Json(draft).into_response(),
        (_, Err(refused)) => {
            let mut response = failure::answer(&state, &headers, &refused.told);
            *response.status_mut() = refused.status;
            response
        }
    }
}

/// Leads back to the upload page, where the draft stands, or why there is none.
async fn answer_plainly(state: &AppState, headers: HeaderMap, result: Result<DraftView, Refused>) -> Response {
    let page = LocalPath::parse("/packages/manage/upload");
    let done = Done {
        next: page,
        ..Done::default()
    };
    let sent = Sent {
        action: UPLOAD.to_owned(),
        form: String::new(),
        typed: Vec::new(),
        headers,
    };
    lead_on(state, sent, result.map(|_| done).map_err(|refused| refused.told)).await
}

async fn keep(state: &AppState, visitor: &Visitor, client: &Client, mut form: Multipart) -> Result<DraftView, Refused> {
    // The file is all that the page's form has.
    let first = form.next_field().await.map_err(|_| broken_off())?;
    if let Some(mut field) = first.filter(|field| field.name() == Some(FILE)) {
        let file_name = field.file_name().unwrap_or_default().to_owned();
        if file_name.is_empty() {
            return Err(Refused::new(UiError::new(
                UiErrorKind::Invalid,
                "Choose a .nupkg file.",
            )));
        }
        let received = state
            .gallery
            .blobs()
            .receive(&mut field, state.config.limits.package_bytes)
            .await;
        let blob = match received {
            Ok(blob) => blob,
            Err(problem) => {
                read_on(field).await;
                return Err(Refused::because(&problem));
            }
        };
        let unlimited = state.config.development_identity && client.is_loopback();
        let limits = if unlimited { DraftLimits::Off } else { DraftLimits::Bind };
        let draft = uploads::receive(&state.gallery, &visitor.actor, &file_name, blob, limits).await;
        return draft.map_err(|error| Refused::new(failure::told(&error)));
    }
    Err(incomplete())
}

impl Refused {
    fn new(told: UiError) -> Self {
        let status = StatusCode::from_u16(told.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, told }
    }

    fn because(problem: &BlobProblem) -> Self {
        match problem {
            BlobProblem::TooLarge { limit } => {
                let message = format!("This file is larger than {}, the limit of this site.", Bytes(*limit));
                let told = UiError::new(UiErrorKind::Invalid, message);
                Self {
                    status: StatusCode::PAYLOAD_TOO_LARGE,
                    told,
                }
            }
            BlobProblem::BrokenOff => broken_off(),
            BlobProblem::Store(reason) => {
                tracing::error!(reason, "an upload cannot be kept");
                let message = "The file cannot be kept right now. Nothing was changed; try again soon.";
                Self::new(UiError::new(UiErrorKind::Unavailable, message))
            }
        }
    }
}

fn incomplete() -> Refused {
    Refused::new(UiError::new(
        UiErrorKind::Invalid,
        "There is no file in what was sent. Choose a .nupkg file.",
    ))
}

fn broken_off() -> Refused {
    Refused::new(UiError::new(
        UiErrorKind::Invalid,
        "The upload broke off. Upload the file again.",
    ))
}

async fn read_on(mut field: Field<'_>) {
    let mut read = 0;
    while let Ok(Some(chunk)) = field.chunk().await {
        read += chunk.len() as u64;
        if read > READ_ON {
            return;
        }
    }
}
