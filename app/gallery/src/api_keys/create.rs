//! Makes a key.

use super::mails;
use super::value::KeyValue;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, CreateKeyForAccount};
use crate::error::Error;
use crate::store::api_keys::NewKey;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::api_key::{ApiKeyField, ApiKeyForm, ApiKeyProblem, NewApiKey};
use domain::audit::AuditAction;
use domain::form::ShownOnce;
use domain::permission::{Denied, Glob, Scopes};

/// The most keys an account may have, those that ended included.
pub const KEYS_OF_AN_ACCOUNT: u64 = 500;

/// Makes a personal key; its value is in the answer and nowhere else.
///
/// # Errors
/// Refusals at the fields of the form; [`Error::Denied`] when the person is unconfirmed or locked.
pub async fn create(g: &Gallery, a: &Actor, form: ApiKeyForm) -> Result<ShownOnce, Error> {
    let person = acting_person(a)?;
    let value = KeyValue::random(g.ids())?;
    let mut tx = g.begin().await?;
    let own = tx.authorize_key::<CreateKeyForAccount>(a, person).await?;
    let wanted = form.parse()?;
    let owner = owner_of(&tx, a, own, &wanted).await?;
    write(&mut tx, &owner, person, Some(person), &wanted, &value).await?;
    mails::created(&mut tx, person, &wanted.name, owner.row()).await?;
    let event = created_event(a, owner.account(), &wanted).in_trail_of(person);
    tx.commit(event).await?;
    Ok(ShownOnce {
        name: wanted.name,
        value: value.expose().to_owned(),
    })
}

/// The right to make keys for the chosen owner; what is in the way is told at the field.
async fn owner_of(
    tx: &Tx,
    a: &Actor,
    own: Authorized<CreateKeyForAccount>,
    wanted: &NewApiKey,
) -> Result<Authorized<CreateKeyForAccount>, Error> {
    if own.row().name_key == wanted.owner.key() {
        return Ok(own);
    }
    tx.authorize::<CreateKeyForAccount>(a, &wanted.owner)
        .await
        .map_err(|error| match error {
            Error::NotFound | Error::Denied(Denied::NotAMember | Denied::Role) => {
                Error::field(ApiKeyField::Owner, ApiKeyProblem::ForeignOwner)
            }
            Error::Denied(Denied::Unconfirmed) => Error::field(ApiKeyField::Owner, ApiKeyProblem::UnconfirmedOwner),
            Error::Denied(Denied::AccountLocked) => {
                Error::field(ApiKeyField::Owner, crate::error::sentence(Denied::AccountLocked))
            }
            other => other,
        })
}

/// Keeps a key, unless the account has too many.
pub(super) async fn write(
    tx: &mut Tx,
    owner: &Authorized<CreateKeyForAccount>,
    account: AccountKey,
    created_by: Option<AccountKey>,
    wanted: &NewApiKey,
    value: &KeyValue,
) -> Result<(), Error> {
    if store::api_keys::count(tx.connection(), account).await? >= KEYS_OF_AN_ACCOUNT {
        return Err(Error::refuse(format!(
            "An account has at most {KEYS_OF_AN_ACCOUNT} API keys. Delete those that are not used any more."
        )));
    }
    let key = NewKey {
        account,
        created_by,
        name: &wanted.name,
        hash: value.hash(),
        scopes: wanted.scopes,
        globs: &wanted.globs,
        days: wanted.days,
    };
    store::api_keys::insert(tx, owner, key).await?;
    Ok(())
}

pub(super) fn created_event(a: &Actor, owner: AccountKey, wanted: &NewApiKey) -> AuditEvent {
    AuditEvent::new(a, AuditAction::ApiKeyCreated, Subject::text(&wanted.name))
        .on_behalf_of(owner)
        .after(format!(
            "{}; {}; {} days",
            scopes_text(wanted.scopes),
            globs_text(&wanted.globs),
            wanted.days
        ))
}

/// Scopes as the trail has them: `push, unlist`.
fn scopes_text(scopes: Scopes) -> String {
    scopes.labels().join(", ")
}

/// Patterns as the trail has them.
pub(super) fn globs_text(globs: &[Glob]) -> String {
    let globs: Vec<&str> = globs.iter().map(Glob::as_str).collect();
    globs.join(" ")
}
