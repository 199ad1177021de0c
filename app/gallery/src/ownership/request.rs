//! Adds an owner: at once where the actor may accept for them, else by asking.

use super::owners_changed;
use super::right::{Managed, manage};
use super::tell;
use crate::accounts::{acting_person, name_of};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AnswerOwnershipRequest, Hold, account_by_name};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::ownership::{Wish, added, requested};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::links;
use domain::ownership::{MOST_OWNERS, MOST_REQUESTS, NewOwnerField, OwnershipProblem, check_new_owner};
use schema::entity::account;

/// Who is to own a package, and whether they do already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOwner {
    /// The name as it is written.
    pub name: String,
    /// What came of it.
    pub asked: Asked,
}

/// Whether somebody had to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// They own the package now.
    Added,
    /// They are asked.
    Requested,
}

/// Adds an owner to a package.
///
/// # Errors
/// [`Error::NotFound`] for strangers, [`Error::Denied`] for collaborators; refusals at the field.
pub async fn add(g: &Gallery, a: &Actor, id: &str, owner: &str) -> Result<NewOwner, Error> {
    let mut tx = g.begin().await?;
    let managed = manage(&tx, a, id).await?;
    let name = check_new_owner(owner)?;
    let target = new_owner(&tx, &name).await?;
    let id_key = managed.right.package().id_key.clone();
    if managed.owners.iter().any(|owner| owner.id == target.id) {
        return Err(at_field(OwnershipProblem::AlreadyOwner));
    }
    if managed.owners.len() >= MOST_OWNERS {
        return Err(at_field(OwnershipProblem::TooManyOwners));
    }
    let asked = may_accept(&tx, a, AccountKey(target.id)).await?;
    let event = match asked {
        Asked::Added => add_at_once(&mut tx, a, managed, &target).await?,
        Asked::Requested => ask(g, &mut tx, a, managed, &target).await?,
    };
    tx.commit(event).await?;
    g.feed().changed(&id_key);
    Ok(NewOwner {
        name: target.name,
        asked,
    })
}

/// The account that is to own packages.
///
/// # Errors
/// At the field: nobody has the name, or whoever has it is not confirmed or is locked.
pub(super) async fn new_owner(tx: &Tx, name: &AccountName) -> Result<account::Model, Error> {
    let target = account_by_name(tx.connection(), name, Hold::Shared)
        .await?
        .ok_or_else(|| at_field(OwnershipProblem::UnknownAccount))?;
    if target.email.is_none() {
        return Err(at_field(OwnershipProblem::Unconfirmed));
    }
    if target.locked {
        return Err(at_field(OwnershipProblem::Locked));
    }
    Ok(target)
}

/// Whether the actor could accept for an account, and so need not ask.
pub(super) async fn may_accept(tx: &Tx, a: &Actor, target: AccountKey) -> Result<Asked, Error> {
    match tx.authorize_key::<AnswerOwnershipRequest>(a, target).await {
        Ok(_) => Ok(Asked::Added),
        Err(Error::NotFound | Error::Denied(_) | Error::Policy { .. }) => Ok(Asked::Requested),
        Err(error) => Err(error),
    }
}

async fn add_at_once(tx: &mut Tx, a: &Actor, managed: Managed, target: &account::Model) -> Result<AuditEvent, Error> {
    let Managed { right, mut owners } = managed;
    let key = AccountKey(target.id);
    let id = right.package().name.clone();
    store::owners::add(tx, &right, key).await?;
    store::ownership_requests::settle(tx, right.package().id, Some(key), None).await?;
    owners_changed(tx, right.package().id).await?;
    owners.push(target.clone());
    let by = name_of(tx.connection(), a).await?;
    tell::each(tx, &owners, |to, reader| {
        added(to, &reader.name, &by, &target.name, &id)
    })
    .await?;
    let event = AuditEvent::new(a, AuditAction::OwnershipAdded, Subject::owner(key, id.as_str()))
        .on_behalf_of(right.on_behalf.account());
    let text = format!("{} is now an owner of {id}.", target.name);
    let event = tell::in_application(tell::in_trails(event, &owners), &owners, &text, &links::package(&id));
    Ok(event)
}

async fn ask(
    g: &Gallery,
    tx: &mut Tx,
    a: &Actor,
    managed: Managed,
    target: &account::Model,
) -> Result<AuditEvent, Error> {
    let Managed { right, owners } = managed;
    let key = AccountKey(target.id);
    let id = right.package().name.clone();
    refuse_requests(tx, right.package().id, &id, key).await?;
    store::ownership_requests::insert(tx, &right, key, acting_person(a)?, None).await?;
    let by = name_of(tx.connection(), a).await?;
    let ids = [id.clone()];
    let wish = Wish {
        by: &by,
        owner: &target.name,
        ids: &ids,
        replaces: None,
    };
    let people = tell::people_of(tx, target).await?;
    for person in &people {
        if let Some(to) = &person.email {
            let mail = requested(to, &wish);
            g.throttle().mail(g, &a.origin, &mail)?;
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    let event = AuditEvent::new(a, AuditAction::OwnershipRequested, Subject::owner(key, id.as_str()))
        .on_behalf_of(right.on_behalf.account())
        .in_trail_of(key);
    let event = tell::in_trails(event, &owners);
    Ok(tell::in_application(
        event,
        &people,
        &wish.sentence(),
        &links::manage_packages(),
    ))
}

/// Who is asked already is not asked again, and not too many at once are.
pub(super) async fn refuse_requests(tx: &Tx, package: i64, id: &str, target: AccountKey) -> Result<(), Error> {
    let waiting = store::ownership_requests::of_package(tx.connection(), package).await?;
    if waiting.iter().any(|request| request.new_owner_id == target.0) {
        return Err(at_field(OwnershipProblem::AlreadyAsked(id.to_owned())));
    }
    if waiting.len() >= MOST_REQUESTS {
        return Err(at_field(OwnershipProblem::TooManyRequests(id.to_owned())));
    }
    Ok(())
}

pub(super) fn at_field(problem: OwnershipProblem) -> Error {
    Error::field(NewOwnerField::Owner, problem)
}
