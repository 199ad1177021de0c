//! Makes a user's account out of an organization again, while nothing has come to depend on it (product contract, 5.17).

use super::held::hold;
use super::too_late_to_undo;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, Hold, ManageAccount, SeeOrganization, account_by_name, may_read};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::membership::Reader;
use crate::mail::transformation::undone as undone_mail;
use crate::store::api_keys::EndsMembership;
use crate::store::transformations::{Undone, dormant_identities};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::permission::{Action, Role};
use domain::time::Timestamp;
use domain::transformation::{UNDO_DAYS, UndoProblem};
use schema::entity::transformation;
use sea_orm::ConnectionTrait;

/// Undoes the transformation that made an organization; returns its name as it is written.
///
/// # Errors
/// A conflict with the first [`UndoProblem`].
pub async fn undo(g: &Gallery, a: &Actor, organization: &str) -> Result<String, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    if let Some(found) = account_by_name(tx.connection(), &name, Hold::No).await? {
        hold(&tx, AccountKey(found.id), &[person]).await?;
    }
    let authorized = tx.authorize::<ManageAccount>(a, &name).await?.of_organization()?;
    let key = authorized.account();
    let row = store::transformations::of_account(tx.connection(), key).await?;
    let row = match row {
        Some(row) => problem(tx.connection(), person, &row, tx.now())
            .await?
            .map_or(Ok(row), Err),
        None => Err(UndoProblem::NotTransformed),
    };
    let row = row.map_err(Error::conflict)?;
    let undone = store::transformations::undo(&tx, &authorized, &row).await?;
    let mut events = vec![
        AuditEvent::new(a, AuditAction::TransformationUndone, Subject::account(key))
            .on_behalf_of(key)
            .in_trail_of(person),
    ];
    events.extend(restore(&tx, a, &undone).await?);
    tell(&mut tx, &authorized, person).await?;
    tx.commit_all(events).await?;
    Ok(authorized.row().name.clone())
}

/// Until when the actor can undo the transformation that made an organization; nothing if there is none, it is another
/// one's to undo, or something is in the way.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see the organization.
pub async fn undoable(g: &Gallery, a: &Actor, organization: &str) -> Result<Option<Timestamp>, Error> {
    let name = name_in_address(a, organization)?;
    let authorized = may_read::<SeeOrganization, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    undo_until(g, a, &authorized).await
}

/// The same for a page that has asked for its right already.
pub(crate) async fn undo_until<P>(
    g: &Gallery,
    a: &Actor,
    authorized: &Authorized<P>,
) -> Result<Option<Timestamp>, Error> {
    let Some(person) = a
        .account()
        .filter(|_| Action::ManageAccount.allows(authorized.standing()))
    else {
        return Ok(None);
    };
    let row = store::transformations::of_account(g.reader(), authorized.account()).await?;
    let Some(row) = row.filter(|_| !authorized.row().locked) else {
        return Ok(None);
    };
    let problem = problem(g.reader(), person, &row, g.now()).await?;
    let accepted = row.accepted_at.filter(|_| problem.is_none());
    Ok(accepted.map(|accepted| Timestamp::from_micros(accepted).plus_days(UNDO_DAYS)))
}

/// What keeps a person from undoing a transformation.
async fn problem<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    row: &transformation::Model,
    now: Timestamp,
) -> Result<Option<UndoProblem>, Error> {
    let Some(accepted) = row.accepted_at else {
        return Ok(Some(UndoProblem::NotTransformed));
    };
    if row.administrator_id != person.0 {
        return Ok(Some(UndoProblem::AnotherAdministrator));
    }
    if accepted <= too_late_to_undo(now).micros() {
        return Ok(Some(UndoProblem::TooLate));
    }
    let organization = AccountKey(row.account_id);
    if let Some(changed) = changed_since(connection, organization).await? {
        return Ok(Some(changed));
    }
    let dormant = dormant_identities(row);
    Ok(if store::api_keys::count(connection, organization).await? > 0 {
        Some(UndoProblem::KeyChanged)
    } else if store::memberships::has_another_member(connection, organization, person).await? {
        Some(UndoProblem::OtherMembers)
    } else if store::invitations::count_waiting(connection, organization, now).await? > 0 {
        Some(UndoProblem::OpenInvitation)
    } else if store::identities::count_dormant(connection, &dormant).await? < dormant.len() as u64 {
        Some(UndoProblem::RegisteredAnew)
    } else {
        None
    })
}

/// What the trail says of packages, owners and prefixes. Publishing holds the account's row, so that no event of it is
/// older than the acceptance it came after.
async fn changed_since<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
) -> Result<Option<UndoProblem>, Error> {
    let asked = AuditAction::ALL
        .iter()
        .copied()
        .filter(|action| kind_of_change(*action).is_some());
    let accepted = AuditAction::TransformationAccepted;
    let found = store::audit::actions_since(connection, organization, accepted, asked).await?;
    Ok(found
        .into_iter()
        // A co-owner who publishes changes nothing of this account's.
        .filter(|(action, own)| *own || *action != AuditAction::PackagePushed)
        .filter_map(|(action, _)| kind_of_change(action))
        .min_by_key(|problem| *problem as u8))
}

const fn kind_of_change(action: AuditAction) -> Option<UndoProblem> {
    match action {
        AuditAction::PackagePushed => Some(UndoProblem::Published),
        AuditAction::OwnershipAccepted
        | AuditAction::OwnershipAdded
        | AuditAction::OwnershipRemoved
        | AuditAction::OwnershipMoved => Some(UndoProblem::OwnershipChanged),
        AuditAction::PrefixReserved | AuditAction::PrefixChanged | AuditAction::PrefixReleased => {
            Some(UndoProblem::PrefixChanged)
        }
        AuditAction::TrustedPublishingCreated
        | AuditAction::TrustedPublishingEdited
        | AuditAction::TrustedPublishingDeleted => Some(UndoProblem::PolicyChanged),
        _ => None,
    }
}

/// The account is a user's again; returns the events of what ended with that.
async fn restore(tx: &Tx, a: &Actor, undone: &Undone) -> Result<Vec<AuditEvent>, Error> {
    if !store::identities::wake(tx, undone).await? {
        return Err(Error::conflict(UndoProblem::RegisteredAnew));
    }
    store::accounts::become_user(tx, undone).await?;
    let (organization, administrator) = (undone.organization(), undone.administrator());
    store::memberships::end(tx, undone, administrator).await?;
    store::invitations::forget(tx, undone).await?;
    let left = AuditEvent::new(a, AuditAction::MemberLeft, Subject::account(administrator))
        .on_behalf_of(organization)
        .in_trail_of(administrator)
        .before(Role::Administrator.value());
    let revoked = store::api_keys::revoke_moved(tx, undone).await?;
    let revoked = revoked.into_iter().map(|key| {
        AuditEvent::new(a, AuditAction::ApiKeyRevoked, Subject::text(key.name))
            .on_behalf_of(organization)
            .in_trail_of(administrator)
    });
    Ok(std::iter::once(left).chain(revoked).collect())
}

async fn tell(tx: &mut Tx, authorized: &Authorized<ManageAccount>, administrator: AccountKey) -> Result<(), Error> {
    let account = authorized.row();
    let person = store::accounts::person(tx, administrator).await?;
    for (to, reader) in [(&account.email, Reader::Organization), (&person.email, Reader::Person)] {
        if let Some(to) = to {
            let mail = undone_mail(to, reader, &account.name, &person.name);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    Ok(())
}
