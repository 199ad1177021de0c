//! On whose behalf somebody manages the owners of a package.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::authorization::{AuthorizedPackage, ManageOwners, standing_of};
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::ownership::OwnerRoute;
use domain::permission::{Action, Standing};
use schema::entity::{account, package};
use sea_orm::ConnectionTrait;

/// A package whose row is held, with its owners and the right to change them.
pub(super) struct Managed {
    pub(super) right: AuthorizedPackage<ManageOwners>,
    pub(super) owners: Vec<account::Model>,
}

/// The package of an id, held, with the right to manage its owners for the first owner for whom the actor may.
///
/// # Errors
/// [`Error::NotFound`] when there is no such package, or the actor has nothing to do with its owners; [`Error::Denied`]
/// with the reason otherwise.
pub(super) async fn manage(tx: &Tx, a: &Actor, id: &str) -> Result<Managed, Error> {
    acting_person(a)?;
    let package = store::packages::lock(tx, &id.to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    manage_held(tx, a, package).await
}

/// The same for a package that is held already.
pub(super) async fn manage_held(tx: &Tx, a: &Actor, package: package::Model) -> Result<Managed, Error> {
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let mut reason = None;
    for owner in &owners {
        match tx
            .authorize_package::<ManageOwners>(a, AccountKey(owner.id), package.clone())
            .await
        {
            Ok(right) => return Ok(Managed { right, owners }),
            Err(Error::NotFound) => {}
            Err(error @ (Error::Denied(_) | Error::Policy { .. })) => reason = reason.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Err(reason.unwrap_or(Error::NotFound))
}

/// Whether a page shows the viewer what changes the owners of a package.
pub(crate) async fn manages_owners<C: ConnectionTrait>(
    connection: &C,
    a: &Actor,
    owners: &[account::Model],
) -> Result<bool, Error> {
    for owner in owners {
        let (standing, _) = standing_of(connection, a, owner).await?;
        if Action::ManageOwners.allows(standing) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What each of the owners is to the viewer, in their order.
pub(crate) async fn route_of<C: ConnectionTrait>(
    connection: &C,
    a: &Actor,
    owners: &[account::Model],
) -> Result<Vec<OwnerRoute>, Error> {
    let mut own = Vec::with_capacity(owners.len());
    for owner in owners {
        let (standing, _) = standing_of(connection, a, owner).await?;
        own.push(matches!(standing, Standing::Oneself | Standing::Member(_)));
    }
    let routes = own.iter().filter(|own| **own).count();
    Ok(own
        .into_iter()
        .map(|own| match (own, routes) {
            (false, _) => OwnerRoute::Foreign,
            (true, 1) => OwnerRoute::OnlyRoute,
            (true, _) => OwnerRoute::Own,
        })
        .collect())
}
