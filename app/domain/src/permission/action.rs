//! What can be done to an account or to a package on an account's behalf: the rows of the table.

use super::role::{Role, Standing};

/// One row of the permission table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the public profile, the packages and the feed.
    SeeProfile,
    /// See that the organization's pages exist: overview, packages.
    SeeOrganization,
    /// See the members and the pending invitations.
    SeeMembers,
    /// Invite, cancel, resend, change roles, remove others.
    ManageMembers,
    /// Cancel an invitation: the one thing about members that an unconfirmed organization may do.
    CancelInvitation,
    /// Accept or decline an invitation that one got oneself.
    AnswerInvitation,
    /// End one's own membership.
    LeaveOrganization,
    /// Change address, notifications, logo, profile, policies and name; confirm the address; delete the account.
    ManageAccount,
    /// See the page on which all that is changed.
    SeeSettings,
    /// See the whole audit trail.
    SeeAuditTrail,
    /// See the package and membership events of the audit trail.
    SeeMembershipEvents,
    /// See the names of the organization's keys and publishing policies.
    SeeAccountKeys,
    /// Create, rotate and revoke the organization's keys and publishing policies.
    ManageAccountKeys,
    /// Create a personal key whose owner is the account.
    CreateKeyForAccount,
    /// Answer a request that the account should own a package.
    AnswerOwnershipRequest,
    /// Publish the first version of an id that the account will own.
    PublishNewId,
    /// Publish a version of a package that the account owns.
    PublishVersion,
    /// Unlist and relist versions of a package that the account owns.
    ChangeListing,
    /// Deprecate versions of a package that the account owns.
    Deprecate,
    /// See which person published a version of a package that the account owns.
    SeePublisher,
    /// Add and remove owners of a package that the account owns.
    ManageOwners,
    /// Lock accounts and packages, delete packages, reserve prefixes, see the site's audit trail.
    AdministerSite,
}

impl Action {
    /// Every row, in the order of the table.
    pub const ALL: [Self; 22] = [
        Self::SeeProfile,
        Self::SeeOrganization,
        Self::SeeMembers,
        Self::ManageMembers,
        Self::CancelInvitation,
        Self::AnswerInvitation,
        Self::LeaveOrganization,
        Self::ManageAccount,
        Self::SeeSettings,
        Self::SeeAuditTrail,
        Self::SeeMembershipEvents,
        Self::SeeAccountKeys,
        Self::ManageAccountKeys,
        Self::CreateKeyForAccount,
        Self::AnswerOwnershipRequest,
        Self::PublishNewId,
        Self::PublishVersion,
        Self::ChangeListing,
        Self::Deprecate,
        Self::SeePublisher,
        Self::ManageOwners,
        Self::AdministerSite,
    ];

    /// What the row is called on the help page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SeeProfile => "See the profile, the packages and the feed",
            Self::SeeOrganization => "See the organization's pages",
            Self::SeeMembers => "See members and pending invitations",
            Self::ManageMembers => "Invite and remove members, change roles",
            Self::CancelInvitation => "Cancel invitations",
            Self::AnswerInvitation => "Accept or decline one's own invitation",
            Self::LeaveOrganization => "Leave the organization",
            Self::ManageAccount => "Change settings and policies, rename, delete",
            Self::SeeSettings => "See the settings",
            Self::SeeAuditTrail => "See the whole audit trail",
            Self::SeeMembershipEvents => "See package and membership events",
            Self::SeeAccountKeys => "See the names of the organization's keys",
            Self::ManageAccountKeys => "Manage the organization's keys and trusted publishing",
            Self::CreateKeyForAccount => "Create a personal API key scoped to the organization",
            Self::AnswerOwnershipRequest => "Answer requests to own a package",
            Self::PublishNewId => "Publish a new package id",
            Self::PublishVersion => "Publish a new version",
            Self::ChangeListing => "Unlist and relist versions",
            Self::Deprecate => "Deprecate versions",
            Self::SeePublisher => "See who published a version",
            Self::ManageOwners => "Add and remove owners of a package",
            Self::AdministerSite => "Administer the site",
        }
    }

    /// The first half of the question: may somebody of this standing do it for the account?
    ///
    /// A site administrator's power is that of the web pages alone; [`super::decide`] takes it away from keys.
    #[must_use]
    pub const fn allows(self, standing: Standing) -> bool {
        use Standing::{Anonymous, Barred, Member, Oneself, Other, SiteAdministrator};
        match self {
            Self::SeeProfile => match standing {
                Anonymous | Other | SiteAdministrator | Barred(_) | Member(_) | Oneself => true,
            },
            Self::SeeOrganization
            | Self::SeeMembershipEvents
            | Self::SeeAccountKeys
            | Self::CreateKeyForAccount
            | Self::PublishNewId
            | Self::PublishVersion
            | Self::ChangeListing
            | Self::Deprecate
            | Self::SeePublisher => matches!(standing, Member(_) | Oneself),
            Self::SeeMembers => matches!(standing, Member(_) | SiteAdministrator),
            Self::ManageMembers | Self::CancelInvitation => {
                matches!(standing, Member(Role::Administrator) | SiteAdministrator)
            }
            Self::AnswerInvitation => matches!(standing, Oneself),
            // Whoever does not meet a policy is a member still, and may go.
            Self::LeaveOrganization => matches!(standing, Member(_) | Barred(_)),
            Self::ManageAccount
            | Self::SeeSettings
            | Self::SeeAuditTrail
            | Self::ManageAccountKeys
            | Self::AnswerOwnershipRequest
            | Self::ManageOwners => matches!(standing, Member(Role::Administrator) | Oneself),
            Self::AdministerSite => matches!(standing, SiteAdministrator),
        }
    }

    /// Whether having no right to it means that the thing does not exist for the asker, rather than that it is refused.
    ///
    /// Members see the organization, so they are told "not allowed" about what changes it; pages that only some
    /// members may open are not found for the others (product contract, section 7).
    #[must_use]
    pub const fn hides(self, standing: Standing) -> bool {
        match self {
            Self::SeeProfile
            | Self::SeeOrganization
            | Self::SeeMembers
            | Self::SeeMembershipEvents
            | Self::SeeAccountKeys
            | Self::SeeSettings
            | Self::SeeAuditTrail
            | Self::SeePublisher
            | Self::AdministerSite => true,
            // A site administrator sees an organization's members, but neither its keys nor anybody's own.
            Self::ManageAccountKeys => !Self::SeeAccountKeys.allows(standing),
            _ => !Self::SeeMembers.allows(standing) && !Self::SeeOrganization.allows(standing),
        }
    }

    /// Whether the action changes anything; reading goes on for locked and unconfirmed accounts.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(
            self,
            Self::SeeProfile
                | Self::SeeOrganization
                | Self::SeeMembers
                | Self::SeeSettings
                | Self::SeeAuditTrail
                | Self::SeeMembershipEvents
                | Self::SeeAccountKeys
                | Self::SeePublisher
        )
    }

    /// Whether the second half is asked too: the account must own the package.
    #[must_use]
    pub const fn needs_ownership(self) -> bool {
        matches!(
            self,
            Self::PublishVersion | Self::ChangeListing | Self::Deprecate | Self::ManageOwners | Self::SeePublisher
        )
    }

    /// Whether an unconfirmed account may do it all the same (organizations.md 2.4): confirming, settings, deleting,
    /// cancelling an invitation.
    #[must_use]
    pub const fn works_unconfirmed(self) -> bool {
        !self.writes()
            || matches!(
                self,
                Self::ManageAccount | Self::CancelInvitation | Self::AdministerSite
            )
    }
}
