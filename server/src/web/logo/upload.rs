//! Logos on their way in: a form with the account's name and a file, from a live page or without script.

use crate::state::AppState;
use crate::web::failure;
use crate::web::form_answer::{Sent, lead_on};
use crate::web::negotiation::Reader;
use crate::web::upload::head::read_on;
use crate::web::visitor::Visitor;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::form::{Done, FieldErrors, UiError, UiErrorKind};
use domain::settings::{LOGO_BYTES, LogoField, LogoProblem};
use futures::StreamExt;
use gallery::logos;
use http::StatusCode;

/// Where the settings pages send a logo.
const LOGO: &str = "/upload/logo";

/// The field with the account's name; it stands before the file.
const ACCOUNT: &str = "account";

/// The field with the file.
const FILE: &str = "logo";

/// The largest form: a logo and what is around it. All of it is kept in memory.
const LARGEST: usize = LOGO_BYTES + (64 << 10);

/// How much of a refused form is read to its end: a browser that is still sending does not listen.
const READ_ON: u64 = 64 << 20;

/// The route of logos.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(LOGO, post(receive))
        .layer(DefaultBodyLimit::disable())
}

async fn receive(State(state): State<AppState>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers().clone();
    let result = take(&state, &visitor, request).await;
    match (Reader::of(&headers), result) {
        (Reader::Page, result) => {
            let sent = Sent {
                action: LOGO.to_owned(),
                form: String::new(),
                typed: Vec::new(),
                headers,
            };
            lead_on(&state, sent, result).await
        }
        (_, Ok(done)) => Json(done).into_response(),
        (_, Err(told)) => {
            let too_large = told
                .fields
                .iter()
                .any(|field| field.message == LogoProblem::TooLarge.to_string());
            let mut response = failure::answer(&state, &headers, &told);
            if too_large {
                *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            }
            response
        }
    }
}

async fn take(state: &AppState, visitor: &Visitor, request: Request) -> Result<Done, UiError> {
    let (parts, body) = request.into_parts();
    if !visitor.is_signed_in() {
        read_on(body, READ_ON).await;
        return Err(UiError::sign_in());
    }
    let bytes = collected(body).await?;
    let form = Multipart::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
    let (account, picture) = read(form.map_err(|_| incomplete())?).await?;
    logos::put(&state.gallery, &visitor.actor, &account, picture)
        .await
        .map_err(|error| failure::told(&error))?;
    Ok(Done::say("The logo is saved."))
}

/// The whole form, unless it is too large to hold a logo.
async fn collected(body: Body) -> Result<Bytes, UiError> {
    let mut kept = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| incomplete())?;
        if kept.len() + piece.len() > LARGEST {
            read_on(Body::from_stream(pieces), READ_ON).await;
            return Err(FieldErrors::one(LogoField::Logo, LogoProblem::TooLarge).into());
        }
        kept.extend_from_slice(&piece);
    }
    Ok(kept.into())
}

/// The account's name and the file.
async fn read(mut form: Multipart) -> Result<(String, Vec<u8>), UiError> {
    let mut account = None;
    while let Some(field) = form.next_field().await.map_err(|_| incomplete())? {
        match field.name() {
            Some(ACCOUNT) => account = Some(field.text().await.map_err(|_| incomplete())?),
            Some(FILE) => {
                let picture = field.bytes().await.map_err(|_| incomplete())?;
                return Ok((account.ok_or_else(incomplete)?, picture.to_vec()));
            }
            _ => {}
        }
    }
    Err(incomplete())
}

fn incomplete() -> UiError {
    UiError::new(
        UiErrorKind::Invalid,
        "The form is not complete. Reload the page and try again.",
    )
}
