//! Cuts a member's key off from the organization that it pushes for.

use super::mails;
use crate::Gallery;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ManageAccountKeys;
use crate::error::Error;
use crate::store;
use domain::account::AccountKey;
use domain::api_key::ApiKeyProblem;
use domain::audit::AuditAction;
use domain::links;

/// A key that was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutOffKey {
    /// What it is called.
    pub key: String,
    /// Whose it is.
    pub member: String,
}

/// Cuts a personal key off from an organization, for good; its person is told. Its value and everything else of it stay
/// the person's own matter. Doing it twice is doing it once.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Denied`] for everybody but administrators; a conflict when there is no such key (any
/// more).
pub async fn cut_off(g: &Gallery, a: &Actor, organization: &str, key: i64) -> Result<CutOffKey, Error> {
    let name = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let owner = tx.authorize::<ManageAccountKeys>(a, &name).await?.of_organization()?;
    let gone = || Error::conflict(ApiKeyProblem::NoKey);
    let row = store::api_keys::find(tx.connection(), key)
        .await?
        .filter(|row| row.owner_id == owner.account().0 && row.account_id != row.owner_id)
        .ok_or_else(gone)?;
    let member = AccountKey(row.account_id);
    let person = store::accounts::rows(tx.connection(), [member.0])
        .await?
        .remove(&member.0)
        .ok_or_else(gone)?;
    let done = CutOffKey {
        key: row.name.clone(),
        member: person.name.clone(),
    };
    if !store::api_keys::cut_off(&tx, &owner, key).await? {
        return Ok(done);
    }
    let organization = owner.row();
    mails::cut_off(&mut tx, &person, &row.name, organization).await?;
    let subject = Subject {
        text: Some(row.name.clone()),
        ..Subject::account(member)
    };
    let event = AuditEvent::new(a, AuditAction::ApiKeyCutOff, subject)
        .on_behalf_of(owner.account())
        .in_trail_of(member)
        .telling(
            member,
            format!("Your API key {} was cut off from {}.", row.name, organization.name),
            links::api_keys(),
        );
    tx.commit(event).await?;
    Ok(done)
}
