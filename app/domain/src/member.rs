//! Members of an organization and the people invited to become one.

use crate::account::{AccountName, EmailAddress};
use crate::form::{Field, FieldErrors};
use crate::organization::OrganizationHead;
use crate::page::Page;
use crate::permission::{Role, Why};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The members page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    /// Head and navigation of the organization.
    pub head: OrganizationHead,
    /// Open invitations, oldest first; shown above the members of the first page (at most 200 are open at once).
    pub invitations: Vec<InvitationRow>,
    /// The members by name.
    pub members: Page<MemberRow>,
    /// How many administrators there are, without invitations.
    pub administrators: u32,
    /// How many collaborators there are, without invitations.
    pub collaborators: u32,
    /// What became of the rights of somebody who was removed, if the address asks for it and the viewer may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offboarding: Option<Offboarding>,
    /// What somebody may do for the organization and why, if the address asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// The region "Off-boarding summary of {user}".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offboarding {
    /// The user's name.
    pub member: String,
    /// How many of the user's own keys for the organization have stopped.
    pub stopped: u32,
    /// The organization's keys whose value the user was shown; nothing for a viewer who may not manage them.
    pub known: Option<Vec<KnownKey>>,
}

/// An organization's key whose value somebody knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KnownKey {
    /// The handle to regenerate it.
    pub key: i64,
    /// What it is called.
    pub name: String,
}

/// A member in the table "Members".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberRow {
    /// The member's user name.
    pub name: String,
    /// The member's role.
    pub role: Role,
    /// When they became a member.
    pub since: Timestamp,
    /// Whether this is the viewer.
    pub oneself: bool,
}

/// An invitation in the table "Members".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InvitationRow {
    /// A handle for resend, cancel and role changes; no secret, and worthless without the right to manage members.
    pub key: i64,
    /// The user name, or the address as it was typed: whichever way the person was invited.
    pub invited: String,
    /// The role they will have.
    pub role: Role,
    /// When it was last sent.
    pub sent: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether it has ended; it can be sent again.
    pub expired: bool,
}

/// The form "Invite".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// "User name or email address".
    pub invited: String,
    /// "Role".
    pub role: String,
}

/// The fields of [`InviteForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InviteField {
    /// "User name or email address".
    Invited,
    /// "Role".
    Role,
}

impl Field for InviteField {
    fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Role => "role",
        }
    }
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The user of this name.
    User(AccountName),
    /// Whoever proves to have this address; whether an account has it is never told.
    Address(EmailAddress),
}

/// The form "Invite", read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Whom it is for.
    pub invited: Invited,
    /// The role they will have.
    pub role: Role,
}

impl InviteForm {
    /// Reads the form: a text with `@` is an address, any other a user name.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<Invite, FieldErrors<InviteField>> {
        let mut errors = FieldErrors::default();
        let text = self.invited.trim();
        let invited = if text.is_empty() {
            errors.take(InviteField::Invited, Err("Enter a user name or an email address."))
        } else if text.contains('@') {
            errors
                .take(InviteField::Invited, EmailAddress::parse(text))
                .map(Invited::Address)
        } else {
            let name = AccountName::parse(text).map_err(|_| MemberProblem::UnknownUser);
            errors.take(InviteField::Invited, name).map(Invited::User)
        };
        let role = errors.take(InviteField::Role, parse_role(&self.role));
        match (invited, role) {
            (Some(invited), Some(role)) => Ok(Invite { invited, role }),
            _ => Err(errors),
        }
    }
}

/// Reads a form's role.
///
/// # Errors
/// When it is neither of the two.
pub fn parse_role(text: &str) -> Result<Role, MemberProblem> {
    Role::parse(text).ok_or(MemberProblem::UnknownRole)
}

/// Why something about members cannot be done; each is told at its field or as the form's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberProblem {
    /// Invited by a user name that nobody has.
    UnknownUser,
    /// Invited by the name of a user who has not confirmed an address.
    UnconfirmedUser,
    /// Invited by the name of an organization.
    IsOrganization,
    /// Invited by the name of a member.
    AlreadyMember,
    /// Neither of the two roles.
    UnknownRole,
    /// No member of this name (any more).
    NotAMember,
    /// The only administrator would leave, be removed or step down.
    LastAdministrator,
    /// The invitation is not there (any more).
    NoInvitation,
    /// The invitation has ended.
    InvitationExpired,
    /// The organization has too many open invitations.
    TooManyInvitations,
}

impl std::fmt::Display for MemberProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownUser => "There is no user of this name. Check the spelling, or invite by email address.",
            Self::UnconfirmedUser => {
                "This user has not confirmed an email address yet. Ask them to do so, then invite them."
            }
            Self::IsOrganization => "This is an organization. Only users can become members.",
            Self::AlreadyMember => "This user is a member already.",
            Self::UnknownRole => "Choose Collaborator or Administrator.",
            Self::NotAMember => "This user is not a member any more.",
            Self::LastAdministrator => "You are the last administrator. Make somebody else administrator first.",
            Self::NoInvitation => "This invitation is not there any more.",
            Self::InvitationExpired => "This invitation has expired. Ask an administrator to send it again.",
            Self::TooManyInvitations => "This organization has too many open invitations. Cancel some of them first.",
        })
    }
}

impl std::error::Error for MemberProblem {}
