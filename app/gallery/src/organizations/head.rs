//! The head of every page of an organization: what it is called, and where this viewer may go.

use crate::Gallery;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeMembers, may_read};
use crate::error::Error;
use domain::organization::OrganizationHead;
use domain::permission::{Action, Standing};

/// The head, for whoever may see any page of the organization.
///
/// # Errors
/// [`Error::NotFound`] for strangers and for names of users.
pub async fn head(g: &Gallery, a: &Actor, name: &str) -> Result<OrganizationHead, Error> {
    let name = name_in_address(a, name)?;
    let authorized = may_read::<SeeMembers, _>(g.reader(), a, &name).await?;
    Ok(head_of(&authorized.of_organization()?))
}

/// The head of an organization that somebody has the right to see.
pub(crate) fn head_of<P>(authorized: &Authorized<P>) -> OrganizationHead {
    let standing = authorized.standing();
    let row = authorized.row();
    OrganizationHead {
        name: row.name.clone(),
        logo: row.logo.clone(),
        role: match standing {
            Standing::Member(role) => Some(role),
            _ => None,
        },
        confirmed: row.email.is_some(),
        locked: row.locked,
        sees_organization: Action::SeeOrganization.allows(standing),
        sees_audit: Action::SeeMembershipEvents.allows(standing),
        sees_keys: Action::SeeAccountKeys.allows(standing),
        manages: Action::ManageAccount.allows(standing),
        manages_members: Action::ManageMembers.allows(standing),
    }
}
