//! The roles of an organization, and how a person stands to an account.

use super::policy::Policy;
use serde::{Deserialize, Serialize};

/// What a member may do in an organization. There are just these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages packages, but neither members nor owners nor settings.
    Collaborator,
    /// Manages everything of the organization.
    Administrator,
}

impl Role {
    /// Both roles, the lesser first: the order of every list of choices.
    pub const ALL: [Self; 2] = [Self::Collaborator, Self::Administrator];

    /// The value of the role in forms, on the command line and in the database.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Collaborator => "collaborator",
            Self::Administrator => "administrator",
        }
    }

    /// The role's name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Collaborator => "Collaborator",
            Self::Administrator => "Administrator",
        }
    }

    /// Reads a form's or the database's value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.value() == text)
    }
}

/// How a person stands to an account, before any state, key or policy is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nobody is signed in.
    Anonymous,
    /// Signed in, and nothing to the account.
    Other,
    /// A site administrator who is not a member.
    SiteAdministrator,
    /// A member who does not meet a policy of the organization, and is treated as none until they do.
    Barred(Policy),
    /// A member of the organization with a role.
    Member(Role),
    /// The account is the person's own.
    Oneself,
}

impl Standing {
    /// Every standing, from the least to the most: the columns of the table.
    pub const ALL: [Self; 7] = [
        Self::Anonymous,
        Self::Other,
        Self::SiteAdministrator,
        Self::Barred(Policy::SecondFactor),
        Self::Member(Role::Collaborator),
        Self::Member(Role::Administrator),
        Self::Oneself,
    ];

    /// The standing's name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Other => "signed-in other",
            Self::SiteAdministrator => "site administrator",
            Self::Barred(_) => "member barred by a policy",
            Self::Member(role) => role.label(),
            Self::Oneself => "the person",
        }
    }
}
