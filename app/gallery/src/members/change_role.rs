//! Changes a member's role, one's own too.

use super::{keep_an_administrator, tell};
use crate::Gallery;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, Hold, ManageMembers, account_by_name};
use crate::error::Error;
use crate::mail::membership::role_changed;
use crate::store;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::links;
use domain::member::{MemberProblem, parse_role};
use domain::permission::Role;
use schema::entity::account;

/// What a change of role came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChange {
    /// The member's name as it is written.
    pub member: String,
    /// The role since.
    pub role: Role,
    /// Whether the actor changed their own role.
    pub oneself: bool,
}

/// Changes the role of a member; the role they have already changes nothing and tells nobody.
///
/// # Errors
/// A conflict when the last administrator would step down, or when there is no such member any more; a refusal when the
/// role is none.
pub async fn change_role(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    member: &str,
    role: &str,
) -> Result<RoleChange, Error> {
    let organization = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<ManageMembers>(a, &organization)
        .await?
        .of_organization()?;
    let role = parse_role(role).map_err(Error::refuse)?;
    let (person, before) = member_of(&tx, authorized.account(), member).await?;
    let change = RoleChange {
        member: person.name.clone(),
        role,
        oneself: a.account() == Some(AccountKey(person.id)),
    };
    if before == role {
        return Ok(change);
    }
    let event = change_in(&mut tx, a, &authorized, &person, before, role).await?;
    tx.commit(event).await?;
    Ok(change)
}

/// Changes a role in a transaction that holds the organization; returns the event to commit with it.
pub(super) async fn change_in(
    tx: &mut Tx,
    a: &Actor,
    authorized: &Authorized<ManageMembers>,
    person: &account::Model,
    before: Role,
    role: Role,
) -> Result<AuditEvent, Error> {
    let key = AccountKey(person.id);
    if before == Role::Administrator {
        keep_an_administrator(tx, authorized.account(), key).await?;
    }
    store::memberships::set_role(tx, authorized, key, role).await?;
    let organization = authorized.row();
    tell::both(tx, person, organization, |to, reader| {
        role_changed(to, reader, &person.name, &organization.name, role)
    })
    .await?;
    Ok(
        AuditEvent::new(a, AuditAction::MemberRoleChanged, Subject::account(key))
            .on_behalf_of(authorized.account())
            .in_trail_of(key)
            .before(before.value())
            .after(role.value())
            .telling(
                key,
                format!("Your role in {} is now {}.", organization.name, role.label()),
                links::organization(&organization.name),
            ),
    )
}

/// A member by name, whatever its case, with the role.
pub(super) async fn member_of(
    tx: &Tx,
    organization: AccountKey,
    member: &str,
) -> Result<(account::Model, Role), Error> {
    let gone = || Error::conflict(MemberProblem::NotAMember);
    let name = AccountName::parse(member).map_err(|_| gone())?;
    let person = account_by_name(tx.connection(), &name, Hold::No)
        .await?
        .ok_or_else(gone)?;
    let role = store::memberships::role_of(tx.connection(), organization, AccountKey(person.id)).await?;
    Ok((person, role.ok_or_else(gone)?))
}
