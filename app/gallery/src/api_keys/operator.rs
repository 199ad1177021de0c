//! Keys from the command line.

use super::create::{check_lifetime, created_event, write};
use super::mails;
use super::value::KeyValue;
use crate::actor::{Actor, Person, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{CreateKeyForAccount, ManageAccountKeys};
use crate::error::{Error, sentence};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind, AccountName};
use domain::api_key::{ApiKeyProblem, NewApiKey};
use domain::audit::AuditAction;
use domain::form::FieldErrors;
use domain::permission::Denied;
use schema::entity::account;

/// A key that the operator makes for somebody.
#[derive(Clone, Debug)]
pub struct OperatorKey {
    /// Whose key it is: a person's, or an organization's own (`key.owner` is the same organization then).
    pub account: AccountName,
    /// The key.
    pub key: NewApiKey,
}

/// Makes a key on the command line; returns its value, once. The account needs the same rights as on the page.
///
/// Names need not differ here: they default to the same one, and scripts make many. An organization's key made here is known to nobody: whoever reads the terminal is no account of the gallery.
///
/// # Errors
/// [`Error::NotFound`] for an unknown account; refusals in a sentence, and at the field `days`.
pub async fn create_by_operator(g: &Gallery, a: &Actor, wanted: OperatorKey) -> Result<KeyValue, Error> {
    let value = KeyValue::random(g.ids())?;
    let mut tx = g.begin().await?;
    let holder = tx.authorize::<ManageAccountKeys>(a, &wanted.account).await?;
    let owner = tx.authorize::<CreateKeyForAccount>(a, &wanted.key.owner).await?;
    check_owner(&tx, holder.row(), owner.row()).await?;
    let mut errors = FieldErrors::default();
    check_lifetime(owner.row(), &wanted.key, &mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    write(&mut tx, &holder, &owner, None, &wanted.key, &value).await?;
    mails::created(&mut tx, holder.row(), &wanted.key.name, owner.row()).await?;
    let event = created_event(a, owner.account(), &wanted.key).in_trail_of(holder.account());
    tx.commit(event).await?;
    Ok(value)
}

/// Revokes every working key of that name; returns how many there were.
///
/// # Errors
/// [`Error::NotFound`] for an unknown account or name.
pub async fn revoke_by_name(g: &Gallery, a: &Actor, account: &AccountName, name: &str) -> Result<u32, Error> {
    let mut tx = g.begin().await?;
    let holder = tx.authorize::<ManageAccountKeys>(a, account).await?;
    let rows = store::api_keys::unrevoked_by_name(tx.connection(), holder.account(), name).await?;
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    let mut events = Vec::new();
    for row in &rows {
        store::api_keys::revoke(&tx, &holder, row.id).await?;
        mails::revoked(&mut tx, holder.row(), &row.name).await?;
        let event = AuditEvent::new(a, AuditAction::ApiKeyRevoked, Subject::text(&row.name))
            .on_behalf_of(AccountKey(row.owner_id))
            .in_trail_of(holder.account());
        events.push(event);
    }
    tx.commit_all(events).await?;
    Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// The operator may make any key that could have been made on the page, and no other.
async fn check_owner(tx: &Tx, account: &account::Model, owner: &account::Model) -> Result<(), Error> {
    if account.kind == AccountKind::Organization.value() && account.id != owner.id {
        return Err(Error::refuse(
            "An organization's key pushes for that organization. Name it as owner too.",
        ));
    }
    for (row, locked) in [(account, Denied::PersonLocked), (owner, Denied::AccountLocked)] {
        if row.email.is_none() {
            return Err(Error::refuse(ApiKeyProblem::UnconfirmedOwner));
        }
        if row.locked {
            return Err(Error::refuse(sentence(locked)));
        }
    }
    if account.id == owner.id {
        return Ok(());
    }
    let person = Actor {
        who: Who::Person(Person {
            account: AccountKey(account.id),
            // Nobody is signed in here, so what they signed in with latest counts, as it will behind the key.
            provider: account.last_provider.clone(),
            second_factor: account.last_second_factor,
        }),
        origin: crate::Origin::default(),
    };
    let owner_key = AccountKey(owner.id);
    match tx.authorize_key::<CreateKeyForAccount>(&person, owner_key).await {
        Ok(_) => Ok(()),
        Err(Error::NotFound | Error::Denied(_)) => Err(Error::refuse(format!(
            "{} is no member of {}. Name an owner for whom the account may push.",
            account.name, owner.name
        ))),
        Err(other) => Err(other),
    }
}
