//! The page where a person says who they are.

use super::page::{self, Shown};
use super::request::{AuthorizationRequest, RequestProblem};
use super::token::Grant;
use super::{Development, PATH};
use crate::oauth::answer::{causes, see_other};
use axum::extract::{Form, Query, State};
use axum::response::Response;
use domain::form::{FieldMessage, UiError};
use gallery::{Error, development};
use http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

/// What the form sends beside the request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) verified: String,
    pub(super) second_factor: String,
}

/// What was wrong with what was typed.
pub(super) struct Refusal {
    pub(super) typed: Typed,
    pub(super) fields: Vec<FieldMessage>,
    pub(super) message: String,
}

/// The address of the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    refused: String,
    #[serde(flatten)]
    request: AuthorizationRequest,
}

/// The whole form.
#[derive(Deserialize)]
pub(super) struct Decision {
    #[serde(flatten)]
    request: AuthorizationRequest,
    #[serde(flatten)]
    typed: Typed,
}

/// `GET /dev/identity`
pub(super) async fn show(State(provider): State<Arc<Development>>, Query(address): Query<Address>) -> Response {
    if let Err(problem) = address.request.check(&provider) {
        return wrong_request(&provider, &address.request, problem);
    }
    let refusal = provider.refusals.take(&address.refused, provider.gallery.now());
    page::answer(
        &provider,
        StatusCode::OK,
        &Shown::Form {
            request: &address.request,
            refusal: refusal.as_ref(),
        },
    )
}

/// `POST /dev/identity`
pub(super) async fn decide(State(provider): State<Arc<Development>>, Form(decision): Form<Decision>) -> Response {
    let Decision { request, typed } = decision;
    if let Err(problem) = request.check(&provider) {
        return wrong_request(&provider, &request, problem);
    }
    match development::identity(&provider.gallery, &typed.name, Some(&typed.email)).await {
        Ok(person) => {
            let grant = Grant {
                subject: person.subject,
                name: person.name,
                email: person.email,
                email_verified: typed.verified == "on",
                second_factor: typed.second_factor == "on",
                nonce: request.nonce.clone(),
                code_challenge: request.code_challenge.clone(),
            };
            match provider
                .grants
                .keep(grant, provider.gallery.now(), provider.gallery.ids())
            {
                Ok(code) => see_other(&request.answer(&provider, "code", code.expose())),
                Err(error) => broken(&provider, &error.into()),
            }
        }
        Err(Error::Refused(refused)) => refuse(&provider, &request, typed, refused),
        Err(error) => broken(&provider, &error),
    }
}

/// Leads back to the page, which says what is wrong: the address holds nothing that was typed.
fn refuse(provider: &Development, request: &AuthorizationRequest, typed: Typed, refused: UiError) -> Response {
    let refusal = Refusal {
        typed,
        fields: refused.fields,
        message: refused.message,
    };
    match provider
        .refusals
        .keep(refusal, provider.gallery.now(), provider.gallery.ids())
    {
        Ok(name) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query
                .extend_pairs(request.fields())
                .append_pair("refused", name.expose());
            see_other(&format!("{PATH}?{}", query.finish()))
        }
        Err(error) => broken(provider, &error.into()),
    }
}

fn wrong_request(provider: &Development, request: &AuthorizationRequest, problem: RequestProblem) -> Response {
    match problem {
        RequestProblem::NotAsked => page::answer(provider, StatusCode::OK, &Shown::NotAsked),
        RequestProblem::Stranger => page::answer(provider, StatusCode::BAD_REQUEST, &Shown::Stranger),
        RequestProblem::Told(error) => see_other(&request.answer(provider, "error", error)),
    }
}

fn broken(provider: &Development, error: &Error) -> Response {
    tracing::error!(error = %causes(error), "the development identity failed");
    let told = UiError::from(error);
    let status = StatusCode::from_u16(told.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    page::answer(provider, status, &Shown::Broken(&told.message))
}
