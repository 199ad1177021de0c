//! Organizations: adding one, and what their pages show.

use crate::account::{AccountName, EmailAddress};
use crate::form::{Field, FieldErrors};
use crate::permission::Role;
use crate::session::NewAccount;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The form "Add organization".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddOrganizationForm {
    /// What was typed as name.
    pub name: String,
    /// What was typed as address.
    pub email: String,
}

/// The fields of [`AddOrganizationForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddOrganizationField {
    /// "Organization name".
    Name,
    /// "Organization email address".
    Email,
}

impl Field for AddOrganizationField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

impl AddOrganizationForm {
    /// Reads the form; the browser runs this before it sends.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<NewAccount, FieldErrors<AddOrganizationField>> {
        let mut errors = FieldErrors::default();
        let name = errors.take(AddOrganizationField::Name, AccountName::parse_new(self.name.trim()));
        let email = errors.take(AddOrganizationField::Email, EmailAddress::parse(&self.email));
        match (name, email) {
            (Some(name), Some(email)) => Ok(NewAccount { name, email }),
            _ => Err(errors),
        }
    }
}

/// A row of "Manage organizations": a membership, or an invitation or a transformation that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MyOrganization {
    /// The organization's name.
    pub name: String,
    /// The person's role, or the one they are invited to.
    pub role: Role,
    /// Whether it is an invitation.
    pub invited: bool,
    /// The invitation has ended; it can be sent again by the organization, but not be accepted.
    pub expired: bool,
    /// Whether it is an account that wants to become an organization, with the person as its administrator.
    pub transformation: bool,
    /// Members, without invitations.
    pub members: u32,
    /// Packages that the organization owns.
    pub packages: u32,
}

/// The page "Manage organizations".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyOrganizations {
    /// Memberships, then invitations, then transformations, each by name. A person is in few enough for one page (at most
    /// 1,000 of each are read).
    pub organizations: Vec<MyOrganization>,
}

/// What every page of an organization needs: its head and its navigation, as this viewer gets them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationHead {
    /// The name as it is written.
    pub name: String,
    /// Changes with the logo; empty without one.
    pub logo: String,
    /// The viewer's role; none for a site administrator who is not a member.
    pub role: Option<Role>,
    /// Whether its address is confirmed.
    pub confirmed: bool,
    /// Whether a site administrator has locked it.
    pub locked: bool,
    /// Whether there are links to overview and packages.
    pub sees_organization: bool,
    /// Whether there is a link to the audit trail.
    pub sees_audit: bool,
    /// Whether there are links to API keys and trusted publishing.
    pub sees_keys: bool,
    /// Whether there is a link to settings, and a button to resend the confirmation.
    pub manages: bool,
    /// Whether members can be invited and changed.
    pub manages_members: bool,
}

/// The overview page of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationOverview {
    /// Head and navigation.
    pub head: OrganizationHead,
    /// The confirmed address, or the pending one; only for those who manage the organization.
    pub email: Option<String>,
    /// Members by role: administrators, collaborators.
    pub administrators: u32,
    /// See `administrators`.
    pub collaborators: u32,
    /// Invitations that wait for an answer.
    pub invitations: u32,
    /// Packages that it owns.
    pub packages: u32,
    /// When it was added.
    pub created: Timestamp,
}

/// For whom a page of help is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpReader {
    /// The reader's organizations, by name; none for whoever is not signed in.
    pub organizations: Vec<String>,
    /// The one that the commands are for.
    pub chosen: Option<String>,
}
