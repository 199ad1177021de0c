//! Ends a membership: an administrator removes somebody, or a member leaves.

use super::change_role::member_of;
use super::{keep_an_administrator, tell};
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, LeaveOrganization, ManageMembers};
use crate::error::Error;
use crate::mail::membership::removed;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::links;
use domain::member::MemberProblem;
use domain::permission::Role;
use schema::entity::account;

/// A membership that an administrator has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The organization's name as it is written.
    pub organization: String,
    /// The person's name as it is written.
    pub member: String,
    /// The person, for the off-boarding summary; nothing when somebody removed themselves.
    pub account: Option<AccountKey>,
}

/// Removes a member. One's own name, in whatever case, means to leave. The person's keys for the organization stop with
/// the next request.
///
/// # Errors
/// A conflict when the last administrator would go, or when there is no such member any more.
pub async fn remove(g: &Gallery, a: &Actor, organization: &str, member: &str) -> Result<Removed, Error> {
    let name = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    if is_oneself(&tx, a, member).await? {
        drop(tx);
        return Ok(Removed {
            organization: leave(g, a, organization).await?,
            member: member.to_owned(),
            account: None,
        });
    }
    let authorized = tx.authorize::<ManageMembers>(a, &name).await?.of_organization()?;
    let (person, role) = member_of(&tx, authorized.account(), member).await?;
    let key = AccountKey(person.id);
    if role == Role::Administrator {
        keep_an_administrator(&tx, authorized.account(), key).await?;
    }
    store::memberships::end(&tx, &authorized, key).await?;
    let event = gone(&mut tx, a, AuditAction::MemberRemoved, &authorized, &person, role).await?;
    let organization = &authorized.row().name;
    let event = event.telling(
        key,
        format!("You are no longer a member of {organization}."),
        links::manage_organizations(),
    );
    let organization = organization.clone();
    tx.commit(event).await?;
    Ok(Removed {
        organization,
        member: person.name,
        account: Some(key),
    })
}

async fn is_oneself(tx: &Tx, a: &Actor, member: &str) -> Result<bool, Error> {
    let (Some(acting), Ok(member)) = (a.account(), AccountName::parse(member)) else {
        return Ok(false);
    };
    let names = store::accounts::names(tx.connection(), [acting.0]).await?;
    Ok(names
        .get(&acting.0)
        .is_some_and(|name| AccountName::parse(name).is_ok_and(|name| name == member)))
}

/// Ends the actor's own membership; returns the organization's name.
///
/// # Errors
/// A conflict for the last administrator.
pub async fn leave(g: &Gallery, a: &Actor, organization: &str) -> Result<String, Error> {
    let key = acting_person(a)?;
    let name = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx.authorize::<LeaveOrganization>(a, &name).await?.of_organization()?;
    let role = store::memberships::role_of(tx.connection(), authorized.account(), key)
        .await?
        .ok_or_else(|| Error::conflict(MemberProblem::NotAMember))?;
    if role == Role::Administrator {
        keep_an_administrator(&tx, authorized.account(), key).await?;
    }
    store::memberships::end(&tx, &authorized, key).await?;
    let person = store::accounts::person(&tx, key).await?;
    let event = gone(&mut tx, a, AuditAction::MemberLeft, &authorized, &person, role).await?;
    tx.commit(event).await?;
    Ok(authorized.row().name.clone())
}

async fn gone<P>(
    tx: &mut Tx,
    a: &Actor,
    action: AuditAction,
    authorized: &Authorized<P>,
    person: &account::Model,
    role: Role,
) -> Result<AuditEvent, Error> {
    let organization = authorized.row();
    tell::both(tx, person, organization, |to, reader| {
        removed(to, reader, &person.name, &organization.name)
    })
    .await?;
    let key = AccountKey(person.id);
    Ok(AuditEvent::new(a, action, Subject::account(key))
        .on_behalf_of(authorized.account())
        .in_trail_of(key)
        .before(role.value()))
}
