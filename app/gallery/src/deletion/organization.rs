//! Deletes an organization: its last member does.

use super::blockers::organization_blockers;
use super::farewell;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::invitation::cancelled;
use crate::tx::Tx;
use crate::{Gallery, mail, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;

/// Deletes an organization; returns its name. Whoever was invited is told; what was published for it stays. The name is
/// free again only if its address was never confirmed.
///
/// # Errors
/// A conflict with a [`domain::deletion::DeletionProblem`] while something stands in the way; [`Error::Denied`] for
/// collaborators and when the organization is locked; [`Error::NotFound`] for strangers.
pub async fn delete_organization(g: &Gallery, a: &Actor, name: &str) -> Result<String, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, name)?;
    let mut tx = g.begin().await?;
    let authorized = tx.authorize::<ManageAccount>(a, &name).await?.of_organization()?;
    store::deletion::hold_packages(&tx, &authorized).await?;
    let row = authorized.row();
    let blockers = organization_blockers(tx.connection(), row, person).await?;
    if let Some(problem) = blockers.problem() {
        return Err(Error::conflict(problem));
    }
    let key = authorized.account();
    let deleted = AuditEvent::new(a, AuditAction::OrganizationDeleted, Subject::account(key)).on_behalf_of(key);
    let mut events = vec![farewell::to_partners(&tx, &authorized, deleted).await?];
    tell_the_invited(&mut tx, &authorized).await?;
    tell_the_member(&mut tx, &authorized, person).await?;
    let changed = farewell::to_packages(&mut tx, a, &authorized, &mut events).await?;
    store::deletion::remove_belongings(&tx, &authorized).await?;
    store::deletion::retire(&tx, &authorized).await?;
    tx.commit_all(events).await?;
    farewell::forget(g, &changed);
    Ok(authorized.row().name.clone())
}

async fn tell_the_invited(tx: &mut Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    for invitation in store::deletion::open_invitations(tx, authorized).await? {
        if let Some(to) = store::invitations::recipient(tx, &invitation).await?.email {
            // There is no profile to see any more.
            let mail = mail::Mail {
                link: links::manage_organizations().to_string(),
                link_text: "See your organizations".to_owned(),
                ..cancelled(&to, &authorized.row().name)
            };
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    Ok(())
}

/// There is only one member left: the person who deletes it.
async fn tell_the_member(tx: &mut Tx, authorized: &Authorized<ManageAccount>, person: AccountKey) -> Result<(), Error> {
    if let Some(to) = store::accounts::person(tx, person).await?.email {
        let mail = mail::deletion::organization(&to, &authorized.row().name);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    Ok(())
}
