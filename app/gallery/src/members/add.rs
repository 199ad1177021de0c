//! Makes somebody a member without asking: the operator repairs an organization whose administrators are gone.

use super::{change_role, tell};
use crate::accounts::future_member;
use crate::actor::{Actor, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ManageMembers;
use crate::error::Error;
use crate::mail::membership::added;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::links;
use domain::member::MemberProblem;
use domain::permission::{Denied, Role};

/// Adds a member, or gives one who is a member already the role.
///
/// # Errors
/// [`Error::NotFound`] when there is no such organization, or the asker is not the operator; a refusal when the person is
/// unknown, unconfirmed or an organization; a conflict when they are a member with this role already, or the last
/// administrator who would step down.
pub async fn add(
    g: &Gallery,
    a: &Actor,
    organization: &AccountName,
    member: &AccountName,
    role: Role,
) -> Result<(), Error> {
    if !matches!(a.who, Who::Operator) {
        return Err(Denied::NotFound.into());
    }
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<ManageMembers>(a, organization)
        .await?
        .of_organization()?;
    let person = future_member(&tx, member).await?;
    let key = AccountKey(person.id);
    let event = match store::memberships::role_of(tx.connection(), authorized.account(), key).await? {
        Some(before) if before == role => return Err(Error::conflict(MemberProblem::AlreadyMember)),
        Some(before) => change_role::change_in(&mut tx, a, &authorized, &person, before, role).await?,
        None => {
            store::memberships::admit(&tx, &authorized, &person, role).await?;
            let organization = authorized.row();
            tell::both(&mut tx, &person, organization, |to, reader| {
                added(to, reader, &person.name, &organization.name, role)
            })
            .await?;
            AuditEvent::new(a, AuditAction::MemberAdded, Subject::account(key))
                .on_behalf_of(authorized.account())
                .in_trail_of(key)
                .after(role.value())
                .telling(
                    key,
                    format!(
                        "You are now a member of {} with the role {}.",
                        organization.name,
                        role.label()
                    ),
                    links::organization(&organization.name),
                )
        }
    };
    tx.commit(event).await
}
