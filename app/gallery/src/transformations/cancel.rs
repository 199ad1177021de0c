//! The account takes its request back.

use super::held::hold;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, ManageAccount, account_by_key};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::transformation::cancelled;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use domain::transformation::RequestProblem;

/// Takes the request of the person's own account back; returns the name of the administrator who was asked.
///
/// # Errors
/// A conflict when nothing waits any more.
pub async fn cancel(g: &Gallery, a: &Actor) -> Result<String, Error> {
    let person = acting_person(a)?;
    let gone = || Error::conflict(RequestProblem::Gone);
    let mut tx = g.begin().await?;
    let asked = store::transformations::unanswered(tx.connection(), person).await?;
    let asked: Vec<AccountKey> = asked.iter().map(|row| AccountKey(row.administrator_id)).collect();
    hold(&tx, person, &asked).await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    let request = store::transformations::unanswered(tx.connection(), person)
        .await?
        .ok_or_else(gone)?;
    if !store::transformations::withdraw(&tx, &authorized).await? {
        return Err(gone());
    }
    let key = AccountKey(request.administrator_id);
    let administrator = account_by_key(tx.connection(), key, Hold::No).await?;
    let account = &authorized.row().name;
    if let Some(to) = administrator.as_ref().and_then(|row| row.email.as_deref()) {
        tx.after_commit(&Job::Mail(cancelled(to, account))).await?;
    }
    let event = AuditEvent::new(a, AuditAction::TransformationCancelled, Subject::account(key))
        .on_behalf_of(person)
        .in_trail_of(key)
        .telling(
            key,
            format!("{account} does not ask you to become its administrator any more."),
            links::manage_organizations(),
        );
    tx.commit(event).await?;
    Ok(administrator.map(|row| row.name).unwrap_or_default())
}
