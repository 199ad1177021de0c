//! What the lists of keys show.

use crate::organization::OrganizationHead;
use crate::page::Page;
use crate::permission::{Policy, Scopes, WhyAnswer};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether a key works, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyState {
    /// It works until it expires.
    Active,
    /// Its time is over.
    Expired,
    /// Somebody revoked it.
    Revoked,
    /// An administrator of its owner has cut it off.
    CutOff,
    /// Its person is no member of its owner any more.
    NotAMember,
    /// Its person has rejoined its owner and must confirm it first.
    NeedsConfirmation,
    /// A policy of its owner refuses it.
    Policy(Policy),
    /// Its owner has not confirmed an address.
    OwnerUnconfirmed,
    /// Its owner is locked.
    OwnerLocked,
    /// Its owner is deleted.
    OwnerDeleted,
    /// Its person is locked.
    PersonLocked,
}

impl ApiKeyState {
    /// Whether the key never works again, whatever is done.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Revoked | Self::CutOff | Self::OwnerDeleted)
    }

    /// The state in two or three words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Expired => "Expired",
            Self::Revoked => "Revoked",
            Self::CutOff => "Cut off",
            Self::NotAMember => "Not a member any more",
            Self::NeedsConfirmation => "To be confirmed",
            Self::Policy(Policy::KeyLifetime) => "Too old for a policy",
            Self::Policy(_) => "Refused by a policy",
            Self::OwnerUnconfirmed => "Owner not confirmed",
            Self::OwnerLocked => "Owner locked",
            Self::OwnerDeleted => "Owner deleted",
            Self::PersonLocked => "Account locked",
        }
    }
}

/// An API key in the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApiKeyRow {
    /// The handle for edit, regenerate, revoke and delete; no secret.
    pub key: i64,
    /// What it is called.
    pub name: String,
    /// For which account it pushes; empty for a deleted one.
    pub owner: String,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages, as typed.
    pub globs: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// Whether it works.
    pub state: ApiKeyState,
    /// What it may do, and why.
    pub why: Vec<WhyAnswer>,
    /// Who had to do with it; only for an organization's own key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<KeyHistory>,
}

/// Who had to do with an organization's own key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyHistory {
    /// Who made it: a user's name, "the operator" or "a deleted account".
    pub created_by: String,
    /// To whom its present value was shown, by name.
    pub shown_to: Vec<String>,
    /// Those of them who are no members any more, while the value is good for something.
    pub gone: Vec<String>,
}

/// The page "API keys".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeysPage {
    /// The keys, newest first (an account has at most 500).
    pub keys: Vec<ApiKeyRow>,
    /// The accounts for which this person may make keys: themselves first, then organizations by name.
    pub owners: Vec<String>,
    /// The lifetimes to choose from, in days.
    pub lifetimes: Vec<u16>,
}

/// The page "API keys of {name}".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationKeysPage {
    /// Head and navigation of the organization.
    pub head: OrganizationHead,
    /// What this viewer may see.
    pub keys: KeysOfOrganization,
}

/// What somebody may see of an organization's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeysOfOrganization {
    /// The names of its own keys, newest first.
    Names(Vec<String>),
    /// All of it, with the right to change it.
    Managed {
        /// Its own keys, newest first (an account has at most 500).
        own: Vec<ApiKeyRow>,
        /// The lifetimes to choose from, in days.
        lifetimes: Vec<u16>,
        /// The members' keys for it, newest first, page by page.
        members: Page<MemberKeyRow>,
    },
}

/// A row of the table "Members' keys".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberKeyRow {
    /// The handle to cut it off; no secret.
    pub key: i64,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub member: String,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages, as typed.
    pub globs: Vec<String>,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether it works.
    pub state: ApiKeyState,
    /// What it may do, and why.
    pub why: Vec<WhyAnswer>,
}
