//! Who is told about owners, in the application and by mail.

use crate::audit::AuditEvent;
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::Mail;
use crate::store;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind};
use domain::links::LocalPath;
use schema::entity::account;

/// The people who answer for an account: itself, or the administrators of an organization.
pub(super) async fn people_of(tx: &Tx, account: &account::Model) -> Result<Vec<account::Model>, Error> {
    if account.kind == AccountKind::Organization.value() {
        store::accounts::administrators_of(tx.connection(), AccountKey(account.id)).await
    } else {
        Ok(vec![account.clone()])
    }
}

/// Sends each of the accounts a mail to its own address; one that has confirmed none gets none.
pub(super) async fn each(
    tx: &mut Tx,
    accounts: &[account::Model],
    mail: impl Fn(&str, &account::Model) -> Mail,
) -> Result<(), Error> {
    for account in accounts {
        if let Some(to) = &account.email {
            tx.after_commit(&Job::Mail(mail(to, account))).await?;
        }
    }
    Ok(())
}

/// Tells people in the application.
pub(super) fn in_application(event: AuditEvent, people: &[account::Model], text: &str, link: &LocalPath) -> AuditEvent {
    people
        .iter()
        .filter(|person| person.kind == AccountKind::User.value())
        .fold(event, |event, person| {
            event.telling(AccountKey(person.id), text, link.clone())
        })
}

/// The event stands in the trail of each of the accounts.
pub(super) fn in_trails(event: AuditEvent, accounts: &[account::Model]) -> AuditEvent {
    accounts
        .iter()
        .fold(event, |event, account| event.in_trail_of(AccountKey(account.id)))
}
