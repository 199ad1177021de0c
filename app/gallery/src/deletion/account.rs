//! Deletes a person's own account.

use super::blockers::account_blockers;
use super::farewell;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::membership::{Reader, removed};
use crate::store::blockers::Belonging;
use crate::tx::Tx;
use crate::{Gallery, mail, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;

/// Deletes the account of the person who asks; returns its name. Memberships end, keys and sessions stop with the next
/// request; what was published stays. The name is free again only if its address was never confirmed.
///
/// # Errors
/// A conflict with a [`domain::deletion::DeletionProblem`] while something stands in the way;
/// [`Error::Denied`] when the account is locked.
pub async fn delete_account(g: &Gallery, a: &Actor) -> Result<String, Error> {
    let person = acting_person(a)?;
    let mut tx = g.begin().await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    // The person first, then organizations, then packages: whoever holds several holds them in this order.
    store::deletion::hold_organizations(&tx, &authorized).await?;
    store::deletion::hold_packages(&tx, &authorized).await?;
    let row = authorized.row();
    if let Some(problem) = account_blockers(tx.connection(), row).await?.problem() {
        return Err(Error::conflict(problem));
    }
    let deleted = AuditEvent::new(a, AuditAction::AccountDeleted, Subject::account(person)).on_behalf_of(person);
    let mut events = vec![farewell::to_partners(&tx, &authorized, deleted).await?];
    for belonging in store::blockers::belongings(tx.connection(), person).await? {
        events.push(leave(&mut tx, a, &authorized, &belonging).await?);
    }
    let changed = farewell::to_packages(&mut tx, a, &authorized, &mut events).await?;
    if let Some(to) = &row.email {
        let mail = mail::deletion::account(to, &row.name);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    store::deletion::remove_belongings(&tx, &authorized).await?;
    store::deletion::retire(&tx, &authorized).await?;
    tx.commit_all(events).await?;
    farewell::forget(g, &changed);
    Ok(authorized.row().name.clone())
}

/// The organization's trail and its own address are told as if the person had left.
async fn leave(
    tx: &mut Tx,
    a: &Actor,
    person: &Authorized<ManageAccount>,
    belonging: &Belonging,
) -> Result<AuditEvent, Error> {
    let organization = AccountKey(belonging.organization);
    if let Some(to) = store::accounts::person(tx, organization).await?.email {
        let mail = removed(&to, Reader::Organization, &person.row().name, &belonging.name);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    Ok(
        AuditEvent::new(a, AuditAction::MemberLeft, Subject::account(person.account()))
            .on_behalf_of(organization)
            .before(&belonging.role),
    )
}
