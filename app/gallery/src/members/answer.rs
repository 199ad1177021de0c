//! Accepts or declines an invitation: the invited person alone does.

use super::{addresses_of, tell};
use crate::accounts::{acting_person, name_in_address};
use crate::actor::{Actor, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AnswerInvitation, Authorized, Hold, account_by_name, policies_for_members};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::invitation::declined;
use crate::mail::membership::added;
use crate::store::invitations::Answered;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::member::MemberProblem;
use domain::permission::Role;
use schema::entity::account;

/// Accepts every open invitation of the person to an organization; returns the organization's name. A member keeps the
/// greater of both roles.
///
/// # Errors
/// A conflict when there is no invitation any more, or when it has expired; [`Error::Denied`] when the person has no
/// confirmed address or is locked, or the organization is locked; [`Error::Policy`] when the person does not meet one.
pub async fn accept(g: &Gallery, a: &Actor, organization: &str) -> Result<AccountName, Error> {
    let Asked {
        mut tx,
        authorized,
        organization,
        answered,
    } = asked(g, a, organization).await?;
    let Some(offered) = answered.offered else {
        return Err(Error::conflict(MemberProblem::InvitationExpired));
    };
    if organization.locked {
        return Err(domain::permission::Denied::AccountLocked.into());
    }
    if let (Who::Person(person), policies) = (&a.who, policies_for_members(&organization))
        && let Some(policy) = policies.unmet_by(person.signed_in_by())
    {
        return Err(Error::Policy {
            organization: organization.name,
            policy,
        });
    }
    let person = authorized.row();
    let key = authorized.account();
    let event = |action| AuditEvent::new(a, action, Subject::account(key)).on_behalf_of(answered.organization());
    let mut events = vec![event(AuditAction::InvitationAccepted).after(offered.value())];
    match store::memberships::role_of(tx.connection(), answered.organization(), key).await? {
        None => {
            store::memberships::join(&tx, &answered, person, offered).await?;
            events.push(event(AuditAction::MemberAdded).after(offered.value()));
            tell::both(&mut tx, person, &organization, |to, reader| {
                added(to, reader, &person.name, &organization.name, offered)
            })
            .await?;
        }
        Some(Role::Collaborator) if offered == Role::Administrator => {
            store::memberships::rise(&tx, &answered, person, offered).await?;
            events.push(
                event(AuditAction::MemberRoleChanged)
                    .before(Role::Collaborator.value())
                    .after(offered.value()),
            );
            tell::both(&mut tx, person, &organization, |to, reader| {
                crate::mail::membership::role_changed(to, reader, &person.name, &organization.name, offered)
            })
            .await?;
        }
        Some(_) => {}
    }
    tx.commit_all(events).await?;
    AccountName::parse(&organization.name).map_err(|_| Error::internal("a kept name is malformed"))
}

/// Declines every invitation of the person to an organization, expired ones too; returns the organization's name.
///
/// # Errors
/// A conflict when there is no invitation any more.
pub async fn decline(g: &Gallery, a: &Actor, organization: &str) -> Result<AccountName, Error> {
    let Asked {
        mut tx,
        authorized,
        organization,
        answered,
    } = asked(g, a, organization).await?;
    let person = &authorized.row().name;
    for administrator in store::accounts::administrators_of(tx.connection(), answered.organization()).await? {
        if let Some(to) = &administrator.email {
            tx.after_commit(&Job::Mail(declined(to, person, &organization.name)))
                .await?;
        }
    }
    let event = AuditEvent::new(
        a,
        AuditAction::InvitationDeclined,
        Subject::account(authorized.account()),
    )
    .on_behalf_of(answered.organization());
    tx.commit(event).await?;
    AccountName::parse(&organization.name).map_err(|_| Error::internal("a kept name is malformed"))
}

/// An invitation that its person is answering, in the transaction that holds the organization.
struct Asked {
    tx: Tx,
    authorized: Authorized<AnswerInvitation>,
    organization: account::Model,
    answered: Answered,
}

async fn asked(g: &Gallery, a: &Actor, organization: &str) -> Result<Asked, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, organization)?;
    let tx = g.begin().await?;
    let authorized = tx.authorize_key::<AnswerInvitation>(a, person).await?;
    let gone = || Error::conflict(MemberProblem::NoInvitation);
    let organization = account_by_name(tx.connection(), &name, Hold::Alone)
        .await?
        .ok_or_else(gone)?;
    let addresses = addresses_of(tx.connection(), person).await?;
    let answered = store::invitations::answer(&tx, &authorized, AccountKey(organization.id), &addresses)
        .await?
        .ok_or_else(gone)?;
    Ok(Asked {
        tx,
        authorized,
        organization,
        answered,
    })
}
