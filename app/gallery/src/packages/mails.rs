//! Who is told about a new version.

use super::publish::Written;
use super::publisher::may_know_person;
use super::rights::PublishRight;
use crate::actor::{Actor, Who};
use crate::audit::AuditEvent;
use crate::error::Error;
use crate::jobs::Job;
use crate::tx::Tx;
use crate::{mail, store};
use domain::account::{AccountKey, AccountKind};
use domain::links;
use schema::entity::account;

/// Mails every owner who wants to know, at the account's own address, and tells owners who are people in the
/// application. None of them learns more of the publisher than the package's page would tell them.
pub(super) async fn published(
    tx: &mut Tx,
    a: &Actor,
    right: &PublishRight,
    owners: &[account::Model],
    written: &Written,
    mut event: AuditEvent,
) -> Result<AuditEvent, Error> {
    let full = publisher_in_full(tx, a, right).await?;
    for owner in owners {
        let knows = may_know_person(tx.connection(), AccountKey(owner.id), right.row(), a.account()).await?;
        let publisher = if knows { &full } else { &right.row().name };
        if owner.notify_package_pushed
            && let Some(address) = &owner.email
        {
            let mail = mail::package::published(address, &owner.name, &written.id, &written.version, publisher);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
        if owner.kind == AccountKind::User.value() {
            event = event.telling(
                AccountKey(owner.id),
                format!("{publisher} published {} {}.", written.id, written.version),
                links::package_version(&written.id, &written.version),
            );
        }
    }
    Ok(event)
}

/// The person, or the organization with its key's name.
async fn publisher_in_full(tx: &Tx, a: &Actor, right: &PublishRight) -> Result<String, Error> {
    let account = match &a.who {
        Who::Person(person) => person.account,
        Who::Key(holder)
            if holder.account == right.account() && right.row().kind == AccountKind::Organization.value() =>
        {
            return Ok(format!("{} (key {})", right.row().name, holder.name));
        }
        Who::Key(holder) => holder.account,
        Who::Anonymous | Who::Operator | Who::System => return Ok("The operator of this site".to_owned()),
    };
    let mut names = store::accounts::names(tx.connection(), [account.0]).await?;
    Ok(names.remove(&account.0).unwrap_or_else(|| right.row().name.clone()))
}
