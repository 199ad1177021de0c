//! What is done to several packages of an organization at once: they move to another owner, or are unlisted.

use super::move_many::move_many;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{AuthorizedPackage, ChangeListing, Permission, SeeOrganization};
use crate::error::Error;
use crate::tx::Tx;
use crate::{Gallery, packages, store};
use domain::account::{AccountKey, AccountName};
use domain::ownership::{PackagesChange, PackagesForm};
use domain::permission::Denied;
use schema::entity::package;
use std::collections::BTreeSet;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackagesChanged {
    /// They have another owner, or that one is asked.
    Moved {
        /// The new owner's name as it is written.
        owner: String,
        /// How many have moved.
        moved: usize,
        /// How many move when the new owner accepts.
        asked: usize,
    },
    /// So many packages have no listed version any more.
    Unlisted(usize),
}

/// Changes the selected packages of an organization, all or none of them.
///
/// # Errors
/// [`Error::NotFound`] for everybody but members, [`Error::Denied`] for collaborators who want to move; refusals of the
/// form; a conflict when the organization does not own one of them any more.
pub async fn change_packages(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    form: PackagesForm,
) -> Result<PackagesChanged, Error> {
    acting_person(a)?;
    let organization = name_in_address(a, organization)?;
    let tx = g.begin().await?;
    // Strangers learn nothing of what they sent.
    tx.authorize::<SeeOrganization>(a, &organization)
        .await?
        .of_organization()?;
    let change = form.parse().map_err(Error::Refused)?;
    // In one order, so that of two who select the same packages none waits for the other for ever.
    let ids: BTreeSet<String> = form.ids.iter().map(|id| id.to_lowercase()).collect();
    match change {
        PackagesChange::Move(owner) => move_many(g, a, tx, &organization, &owner, ids).await,
        PackagesChange::Unlist => unlist_many(g, a, tx, &organization, ids).await,
    }
}

async fn unlist_many(
    g: &Gallery,
    a: &Actor,
    tx: Tx,
    organization: &AccountName,
    ids: BTreeSet<String>,
) -> Result<PackagesChanged, Error> {
    let owner = tx.authorize::<ChangeListing>(a, organization).await?;
    let mut events = Vec::new();
    let mut changed = Vec::new();
    for id_key in ids {
        let package = held(&tx, &id_key, &owner.row().name).await?;
        let right = right_to::<ChangeListing>(&tx, a, owner.account(), &owner.row().name, package).await?;
        if let Some(event) = packages::unlist_all(&tx, a, &right).await? {
            events.push(event);
            changed.push(id_key);
        }
    }
    if events.is_empty() {
        return Ok(PackagesChanged::Unlisted(0));
    }
    tx.commit_all(events).await?;
    for id_key in &changed {
        g.feed().changed(id_key);
    }
    Ok(PackagesChanged::Unlisted(changed.len()))
}

/// A selected package, held until the end of the transaction.
pub(super) async fn held(tx: &Tx, id_key: &str, organization: &str) -> Result<package::Model, Error> {
    store::packages::lock(tx, id_key)
        .await?
        .ok_or_else(|| not_owned(id_key, organization))
}

/// The right of an organization to one of the selected packages.
pub(super) async fn right_to<P: Permission>(
    tx: &Tx,
    a: &Actor,
    owner: AccountKey,
    organization: &str,
    package: package::Model,
) -> Result<AuthorizedPackage<P>, Error> {
    let id = package.name.clone();
    tx.authorize_package::<P>(a, owner, package)
        .await
        .map_err(|error| about(error, &id, organization))
}

/// The reason against one of several, with its name.
fn about(error: Error, id: &str, organization: &str) -> Error {
    match error {
        Error::Denied(Denied::NotAnOwner) => not_owned(id, organization),
        Error::Denied(Denied::PackageLocked) => {
            Error::refuse(format!("{id} is locked. Ask the operators of this site."))
        }
        other => other,
    }
}

fn not_owned(id: &str, organization: &str) -> Error {
    Error::conflict(format!(
        "{organization} does not own {id} any more. Nothing was changed; select the packages again."
    ))
}
