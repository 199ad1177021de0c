//! Takes an owner away from a package.

use super::owners_changed;
use super::right::{Managed, manage};
use super::tell;
use crate::accounts::name_of;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, account_by_key};
use crate::error::Error;
use crate::mail::ownership::{cancelled, removed};
use crate::prefixes::{holds_prefix_of, may_act_for_holder};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::form::{UiError, UiErrorKind};
use domain::links;
use domain::ownership::OwnershipProblem;
use schema::entity::package;

/// Removes an owner, oneself or one's organization too; returns the name as it is written. What was asked on that owner's
/// behalf is withdrawn.
///
/// # Errors
/// [`Error::NotFound`] for strangers, [`Error::Denied`] for collaborators; a conflict when it is the only owner or none
/// any more; a refusal when the owner holds the reserved prefix and the actor may not act for anybody who does.
pub async fn remove(g: &Gallery, a: &Actor, id: &str, owner: &str) -> Result<String, Error> {
    let mut tx = g.begin().await?;
    let Managed { right, owners } = manage(&tx, a, id).await?;
    let package = right.package().clone();
    let name = AccountName::parse(owner).map_err(|_| Error::conflict(OwnershipProblem::NotAnOwner))?;
    let target = owners
        .iter()
        .find(|row| row.name.eq_ignore_ascii_case(name.as_str()))
        .cloned()
        .ok_or_else(|| Error::conflict(OwnershipProblem::NotAnOwner))?;
    if owners.len() < 2 {
        return Err(Error::conflict(OwnershipProblem::OnlyOwner));
    }
    let key = AccountKey(target.id);
    if holds_prefix_of(tx.connection(), &package.id_key, key).await?
        && !may_act_for_holder(&tx, a, &package.id_key).await?
    {
        let sentence = OwnershipProblem::HoldsPrefix.to_string();
        return Err(Error::Refused(UiError::new(UiErrorKind::Forbidden, sentence)));
    }
    store::owners::remove(&tx, &right, key).await?;
    let mut events = cancel_requests_of(&mut tx, a, &package, key).await?;
    owners_changed(&tx, package.id).await?;
    let by = name_of(tx.connection(), a).await?;
    tell::each(&mut tx, &owners, |to, reader| {
        removed(to, &reader.name, &by, &target.name, &package.name)
    })
    .await?;
    let event = AuditEvent::new(
        a,
        AuditAction::OwnershipRemoved,
        Subject::owner(key, package.name.as_str()),
    )
    .on_behalf_of(right.on_behalf.account());
    let event = tell::in_trails(event, &owners);
    let mut people = tell::people_of(&tx, &target).await?;
    people.extend(owners);
    let text = format!("{} does not own {} any more.", target.name, package.name);
    events.push(tell::in_application(
        event,
        &people,
        &text,
        &links::package(&package.name),
    ));
    tx.commit_all(events).await?;
    g.feed().changed(&package.id_key);
    Ok(target.name)
}

/// Withdraws what was asked on behalf of an owner who has gone; whoever was asked is told. Returns the events.
pub(super) async fn cancel_requests_of(
    tx: &mut Tx,
    a: &Actor,
    package: &package::Model,
    gone: AccountKey,
) -> Result<Vec<AuditEvent>, Error> {
    let id = &package.name;
    let mut events = Vec::new();
    for request in store::ownership_requests::settle(tx, package.id, None, Some(gone)).await? {
        let asked = AccountKey(request.new_owner_id);
        let mut event = AuditEvent::new(a, AuditAction::OwnershipCancelled, Subject::owner(asked, id.as_str()))
            .on_behalf_of(gone)
            .in_trail_of(asked);
        if let Some(target) = account_by_key(tx.connection(), asked, Hold::No).await? {
            let people = tell::people_of(tx, &target).await?;
            tell::each(tx, &people, |to, _| cancelled(to, &target.name, id)).await?;
            let text = format!("{} is not asked to own {id} any more.", target.name);
            event = tell::in_application(event, &people, &text, &links::package(id));
        }
        events.push(event);
    }
    Ok(events)
}
