//! The members page, and the command line's list.

use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{SeeMembers, may_read};
use crate::error::Error;
use crate::organizations::head_of;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::invitation::OPEN_INVITATIONS;
use domain::member::{InvitationRow, MemberRow, MembersPage};
use domain::page::Place;
use domain::permission::Role;
use domain::time::Timestamp;

/// Which part of the members page somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    /// A part of a name.
    pub q: &'a str,
    /// Where in the list.
    pub place: Place,
    /// The number of somebody who was removed, for the off-boarding summary; or empty.
    pub left: &'a str,
    /// The name of somebody, to be told what they may do here and why; or empty.
    pub why: &'a str,
}

/// A page of members by name, 50 at a time, with the open invitations on the first page.
///
/// # Errors
/// [`Error::NotFound`] for everybody but members and site administrators.
pub async fn page(g: &Gallery, a: &Actor, organization: &str, asked: Asked<'_>) -> Result<MembersPage, Error> {
    let Asked { q, place, left, why } = asked;
    let organization = name_in_address(a, organization)?;
    let authorized = may_read::<SeeMembers, _>(g.reader(), a, &organization)
        .await?
        .of_organization()?;
    let q = q.trim().to_lowercase();
    let members = store::memberships::page(g.reader(), &authorized, &q, &place).await?;
    let invitations = if members.previous.is_none() {
        store::invitations::list(g.reader(), &authorized, OPEN_INVITATIONS).await?
    } else {
        Vec::new()
    };
    let (administrators, collaborators) = store::memberships::counts(g.reader(), authorized.account()).await?;
    Ok(MembersPage {
        offboarding: super::offboarding::of(g, &authorized, left).await?,
        why: super::why::why(g, a, &authorized, why).await?,
        head: head_of(&authorized),
        invitations: invitations
            .into_iter()
            .filter(|row| row.invited.to_lowercase().contains(&q))
            .map(|row| InvitationRow {
                key: row.key,
                invited: row.invited,
                role: row.role,
                sent: Timestamp::from_micros(row.sent),
                expires: Timestamp::from_micros(row.expires),
                expired: row.expires <= g.now().micros(),
            })
            .collect(),
        members: members.map(|member| MemberRow {
            oneself: a.account() == Some(AccountKey(member.key)),
            name: member.name,
            role: member.role,
            since: Timestamp::from_micros(member.since),
        }),
        administrators,
        collaborators,
    })
}

/// The members page without an off-boarding summary.
///
/// # Errors
/// As [`page`].
pub async fn list(g: &Gallery, a: &Actor, organization: &str, q: &str, place: Place) -> Result<MembersPage, Error> {
    let asked = Asked {
        q,
        place,
        ..Asked::default()
    };
    page(g, a, organization, asked).await
}

/// Every member of an organization by name, with the role.
///
/// # Errors
/// [`Error::NotFound`] when there is no such organization, or the asker may not see its members.
pub async fn names(g: &Gallery, a: &Actor, organization: &AccountName) -> Result<Vec<(AccountName, Role)>, Error> {
    let authorized = may_read::<SeeMembers, _>(g.reader(), a, organization)
        .await?
        .of_organization()?;
    store::memberships::all(g.reader(), &authorized).await
}
