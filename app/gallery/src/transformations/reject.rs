//! The named administrator does not want to become one.

use super::held::{Asked, asked};
use crate::Gallery;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::transformation::rejected;
use crate::store;
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use domain::transformation::RequestProblem;

/// Rejects the request of an account; returns its name as it is written.
///
/// # Errors
/// A conflict when the request is not there any more.
pub async fn reject(g: &Gallery, a: &Actor, account: &str) -> Result<String, Error> {
    let Asked {
        mut tx,
        authorized,
        account,
        request,
    } = asked(g, a, account).await?;
    if !store::transformations::decline(&tx, &authorized, &request).await? {
        return Err(Error::conflict(RequestProblem::Gone));
    }
    let administrator = &authorized.row().name;
    if let Some(to) = &account.email {
        let mail = rejected(to, &account.name, administrator);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let key = AccountKey(account.id);
    let event = AuditEvent::new(a, AuditAction::TransformationRejected, Subject::account(key))
        .on_behalf_of(key)
        .in_trail_of(authorized.account())
        .telling(
            key,
            format!("{administrator} does not want to become the administrator of your account."),
            links::transform(),
        );
    tx.commit(event).await?;
    Ok(account.name)
}
