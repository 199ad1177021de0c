//! What can be done about an invitation while it waits: send it again, take it back, offer another role.

use super::invite::InvitationSent;
use crate::accounts::{name_in_address, name_of};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{CancelInvitation, ManageMembers};
use crate::error::Error;
use crate::frequency::INVITATIONS;
use crate::jobs::Job;
use crate::mail::invitation::{cancelled, invitation};
use crate::store::invitations::{Recipient, recipient};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, EmailAddress};
use domain::audit::AuditAction;
use domain::links;
use domain::member::{MemberProblem, parse_role};
use domain::permission::Role;
use schema::entity::invitation;

/// Sends an invitation again; its 14 days begin anew.
///
/// # Errors
/// A conflict when the invitation is not there any more.
pub async fn resend(g: &Gallery, a: &Actor, organization: &str, key: i64) -> Result<InvitationSent, Error> {
    let organization = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<ManageMembers>(a, &organization)
        .await?
        .of_organization()?;
    let (row, role) = find(&tx, authorized.account(), key).await?;
    INVITATIONS.allow(&tx, a, authorized.account()).await?;
    store::invitations::renew(&tx, &authorized, row.id, role).await?;
    let recipient = recipient(&tx, &row).await?;
    let inviter = name_of(tx.connection(), a).await?;
    let name = &authorized.row().name;
    if let Some(to) = &recipient.email {
        let mail = invitation(to, &inviter, name, role);
        g.throttle().mail(g, &a.origin, &mail)?;
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let event = about(a, AuditAction::InvitationResent, authorized.account(), &recipient);
    let event = telling(event, &recipient, format!("{inviter} invites you to {name}."));
    tx.commit(event).await?;
    Ok(InvitationSent {
        invited: recipient.called,
        role,
        again: true,
    })
}

/// Takes an invitation back; returns whom it was for. An unconfirmed organization may do it too.
///
/// # Errors
/// A conflict when the invitation is not there any more.
pub async fn cancel(g: &Gallery, a: &Actor, organization: &str, key: i64) -> Result<String, Error> {
    let organization = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<CancelInvitation>(a, &organization)
        .await?
        .of_organization()?;
    let (row, _) = find(&tx, authorized.account(), key).await?;
    store::invitations::cancel(&tx, &authorized, row.id).await?;
    let recipient = recipient(&tx, &row).await?;
    let name = &authorized.row().name;
    if let Some(to) = &recipient.email {
        tx.after_commit(&Job::Mail(cancelled(to, name))).await?;
    }
    let event = about(a, AuditAction::InvitationCancelled, authorized.account(), &recipient).before(row.role);
    let event = telling(event, &recipient, format!("The invitation to {name} was cancelled."));
    tx.commit(event).await?;
    Ok(recipient.called)
}

/// Changes the role that an invitation offers, either way; returns whom it is for and the role.
///
/// # Errors
/// A conflict when the invitation is not there any more; a refusal when the role is none.
pub async fn change_invited_role(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    key: i64,
    role: &str,
) -> Result<(String, Role), Error> {
    let organization = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<ManageMembers>(a, &organization)
        .await?
        .of_organization()?;
    let role = parse_role(role).map_err(Error::refuse)?;
    let (row, before) = find(&tx, authorized.account(), key).await?;
    let recipient = recipient(&tx, &row).await?;
    if before == role {
        return Ok((recipient.called, role));
    }
    store::invitations::set_role(&tx, &authorized, row.id, role).await?;
    let name = &authorized.row().name;
    // Whoever has no account here learns of it by mail alone.
    if let Some(to) = &recipient.email {
        let inviter = name_of(tx.connection(), a).await?;
        let mail = invitation(to, &inviter, name, role);
        // An address that got enough mails today is spared this one; the change holds all the same, and the page that
        // the earlier mail leads to shows the role.
        if g.throttle().mail(g, &a.origin, &mail).is_ok() {
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    let event = about(a, AuditAction::InvitationRoleChanged, authorized.account(), &recipient)
        .before(before.value())
        .after(role.value());
    let event = telling(
        event,
        &recipient,
        format!("The invitation to {name} is now for the role {}.", role.label()),
    );
    tx.commit(event).await?;
    Ok((recipient.called, role))
}

async fn find(tx: &Tx, organization: AccountKey, key: i64) -> Result<(invitation::Model, Role), Error> {
    let gone = || Error::conflict(MemberProblem::NoInvitation);
    let row = store::invitations::of_organization(tx, organization, key)
        .await?
        .ok_or_else(gone)?;
    let role = Role::parse(&row.role).ok_or_else(|| Error::internal("a kept role is malformed"))?;
    Ok((row, role))
}

fn about(a: &Actor, action: AuditAction, organization: AccountKey, recipient: &Recipient) -> AuditEvent {
    let event = AuditEvent::new(a, action, subject_of(recipient)).on_behalf_of(organization);
    match recipient.account {
        Some(person) => event.in_trail_of(person),
        None => event,
    }
}

/// Whom the trail says an invitation is for; addresses are masked.
pub(super) fn subject_of(recipient: &Recipient) -> Subject {
    match recipient.account {
        Some(person) => Subject::account(person),
        None => {
            EmailAddress::parse(&recipient.called).map_or_else(|_| Subject::default(), |email| Subject::address(&email))
        }
    }
}

fn telling(event: AuditEvent, recipient: &Recipient, text: String) -> AuditEvent {
    match recipient.account {
        Some(person) => event.telling(person, text, links::manage_organizations()),
        None => event,
    }
}
