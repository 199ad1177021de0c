//! The packages page of an organization.

use super::head_of;
use crate::Gallery;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{SeeOrganization, may_read};
use crate::error::Error;
use domain::page::Place;
use domain::permission::Action;
use domain::profile::OrganizationPackagesPage;

/// The packages that an organization owns, by id, listed or not; for members.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn packages(g: &Gallery, a: &Actor, name: &str, place: Place) -> Result<OrganizationPackagesPage, Error> {
    let name = name_in_address(a, name)?;
    let authorized = may_read::<SeeOrganization, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    Ok(OrganizationPackagesPage {
        moves: Action::ManageOwners.allows(authorized.standing()),
        packages: crate::packages::owned_by(g.reader(), &[authorized.account()], &place).await?,
        head: head_of(&authorized),
    })
}
