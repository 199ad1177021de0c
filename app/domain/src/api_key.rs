//! API keys: the form, and what the list shows. A key's value is shown once and kept only as a hash.

mod lifetime;
mod list;

pub use lifetime::{LIFETIMES, LONGEST_LIFETIME, lifetimes, preselected};
pub use list::{
    ApiKeyRow, ApiKeyState, ApiKeysPage, KeyHistory, KeysOfOrganization, MemberKeyRow, OrganizationKeysPage,
};

use crate::account::AccountName;
use crate::form::{Field, FieldErrors};
use crate::permission::{Glob, PushScope, Scopes};
use serde::{Deserialize, Serialize};

/// The greatest length of a key's name, in characters.
pub const KEY_NAME_LENGTH: usize = 64;

/// The form "Create" of the page "API keys"; checkboxes are `"on"` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyForm {
    /// "Key name".
    pub name: String,
    /// "Expires in": days.
    pub days: String,
    /// "Package owner": an account's name.
    pub owner: String,
    /// "Push".
    pub push: String,
    /// `new` or `versions`.
    pub push_scope: String,
    /// "Unlist or relist package versions".
    pub unlist: String,
    /// "Glob pattern".
    pub globs: String,
}

/// The fields of [`ApiKeyForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyField {
    /// "Key name".
    Name,
    /// "Expires in".
    Days,
    /// "Package owner".
    Owner,
    /// The group of scopes.
    Scopes,
    /// "Glob pattern".
    Globs,
}

impl Field for ApiKeyField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Days => "days",
            Self::Owner => "owner",
            Self::Scopes => "scopes",
            Self::Globs => "globs",
        }
    }
}

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiKey {
    /// What it is called.
    pub name: String,
    /// How long it is good for, in days from now, 1 to 365.
    pub days: u16,
    /// For which account it pushes.
    pub owner: AccountName,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages.
    pub globs: Vec<Glob>,
}

impl ApiKeyForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<NewApiKey, FieldErrors<ApiKeyField>> {
        let mut errors = FieldErrors::default();
        let name = errors.take(ApiKeyField::Name, parse_key_name(&self.name));
        let days = errors.take(ApiKeyField::Days, parse_lifetime(&self.days));
        let owner = errors.take(
            ApiKeyField::Owner,
            AccountName::parse(self.owner.trim()).map_err(|_| ApiKeyProblem::NoOwner),
        );
        let push = match (self.push.is_empty(), self.push_scope.as_str()) {
            (true, _) => PushScope::None,
            (false, "versions") => PushScope::Versions,
            (false, _) => PushScope::NewPackages,
        };
        let scopes = Scopes {
            push,
            unlist: !self.unlist.is_empty(),
        };
        if scopes.is_empty() {
            errors.add(ApiKeyField::Scopes, ApiKeyProblem::NoScope);
        }
        let globs = errors.take(ApiKeyField::Globs, Glob::parse_list(&self.globs));
        match (name, days, owner, globs) {
            (Some(name), Some(days), Some(owner), Some(globs)) if errors.is_empty() => Ok(NewApiKey {
                name,
                days,
                owner,
                scopes,
                globs,
            }),
            _ => Err(errors),
        }
    }
}

/// Reads a key's name.
///
/// # Errors
/// When it is blank or too long.
pub fn parse_key_name(text: &str) -> Result<String, ApiKeyProblem> {
    let name = text.trim();
    if name.is_empty() {
        Err(ApiKeyProblem::NoName)
    } else if name.chars().count() > KEY_NAME_LENGTH || name.chars().any(char::is_control) {
        Err(ApiKeyProblem::BadName)
    } else {
        Ok(name.to_owned())
    }
}

/// Reads a lifetime in days.
///
/// # Errors
/// When it is no number from 1 to [`LONGEST_LIFETIME`].
pub fn parse_lifetime(text: &str) -> Result<u16, ApiKeyProblem> {
    text.trim()
        .parse()
        .ok()
        .filter(|days| (1..=LONGEST_LIFETIME).contains(days))
        .ok_or(ApiKeyProblem::BadLifetime)
}

/// Why a key cannot be made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyProblem {
    /// No name.
    NoName,
    /// A name that is too long or has control characters.
    BadName,
    /// Not 1 to 365 days.
    BadLifetime,
    /// No owner chosen.
    NoOwner,
    /// An owner for whom this person may not push.
    ForeignOwner,
    /// An owner whose address is not confirmed.
    UnconfirmedOwner,
    /// No scope ticked.
    NoScope,
    /// The key is not there (any more).
    NoKey,
    /// The key was revoked, so it cannot be changed.
    Revoked,
    /// The key was cut off from its owner, so it cannot be changed.
    CutOff,
    /// Another key of the account has the name, and was not revoked.
    NameTaken,
    /// Longer than a policy of the owner allows, in days.
    TooLong(u16),
}

impl std::fmt::Display for ApiKeyProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::TooLong(days) => {
                let plural = if *days == 1 { "" } else { "s" };
                return write!(f, "This owner allows at most {days} day{plural}.");
            }
            Self::NoName => "Enter a name for the key.",
            Self::BadName => "Use at most 64 printable characters.",
            Self::BadLifetime => "Choose 1 to 365 days.",
            Self::NoOwner => "Select the owner for whom the key pushes.",
            Self::ForeignOwner => "You may not push for this owner. Select another one.",
            Self::UnconfirmedOwner => "This owner has not confirmed its email address yet. Confirm it first.",
            Self::NoScope => "Select at least one scope.",
            Self::NoKey => "This key is not there any more.",
            Self::Revoked => "This key was revoked. Create a new one.",
            Self::CutOff => "This key was cut off from its owner. Create a new one.",
            Self::NameTaken => "Another key has this name. Choose another name, or revoke or delete that key first.",
        })
    }
}

impl std::error::Error for ApiKeyProblem {}

/// Whether two names are the same to people: case makes no difference.
#[must_use]
pub fn same_key_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
