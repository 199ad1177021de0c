//! Makes a key: a person's own, or an organization's.

use super::mails;
use super::value::KeyValue;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, CreateKeyForAccount, ManageAccountKeys, state_of};
use crate::error::{Error, sentence};
use crate::store::api_keys::{MakesKeys, NewKey};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind, AccountName};
use domain::api_key::{ApiKeyField, ApiKeyForm, ApiKeyProblem, NewApiKey, same_key_name};
use domain::audit::AuditAction;
use domain::form::{FieldErrors, ShownOnce};
use domain::permission::{Denied, Glob, Scopes};
use schema::entity::account;

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
    let holder = tx.authorize_key::<ManageAccountKeys>(a, person).await?;
    let wanted = form.parse()?;
    let mut errors = FieldErrors::default();
    check_name(&tx, &holder, &wanted, &mut errors).await?;
    let owner = match owner_of(&tx, a, &holder, &wanted.owner).await? {
        Ok(owner) => {
            check_lifetime(owner.row(), &wanted, &mut errors);
            owner
        }
        Err(problem) => {
            errors.add(ApiKeyField::Owner, problem);
            return Err(errors.into());
        }
    };
    if !errors.is_empty() {
        return Err(errors.into());
    }
    write(&mut tx, &holder, &owner, Some(person), &wanted, &value).await?;
    mails::created(&mut tx, holder.row(), &wanted.name, owner.row()).await?;
    let event = created_event(a, owner.account(), &wanted).in_trail_of(person);
    tx.commit(event).await?;
    Ok(shown(wanted, &value))
}

/// Makes a key of an organization, which outlives every membership; the form's owner is the organization's name.
///
/// # Errors
/// Refusals at the fields of the form; [`Error::NotFound`] for everybody but members, [`Error::Denied`] for
/// collaborators, and when the organization is unconfirmed or locked.
pub async fn create_for_organization(g: &Gallery, a: &Actor, form: ApiKeyForm) -> Result<ShownOnce, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, &form.owner)?;
    let value = KeyValue::random(g.ids())?;
    let mut tx = g.begin().await?;
    let holder = tx.authorize::<ManageAccountKeys>(a, &name).await?.of_organization()?;
    let wanted = form.parse()?;
    let mut errors = FieldErrors::default();
    check_name(&tx, &holder, &wanted, &mut errors).await?;
    check_lifetime(holder.row(), &wanted, &mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let key = write(&mut tx, &holder, &holder, Some(person), &wanted, &value).await?;
    store::api_keys::note_viewer(&tx, &holder, key, person).await?;
    mails::created(&mut tx, holder.row(), &wanted.name, holder.row()).await?;
    tx.commit(created_event(a, holder.account(), &wanted)).await?;
    Ok(shown(wanted, &value))
}

fn shown(wanted: NewApiKey, value: &KeyValue) -> ShownOnce {
    ShownOnce {
        name: wanted.name,
        value: value.expose().to_owned(),
    }
}

/// The right to make keys or publishing policies for the chosen owner, or what is in the way, to be told at the field.
pub(crate) async fn owner_of(
    tx: &Tx,
    a: &Actor,
    holder: &Authorized<ManageAccountKeys>,
    wanted: &AccountName,
) -> Result<Result<Authorized<CreateKeyForAccount>, String>, Error> {
    let asked = if holder.row().name_key == wanted.key() {
        tx.authorize_key::<CreateKeyForAccount>(a, holder.account()).await
    } else {
        tx.authorize::<CreateKeyForAccount>(a, wanted).await
    };
    let problem = match asked {
        Ok(owner) => return Ok(Ok(owner)),
        Err(Error::NotFound | Error::Denied(Denied::NotAMember | Denied::Role)) => {
            ApiKeyProblem::ForeignOwner.to_string()
        }
        Err(Error::Denied(Denied::Unconfirmed)) => ApiKeyProblem::UnconfirmedOwner.to_string(),
        Err(Error::Denied(Denied::AccountLocked)) => sentence(Denied::AccountLocked).to_owned(),
        Err(Error::Policy { policy, .. }) => policy.sentence().to_owned(),
        Err(other) => return Err(other),
    };
    Ok(Err(problem))
}

/// Two keys of an account have different names, so that each can be revoked by its own. The asker holds the account.
pub(super) async fn check_name(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    wanted: &NewApiKey,
    errors: &mut FieldErrors<ApiKeyField>,
) -> Result<(), Error> {
    let names = store::api_keys::names_in_use(tx.connection(), holder.account()).await?;
    if names.iter().any(|name| same_key_name(name, &wanted.name)) {
        errors.add(ApiKeyField::Name, ApiKeyProblem::NameTaken);
    }
    Ok(())
}

/// A policy of the owner may ask for keys that live shorter.
pub(super) fn check_lifetime(owner: &account::Model, wanted: &NewApiKey, errors: &mut FieldErrors<ApiKeyField>) {
    if let Some(longest) = state_of(owner).longest_key_days
        && wanted.days > longest
    {
        errors.add(ApiKeyField::Days, ApiKeyProblem::TooLong(longest));
    }
}

/// Keeps a key, unless the account has too many; returns its number.
pub(super) async fn write(
    tx: &mut Tx,
    holder: &Authorized<ManageAccountKeys>,
    right: &impl MakesKeys,
    created_by: Option<AccountKey>,
    wanted: &NewApiKey,
    value: &KeyValue,
) -> Result<i64, Error> {
    if store::api_keys::count(tx.connection(), holder.account()).await? >= KEYS_OF_AN_ACCOUNT {
        return Err(Error::refuse(format!(
            "An account has at most {KEYS_OF_AN_ACCOUNT} API keys. Delete those that are not used any more."
        )));
    }
    debug_assert!(
        holder.row().kind == AccountKind::User.value() || holder.row().id == right.owner().id,
        "an organization's key pushes for itself"
    );
    let key = NewKey {
        account: holder.account(),
        created_by,
        name: &wanted.name,
        hash: value.hash(),
        scopes: wanted.scopes,
        globs: &wanted.globs,
        days: wanted.days,
    };
    store::api_keys::insert(tx, right, key).await
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
pub(crate) fn scopes_text(scopes: Scopes) -> String {
    scopes.labels().join(", ")
}

/// Patterns as the trail has them.
pub(crate) fn globs_text(globs: &[Glob]) -> String {
    let globs: Vec<&str> = globs.iter().map(Glob::as_str).collect();
    globs.join(" ")
}
