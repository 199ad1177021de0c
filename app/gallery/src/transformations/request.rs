//! Asks somebody to become the administrator of the organization that an account wants to be.

use super::held::hold;
use super::obstacle::obstacle;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, Hold, ManageAccount, account_by_key, account_by_name};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::transformation::{cancelled, received, requested};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind};
use domain::audit::AuditAction;
use domain::links;
use domain::transformation::{AdministratorProblem, TransformField, TransformForm};
use schema::entity::account;

/// Whether the request could be sent as the form says; returns the administrator's name as it is written.
///
/// # Errors
/// A refusal at the field `administrator`, or what else is in the way.
pub async fn check(g: &Gallery, a: &Actor, form: &TransformForm) -> Result<String, Error> {
    let Prepared { administrator, .. } = prepare(g, a, form).await?;
    let administrator = administrator.map_err(|problem| Error::field(TransformField::Administrator, problem))?;
    Ok(administrator.name)
}

/// Sends the request, in the place of an earlier one; returns the administrator's name as it is written. The account stays
/// signed in and can take it back until it is accepted.
///
/// # Errors
/// A refusal that says what is in the way.
pub async fn request(g: &Gallery, a: &Actor, form: &TransformForm) -> Result<String, Error> {
    let Prepared {
        mut tx,
        authorized,
        administrator,
    } = prepare(g, a, form).await?;
    let administrator = administrator.map_err(Error::refuse)?;
    let account = authorized.row();
    let (key, named) = (authorized.account(), AccountKey(administrator.id));
    let mut events = Vec::new();
    let before = store::transformations::unanswered(tx.connection(), key).await?;
    if let Some(before) = before.filter(|before| before.administrator_id != named.0) {
        events.push(replaced(&mut tx, a, account, AccountKey(before.administrator_id)).await?);
    }
    store::transformations::ask(&tx, &authorized, named).await?;
    let to_administrator = administrator.email.as_deref().map(|to| requested(to, &account.name));
    let to_account = account
        .email
        .as_deref()
        .map(|to| received(to, &account.name, &administrator.name));
    for mail in [to_administrator, to_account].into_iter().flatten() {
        g.throttle().mail(g, &a.origin, &mail)?;
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let sentence = format!("{} asks you to become its administrator.", account.name);
    events.push(
        AuditEvent::new(a, AuditAction::TransformationRequested, Subject::account(named))
            .on_behalf_of(key)
            .in_trail_of(named)
            .telling(named, sentence, links::manage_organizations()),
    );
    tx.commit_all(events).await?;
    Ok(administrator.name)
}

/// Tells whoever was asked before that the question is gone; returns the event.
async fn replaced(tx: &mut Tx, a: &Actor, account: &account::Model, before: AccountKey) -> Result<AuditEvent, Error> {
    let event = AuditEvent::new(a, AuditAction::TransformationCancelled, Subject::account(before))
        .on_behalf_of(AccountKey(account.id))
        .in_trail_of(before);
    let Some(person) = account_by_key(tx.connection(), before, Hold::No).await? else {
        return Ok(event);
    };
    if let Some(to) = &person.email {
        tx.after_commit(&Job::Mail(cancelled(to, &account.name))).await?;
    }
    let sentence = format!(
        "{} does not ask you to become its administrator any more.",
        account.name
    );
    Ok(event.telling(before, sentence, links::manage_organizations()))
}

/// Everything that a request needs, with both accounts held.
struct Prepared {
    tx: Tx,
    authorized: Authorized<ManageAccount>,
    administrator: Result<account::Model, AdministratorProblem>,
}

async fn prepare(g: &Gallery, a: &Actor, form: &TransformForm) -> Result<Prepared, Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    let named = match form.administrator() {
        Ok(name) => account_by_name(tx.connection(), &name, Hold::No)
            .await?
            .ok_or(AdministratorProblem::Unknown),
        Err(problem) => Err(problem),
    };
    let before = store::transformations::unanswered(tx.connection(), person).await?;
    let named_key = named.as_ref().ok().map(|named| AccountKey(named.id));
    let before = before.map(|before| AccountKey(before.administrator_id));
    let others: Vec<AccountKey> = named_key.into_iter().chain(before).collect();
    hold(&tx, person, &others).await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    if let Some(obstacle) = obstacle(tx.connection(), authorized.row(), tx.now()).await? {
        return Err(Error::refuse(obstacle));
    }
    let administrator = match (named, named_key) {
        (Ok(_), Some(key)) => fit(&tx, person, key).await?,
        (Err(problem), _) => Err(problem),
        (Ok(_), None) => Err(AdministratorProblem::Unknown),
    };
    Ok(Prepared {
        tx,
        authorized,
        administrator,
    })
}

/// Whether the account of a key, which is held, can become an administrator.
async fn fit(
    tx: &Tx,
    person: AccountKey,
    key: AccountKey,
) -> Result<Result<account::Model, AdministratorProblem>, Error> {
    let Some(named) = account_by_key(tx.connection(), key, Hold::Shared).await? else {
        return Ok(Err(AdministratorProblem::Unknown));
    };
    Ok(if key == person {
        Err(AdministratorProblem::Oneself)
    } else if named.kind == AccountKind::Organization.value() {
        Err(AdministratorProblem::Organization)
    } else if named.email.is_none() {
        Err(AdministratorProblem::Unconfirmed)
    } else if named.locked {
        Err(AdministratorProblem::Locked)
    } else {
        Ok(named)
    })
}
