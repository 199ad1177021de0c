//! Changes, renews, revokes, deletes and revives keys: a person's own, or those of an organization that one administers.

use super::create::globs_text;
use super::mails;
use super::value::KeyValue;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, CreateKeyForAccount, ManageAccountKeys, state_of};
use crate::error::Error;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind};
use domain::api_key::{ApiKeyField, ApiKeyProblem, LONGEST_LIFETIME};
use domain::audit::AuditAction;
use domain::form::ShownOnce;
use domain::permission::{Denied, Glob};
use schema::entity::api_key;

/// Changes the patterns of a key; everything else of it stays.
///
/// # Errors
/// A refusal at the field `globs`; [`Error::NotFound`] for another account's key; a refusal when it was revoked.
pub async fn edit_globs(g: &Gallery, a: &Actor, key: i64, globs: &str) -> Result<(), Error> {
    let tx = g.begin().await?;
    let (row, holder) = own_key(&tx, a, key).await?;
    refuse_revoked(&row)?;
    let globs = Glob::parse_list(globs).map_err(|problem| Error::field(ApiKeyField::Globs, problem))?;
    store::api_keys::set_globs(&tx, &holder, key, &globs).await?;
    let event = event(a, AuditAction::ApiKeyEdited, &row)
        .before(globs_text(&store::api_keys::globs(&row)))
        .after(globs_text(&globs));
    tx.commit(event).await
}

/// Gives a key another value, and its lifetime from now on, as far as a policy of its owner allows it; the old value
/// stops working. Of an organization's key it is noted who gets to know the new value.
///
/// # Errors
/// [`Error::NotFound`] for another account's key; a refusal when it was revoked, or its owner is out of reach.
pub async fn regenerate(g: &Gallery, a: &Actor, key: i64) -> Result<ShownOnce, Error> {
    let value = KeyValue::random(g.ids())?;
    let tx = g.begin().await?;
    let (row, holder) = own_key(&tx, a, key).await?;
    refuse_revoked(&row)?;
    let longest = longest_days(&tx, a, &row, &holder).await?;
    let chosen = u16::try_from(row.days).unwrap_or(LONGEST_LIFETIME);
    let days = longest.map_or(chosen, |longest| longest.min(chosen));
    // The row was read before its account was held.
    if !store::api_keys::renew(&tx, &holder, key, value.hash(), days).await? {
        return Err(Error::conflict(ApiKeyProblem::Revoked));
    }
    if let (true, Some(person)) = (is_organizations(&holder), a.account()) {
        store::api_keys::note_viewer(&tx, &holder, key, person).await?;
    }
    let event = event(a, AuditAction::ApiKeyRegenerated, &row).after(format!("{days} days"));
    tx.commit(event).await?;
    Ok(ShownOnce {
        name: row.name,
        value: value.expose().to_owned(),
    })
}

/// Revokes a key: it stays in the list and never works again. Revoking twice is revoking once.
///
/// # Errors
/// [`Error::NotFound`] for another account's key.
pub async fn revoke(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let mut tx = g.begin().await?;
    let (row, holder) = own_key(&tx, a, key).await?;
    if store::api_keys::revoke(&tx, &holder, key).await? {
        mails::revoked(&mut tx, holder.row(), &row.name).await?;
        let event = event(a, AuditAction::ApiKeyRevoked, &row);
        tx.commit(event).await?;
    }
    Ok(())
}

/// Deletes a key: it is gone from the list. Who used it is told when it still worked.
///
/// # Errors
/// [`Error::NotFound`] for another account's key.
pub async fn delete(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let mut tx = g.begin().await?;
    let (row, holder) = own_key(&tx, a, key).await?;
    if !store::api_keys::delete(&tx, &holder, key).await? {
        return Err(Error::NotFound);
    }
    if row.revoked_at.is_none() && row.expires_at > tx.now().micros() {
        mails::revoked(&mut tx, holder.row(), &row.name).await?;
    }
    let event = event(a, AuditAction::ApiKeyDeleted, &row);
    tx.commit(event).await
}

/// Revives a key that stopped when its person left the owner; the person has rejoined since.
///
/// # Errors
/// [`Error::NotFound`] for another account's key; a refusal when it was revoked, or the person is still no member.
pub async fn confirm(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let tx = g.begin().await?;
    let (row, holder) = own_key(&tx, a, key).await?;
    refuse_revoked(&row)?;
    longest_days(&tx, a, &row, &holder).await?;
    if !row.suspended {
        return Ok(());
    }
    store::api_keys::revive(&tx, &holder, key).await?;
    let event = event(a, AuditAction::ApiKeyEdited, &row)
        .before("suspended")
        .after("confirmed");
    tx.commit(event).await
}

/// The key with the right to manage it: one's own, or that of an organization one administers.
async fn own_key(tx: &Tx, a: &Actor, key: i64) -> Result<(api_key::Model, Authorized<ManageAccountKeys>), Error> {
    let row = store::api_keys::find(tx.connection(), key)
        .await?
        .ok_or(Error::NotFound)?;
    let holder = tx
        .authorize_key::<ManageAccountKeys>(a, AccountKey(row.account_id))
        .await?;
    Ok((row, holder))
}

fn refuse_revoked(row: &api_key::Model) -> Result<(), Error> {
    match row.revoked_at {
        Some(_) if row.cut_off => Err(Error::conflict(ApiKeyProblem::CutOff)),
        Some(_) => Err(Error::conflict(ApiKeyProblem::Revoked)),
        None => Ok(()),
    }
}

fn is_organizations(holder: &Authorized<ManageAccountKeys>) -> bool {
    holder.row().kind == AccountKind::Organization.value()
}

/// How long a new value of a key may live, if a policy of its owner says so. An organization's own key pushes for
/// itself; a personal one is renewed only while its person may push for the owner.
async fn longest_days(
    tx: &Tx,
    a: &Actor,
    row: &api_key::Model,
    holder: &Authorized<ManageAccountKeys>,
) -> Result<Option<u16>, Error> {
    if row.account_id == row.owner_id {
        return Ok(state_of(holder.row()).longest_key_days);
    }
    match tx
        .authorize_key::<CreateKeyForAccount>(a, AccountKey(row.owner_id))
        .await
    {
        Ok(owner) => Ok(state_of(owner.row()).longest_key_days),
        Err(Error::NotFound | Error::Denied(Denied::NotAMember | Denied::Role)) => {
            Err(Error::refuse(ApiKeyProblem::ForeignOwner))
        }
        Err(other) => Err(other),
    }
}

fn event(a: &Actor, action: AuditAction, row: &api_key::Model) -> AuditEvent {
    AuditEvent::new(a, action, Subject::text(&row.name))
        .on_behalf_of(AccountKey(row.owner_id))
        .in_trail_of(AccountKey(row.account_id))
}
