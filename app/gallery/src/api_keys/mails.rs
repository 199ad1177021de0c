//! Who is told about a key: its person, or every administrator of the organization whose key it is.

use crate::authorization::{Hold, account_by_key};
use crate::error::Error;
use crate::jobs::Job;
use crate::tx::Tx;
use crate::{mail, store};
use domain::account::{AccountKey, AccountKind};
use schema::entity::account;

/// A key was made.
pub(super) async fn created(tx: &mut Tx, holder: AccountKey, key: &str, owner: &account::Model) -> Result<(), Error> {
    for (to, name) in recipients(tx, holder).await? {
        let mail = mail::api_key::created(&to, &name, key, &owner.name);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    Ok(())
}

/// A key stopped working for ever.
pub(super) async fn revoked(tx: &mut Tx, holder: &account::Model, key: &str) -> Result<(), Error> {
    for (to, name) in recipients(tx, AccountKey(holder.id)).await? {
        let mail = mail::api_key::revoked(&to, &name, key, &holder.name);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    Ok(())
}

/// Confirmed addresses with the names of their people.
async fn recipients(tx: &Tx, holder: AccountKey) -> Result<Vec<(String, String)>, Error> {
    let holder = account_by_key(tx.connection(), holder, Hold::No)
        .await?
        .ok_or(Error::NotFound)?;
    let people = if holder.kind == AccountKind::Organization.value() {
        store::accounts::administrators_of(tx.connection(), AccountKey(holder.id)).await?
    } else {
        vec![holder]
    };
    Ok(people
        .into_iter()
        .filter_map(|person| Some((person.email?, person.name)))
        .collect())
}
