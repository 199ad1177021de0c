//! Who is told about a key: its person, or every administrator of the organization whose key it is.

use crate::error::Error;
use crate::jobs::Job;
use crate::mail::Mail;
use crate::mail::api_key::{self as mail, Reader};
use crate::store;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind};
use domain::time::Timestamp;
use schema::entity::account;

/// A key was made.
pub(super) async fn created(
    tx: &mut Tx,
    holder: &account::Model,
    key: &str,
    owner: &account::Model,
) -> Result<(), Error> {
    tell(tx, holder, |reader| mail::created(reader, key, &owner.name)).await
}

/// A key stopped working for ever.
pub(super) async fn revoked(tx: &mut Tx, holder: &account::Model, key: &str) -> Result<(), Error> {
    tell(tx, holder, |reader| mail::revoked(reader, key, &holder.name)).await
}

/// A person's key was cut off from an organization.
pub(super) async fn cut_off(
    tx: &mut Tx,
    person: &account::Model,
    key: &str,
    organization: &account::Model,
) -> Result<(), Error> {
    tell(tx, person, |reader| mail::cut_off(reader, key, &organization.name)).await
}

/// A key ends soon.
pub(super) async fn expiring(
    tx: &mut Tx,
    holder: &account::Model,
    key: &str,
    owner: &account::Model,
    ends: Timestamp,
) -> Result<(), Error> {
    tell(tx, holder, |reader| mail::expiring(reader, key, &owner.name, ends)).await
}

/// A key has ended.
pub(super) async fn expired(
    tx: &mut Tx,
    holder: &account::Model,
    key: &str,
    owner: &account::Model,
    ended: Timestamp,
) -> Result<(), Error> {
    tell(tx, holder, |reader| mail::expired(reader, key, &owner.name, ended)).await
}

/// Sends a mail to each confirmed address of those concerned.
async fn tell(tx: &mut Tx, holder: &account::Model, mail: impl Fn(Reader<'_>) -> Mail) -> Result<(), Error> {
    let is_organization = holder.kind == AccountKind::Organization.value();
    let people = if is_organization {
        store::accounts::administrators_of(tx.connection(), AccountKey(holder.id)).await?
    } else {
        vec![holder.clone()]
    };
    for person in people {
        let Some(to) = &person.email else { continue };
        let reader = Reader {
            to,
            name: &person.name,
            organization: is_organization.then_some(holder.name.as_str()),
        };
        tx.after_commit(&Job::Mail(mail(reader))).await?;
    }
    Ok(())
}
