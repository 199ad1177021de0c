//! Changes, activates and deletes policies: a person's own, or those of an organization that one administers. With a
//! change or a deletion, the keys that the policy has made end.

use super::create::{check_name, first_use_by, text_of};
use super::event;
use crate::Gallery;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::authorization::{Authorized, CreateKeyForAccount, ManageAccountKeys};
use crate::error::Error;
use crate::store::publishing_policies::{self as policies, Changed};
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::api_key::ApiKeyProblem;
use domain::audit::AuditAction;
use domain::permission::Denied;
use domain::trusted_publishing::{NewPolicy, PolicyForm, PolicyProblem, stays_bound};
use schema::entity::publishing_policy;

/// Changes what a policy says; the account that it publishes for stays. For another repository than before, and if it was
/// never used, it waits seven days for its first use.
///
/// # Errors
/// Refusals at the fields of the form; [`Error::NotFound`] for another account's policy; a conflict when it was cut off.
pub async fn edit(g: &Gallery, a: &Actor, key: i64, form: PolicyForm) -> Result<(), Error> {
    let tx = g.begin().await?;
    let (row, holder) = own_policy(&tx, a, key).await?;
    refuse_cut_off(&row)?;
    let wanted = form.parse(&g.settings().workload_providers)?;
    check_name(&tx, &holder, &wanted, Some(key)).await?;
    let before = said_by(&row);
    let stays = stays_bound((&before.provider, &before.source), (&wanted.provider, &wanted.source));
    let changed = if stays && policies::binding(&row).is_some() {
        Changed::Bound
    } else {
        Changed::Waiting(first_use_by(&tx))
    };
    if !policies::edit(&tx, &holder, key, &wanted, changed).await? {
        return Err(Error::conflict(PolicyProblem::Gone));
    }
    let event = event_of(a, AuditAction::TrustedPublishingEdited, &row, &wanted.name)
        .before(text_of(g, &before))
        .after(text_of(g, &wanted));
    tx.commit(event).await
}

/// Lets a policy that was never used wait seven days more, and one that stopped when its person left the owner work again.
/// Nothing is to be done for any other.
///
/// # Errors
/// [`Error::NotFound`] for another account's policy; a refusal when it was cut off, or its owner is out of reach.
pub async fn activate(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let tx = g.begin().await?;
    let (row, holder) = own_policy(&tx, a, key).await?;
    refuse_cut_off(&row)?;
    let bound = policies::binding(&row).is_some();
    if bound && !row.suspended {
        return Ok(());
    }
    refuse_foreign(&tx, a, &row).await?;
    let changed = if bound {
        Changed::Bound
    } else {
        Changed::Waiting(first_use_by(&tx))
    };
    if !policies::activate(&tx, &holder, key, changed).await? {
        return Err(Error::conflict(PolicyProblem::Gone));
    }
    let event = event_of(a, AuditAction::TrustedPublishingEdited, &row, &row.name).after("activated");
    tx.commit(event).await
}

/// Deletes a policy.
///
/// # Errors
/// [`Error::NotFound`] for another account's policy.
pub async fn delete(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let tx = g.begin().await?;
    let (row, holder) = own_policy(&tx, a, key).await?;
    if !policies::delete(&tx, &holder, key).await? {
        return Err(Error::NotFound);
    }
    let event = event_of(a, AuditAction::TrustedPublishingDeleted, &row, &row.name).before(text_of(g, &said_by(&row)));
    tx.commit(event).await
}

/// The policy with the right to manage it: one's own, or that of an organization one administers. It is read again when its
/// account is held, so that it is as it will be changed.
async fn own_policy(
    tx: &Tx,
    a: &Actor,
    key: i64,
) -> Result<(publishing_policy::Model, Authorized<ManageAccountKeys>), Error> {
    let row = policies::find(tx.connection(), key).await?.ok_or(Error::NotFound)?;
    let holder = tx
        .authorize_key::<ManageAccountKeys>(a, AccountKey(row.account_id))
        .await?;
    let row = policies::find(tx.connection(), key).await?.ok_or(Error::NotFound)?;
    Ok((row, holder))
}

fn refuse_cut_off(row: &publishing_policy::Model) -> Result<(), Error> {
    if row.cut_off {
        return Err(Error::conflict(PolicyProblem::CutOff));
    }
    Ok(())
}

/// A person's policy is activated only while the person may push for its owner.
async fn refuse_foreign(tx: &Tx, a: &Actor, row: &publishing_policy::Model) -> Result<(), Error> {
    if row.account_id == row.owner_id {
        return Ok(());
    }
    match tx
        .authorize_key::<CreateKeyForAccount>(a, AccountKey(row.owner_id))
        .await
    {
        Ok(_) => Ok(()),
        Err(Error::NotFound | Error::Denied(Denied::NotAMember | Denied::Role)) => {
            Err(Error::refuse(ApiKeyProblem::ForeignOwner))
        }
        Err(other) => Err(other),
    }
}

/// What a row says.
fn said_by(row: &publishing_policy::Model) -> NewPolicy {
    NewPolicy {
        name: row.name.clone(),
        provider: row.provider.clone(),
        source: policies::source(row),
        scopes: policies::scopes(row),
        globs: policies::globs(row),
    }
}

fn event_of(a: &Actor, action: AuditAction, row: &publishing_policy::Model, name: &str) -> AuditEvent {
    event(a, action, name, AccountKey(row.account_id), AccountKey(row.owner_id))
}
