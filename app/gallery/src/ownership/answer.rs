//! Accepts or rejects a request to own a package: whoever may answer for the account that is asked does.

use super::owners_changed;
use super::remove::cancel_requests_of;
use super::tell;
use crate::accounts::{acting_person, name_of};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AnswerOwnershipRequest, Authorized, Hold, account_by_key};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::ownership::{accepted, added, rejected, removed};
use crate::store::ownership_requests::Answered;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use domain::ownership::{MOST_OWNERS, OwnershipProblem};
use domain::permission::Denied;
use schema::entity::{account, package};

/// Accepts: the account owns the package, and whom it was to replace does not any more. Returns the package's id and the
/// owner's name.
///
/// # Errors
/// A conflict when the request is not there any more; [`Error::NotFound`] for strangers, [`Error::Denied`] for
/// collaborators and where somebody or the package is locked; a refusal when the package has too many owners.
pub async fn accept(g: &Gallery, a: &Actor, request: i64) -> Result<(String, String), Error> {
    let mut tx = g.begin().await?;
    let asked = asked(&tx, a, request).await?;
    let owners = store::owners::of_package(tx.connection(), asked.package.id).await?;
    let key = asked.authorized.account();
    let replaced = asked.answered.request().replaces_id;
    let replaced = owners.iter().find(|owner| Some(owner.id) == replaced).cloned();
    if owners.iter().any(|owner| owner.id == key.0) {
        return Err(Error::conflict(OwnershipProblem::AlreadyOwner));
    }
    if owners.len() >= MOST_OWNERS && replaced.is_none() {
        return Err(Error::refuse(OwnershipProblem::TooManyOwners));
    }
    store::owners::join(&tx, &asked.answered, &asked.package).await?;
    let mut events = vec![accept_event(&mut tx, a, &asked, &owners).await?];
    if let Some(replaced) = replaced {
        store::owners::give_way(&tx, &asked.answered, AccountKey(replaced.id)).await?;
        events.extend(give_way(&mut tx, a, &asked, &owners, &replaced).await?);
    }
    owners_changed(&tx, asked.package.id).await?;
    tx.commit_all(events).await?;
    g.feed().changed(&asked.package.id_key);
    Ok((asked.package.name, asked.authorized.row().name.clone()))
}

/// Rejects: nothing changes but that whoever asked is told. Returns the package's id and the name of who was asked.
///
/// # Errors
/// As [`accept`], but for the owners.
pub async fn reject(g: &Gallery, a: &Actor, request: i64) -> Result<(String, String), Error> {
    let mut tx = g.begin().await?;
    let asked = asked(&tx, a, request).await?;
    let (id, owner) = (asked.package.name.clone(), asked.authorized.row().name.clone());
    let event = about(a, AuditAction::OwnershipRejected, &asked);
    let text = format!("{owner} does not want to own {id}.");
    let event = tell_requester(&mut tx, &asked, event, &text, |to| rejected(to, &owner, &id)).await?;
    tx.commit(event).await?;
    Ok((id, owner))
}

/// A request that is being answered, in the transaction that holds the package.
struct Answering {
    authorized: Authorized<AnswerOwnershipRequest>,
    package: package::Model,
    answered: Answered,
}

async fn asked(tx: &Tx, a: &Actor, key: i64) -> Result<Answering, Error> {
    acting_person(a)?;
    let gone = || Error::conflict(OwnershipProblem::NoRequest);
    let request = store::ownership_requests::find(tx, key).await?.ok_or_else(gone)?;
    let package = store::packages::lock_number(tx, request.package_id)
        .await?
        .ok_or_else(gone)?;
    // Whoever held the package before may have answered or withdrawn it.
    let request = store::ownership_requests::find(tx, key).await?.ok_or_else(gone)?;
    let authorized = tx
        .authorize_key::<AnswerOwnershipRequest>(a, AccountKey(request.new_owner_id))
        .await?;
    if package.locked {
        return Err(Denied::PackageLocked.into());
    }
    let answered = store::ownership_requests::answer(tx, &authorized, request).await?;
    Ok(Answering {
        authorized,
        package,
        answered,
    })
}

fn about(a: &Actor, action: AuditAction, asked: &Answering) -> AuditEvent {
    let key = asked.authorized.account();
    AuditEvent::new(a, action, Subject::owner(key, asked.package.name.as_str()))
        .on_behalf_of(key)
        .in_trail_of(AccountKey(asked.answered.request().on_behalf_of))
}

async fn accept_event(
    tx: &mut Tx,
    a: &Actor,
    asked: &Answering,
    owners: &[account::Model],
) -> Result<AuditEvent, Error> {
    let (id, target) = (&asked.package.name, asked.authorized.row());
    let by = name_of(tx.connection(), a).await?;
    let mut all = owners.to_vec();
    all.push(target.clone());
    tell::each(tx, &all, |to, reader| added(to, &reader.name, &by, &target.name, id)).await?;
    let text = format!("{} is now an owner of {id}.", target.name);
    let event = tell::in_trails(about(a, AuditAction::OwnershipAccepted, asked), owners);
    let event = tell_requester(tx, asked, event, &text, |to| accepted(to, &target.name, id)).await?;
    Ok(tell::in_application(event, &all, &text, &links::package(id)))
}

/// The owner that the new one replaces has gone.
async fn give_way(
    tx: &mut Tx,
    a: &Actor,
    asked: &Answering,
    owners: &[account::Model],
    replaced: &account::Model,
) -> Result<Vec<AuditEvent>, Error> {
    let id = &asked.package.name;
    let by = name_of(tx.connection(), a).await?;
    tell::each(tx, owners, |to, reader| {
        removed(to, &reader.name, &by, &replaced.name, id)
    })
    .await?;
    let mut events = cancel_requests_of(tx, a, &asked.package, AccountKey(replaced.id)).await?;
    let key = asked.authorized.account();
    let event = AuditEvent::new(a, AuditAction::OwnershipMoved, Subject::owner(key, id.as_str()))
        .on_behalf_of(AccountKey(replaced.id))
        .in_trail_of(key);
    let people = tell::people_of(tx, replaced).await?;
    let text = format!(
        "{id} has moved from {} to {}.",
        replaced.name,
        asked.authorized.row().name
    );
    let event = tell::in_trails(event, owners);
    events.push(tell::in_application(event, &people, &text, &links::package(id)));
    Ok(events)
}

async fn tell_requester(
    tx: &mut Tx,
    asked: &Answering,
    event: AuditEvent,
    text: &str,
    mail: impl Fn(&str) -> crate::mail::Mail,
) -> Result<AuditEvent, Error> {
    let requester = AccountKey(asked.answered.request().requested_by);
    let Some(requester) = account_by_key(tx.connection(), requester, Hold::No).await? else {
        return Ok(event);
    };
    if let Some(to) = &requester.email {
        tx.after_commit(&Job::Mail(mail(to))).await?;
    }
    let link = links::manage_package(&asked.package.name);
    Ok(event.telling(AccountKey(requester.id), text, link))
}
