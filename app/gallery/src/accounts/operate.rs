//! What the operator does to accounts at the command line.

use super::open::open_account;
use crate::actor::{Actor, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AdministerSite, Authorized, Hold, account_by_name};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::membership::{Reader, added};
use crate::store::accounts::{Address, Wanted};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind, AccountName, EmailProblem};
use domain::audit::AuditAction;
use domain::links;
use domain::member::MemberProblem;
use domain::permission::{Denied, Role};
use domain::session::NewAccount;
use schema::entity::account;

/// Makes a confirmed account: a user whom the first sign-in that vouches for the address gets, or an organization with
/// its first administrator.
///
/// # Errors
/// Refusals at the fields `name` and `email`; a refusal when an organization's administrator is missing, unknown,
/// unconfirmed or an organization.
pub async fn create(
    g: &Gallery,
    a: &Actor,
    new: NewAccount,
    kind: AccountKind,
    administrator: Option<AccountName>,
) -> Result<(), Error> {
    if !matches!(a.who, Who::Operator) {
        return Err(Denied::NotFound.into());
    }
    let mut tx = g.begin().await?;
    let administrator = match (kind, administrator) {
        (AccountKind::User, None) => None,
        (AccountKind::User, Some(_)) => return Err(Error::refuse("Only an organization has an administrator.")),
        (AccountKind::Organization, None) => return Err(Error::refuse("Name the organization's administrator.")),
        (AccountKind::Organization, Some(name)) => Some(future_member(&tx, &name).await?),
    };
    let wanted = Wanted {
        kind,
        name: &new.name,
        email: &new.email,
        address: Address::Confirmed,
        claimable: kind == AccountKind::User,
    };
    let account = open_account(&tx, &wanted, EmailProblem::Taken).await?;
    let key = AccountKey(account.id);
    let Some(first) = administrator else {
        let event = AuditEvent::new(a, AuditAction::AccountCreated, Subject::account(key)).in_trail_of(key);
        return tx.commit(event).await;
    };
    store::memberships::found(&tx, &account, &first).await?;
    let created = AuditEvent::new(a, AuditAction::OrganizationCreated, Subject::account(key)).on_behalf_of(key);
    let person = AccountKey(first.id);
    let role = Role::Administrator;
    for (to, reader) in [(&first.email, Reader::Person), (&account.email, Reader::Organization)] {
        if let Some(to) = to {
            let mail = added(to, reader, &first.name, &account.name, role);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    let joined = AuditEvent::new(a, AuditAction::MemberAdded, Subject::account(person))
        .on_behalf_of(key)
        .in_trail_of(person)
        .after(role.value())
        .telling(
            person,
            format!("You are now an administrator of {}.", account.name),
            links::organization(&account.name),
        );
    tx.commit_all(vec![created, joined]).await
}

/// A person who can become a member, by name.
pub(crate) async fn future_member(tx: &Tx, name: &AccountName) -> Result<account::Model, Error> {
    // Held, so that no organization is made of the account meanwhile.
    let person = account_by_name(tx.connection(), name, Hold::Shared)
        .await?
        .ok_or_else(|| Error::refuse(MemberProblem::UnknownUser))?;
    if person.kind == AccountKind::Organization.value() {
        return Err(Error::refuse(MemberProblem::IsOrganization));
    }
    if person.email.is_none() {
        return Err(Error::refuse(MemberProblem::UnconfirmedUser));
    }
    Ok(person)
}

/// Makes a person site administrator.
///
/// # Errors
/// [`Error::NotFound`] when there is no such user; a conflict when they are one already.
pub async fn promote(g: &Gallery, a: &Actor, name: &AccountName) -> Result<(), Error> {
    set_site_administrator(g, a, name, true).await
}

/// Takes a site administrator's power away.
///
/// # Errors
/// [`Error::NotFound`] when there is no such user; a conflict when they are none.
pub async fn demote(g: &Gallery, a: &Actor, name: &AccountName) -> Result<(), Error> {
    set_site_administrator(g, a, name, false).await
}

async fn set_site_administrator(g: &Gallery, a: &Actor, name: &AccountName, administers: bool) -> Result<(), Error> {
    if !matches!(a.who, Who::Operator) {
        return Err(Denied::NotFound.into());
    }
    let tx = g.begin().await?;
    let authorized = tx.authorize::<AdministerSite>(a, name).await?;
    if authorized.row().kind == AccountKind::Organization.value() {
        return Err(Error::refuse(
            "This is an organization. Only a user can be site administrator.",
        ));
    }
    if authorized.row().site_administrator == administers {
        return Err(unchanged(
            &authorized,
            if administers {
                "a site administrator already"
            } else {
                "no site administrator"
            },
        ));
    }
    store::accounts::set_site_administrator(&tx, &authorized, administers).await?;
    let action = if administers {
        AuditAction::AccountPromoted
    } else {
        AuditAction::AccountDemoted
    };
    tx.commit(about(a, action, &authorized)).await
}

/// Locks an account: its person, or whoever acts for it, can change nothing until it is unlocked.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account or the asker administers nothing; a conflict when it is locked.
pub async fn lock(g: &Gallery, a: &Actor, name: &AccountName) -> Result<(), Error> {
    set_locked(g, a, name, true).await
}

/// Unlocks an account.
///
/// # Errors
/// [`Error::NotFound`] as for locking; a conflict when it is not locked.
pub async fn unlock(g: &Gallery, a: &Actor, name: &AccountName) -> Result<(), Error> {
    set_locked(g, a, name, false).await
}

async fn set_locked(g: &Gallery, a: &Actor, name: &AccountName, locked: bool) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = tx.authorize::<AdministerSite>(a, name).await?;
    if a.account() == Some(authorized.account()) {
        return Err(Error::refuse(
            "This is your own account. Ask another administrator of the site, or use the command line.",
        ));
    }
    if authorized.row().locked == locked {
        return Err(unchanged(
            &authorized,
            if locked { "locked already" } else { "not locked" },
        ));
    }
    store::accounts::set_locked(&tx, &authorized, locked).await?;
    if locked {
        store::short_lived_keys::end_of_locked(&tx, &authorized).await?;
    }
    let action = if locked {
        AuditAction::AccountLocked
    } else {
        AuditAction::AccountUnlocked
    };
    tx.commit(about(a, action, &authorized)).await
}

/// Locks or unlocks the account of a name that a form sends.
///
/// # Errors
/// As [`lock`] and [`unlock`].
pub async fn set_locked_by_name(g: &Gallery, a: &Actor, name: &str, locked: bool) -> Result<(), Error> {
    let name = super::name_in_address(a, name)?;
    set_locked(g, a, &name, locked).await
}

fn unchanged(authorized: &Authorized<AdministerSite>, state: &str) -> Error {
    Error::conflict(format!("{} is {state}.", authorized.row().name))
}

fn about(a: &Actor, action: AuditAction, authorized: &Authorized<AdministerSite>) -> AuditEvent {
    AuditEvent::new(a, action, Subject::account(authorized.account())).in_trail_of(authorized.account())
}
