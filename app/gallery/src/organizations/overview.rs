//! The overview page of an organization.

use super::head_of;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{SeeOrganization, may_read};
use crate::error::Error;
use crate::{Gallery, store};
use domain::organization::OrganizationOverview;
use domain::time::Timestamp;

/// The overview, for members.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn overview(g: &Gallery, a: &Actor, name: &str) -> Result<OrganizationOverview, Error> {
    let name = name_in_address(a, name)?;
    let authorized = may_read::<SeeOrganization, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    let key = authorized.account();
    let head = head_of(&authorized);
    let (administrators, collaborators) = store::memberships::counts(g.reader(), key).await?;
    let invitations = store::invitations::count_waiting(g.reader(), key, g.now()).await?;
    let packages = store::packages_owned::counts(g.reader(), [key.0]).await?;
    let row = authorized.row();
    Ok(OrganizationOverview {
        email: row
            .email
            .clone()
            .or_else(|| row.pending_email.clone())
            .filter(|_| head.manages),
        head,
        administrators,
        collaborators,
        invitations: u32::try_from(invitations).unwrap_or(u32::MAX),
        packages: packages.get(&key.0).copied().unwrap_or(0),
        created: Timestamp::from_micros(row.created_at),
    })
}
