//! The settings of accounts and organizations: the forms, what is wrong with them, and what the pages show.

mod forms;
mod policies;

pub use forms::{
    DESCRIPTION_LENGTH, EmailField, EmailForm, LogoField, NewProfile, ProfileField, ProfileForm, RenameField,
    RenameForm, WEBSITE_LENGTH,
};
pub use policies::{LONGEST_KEY_DAYS, Policies, PoliciesField, PoliciesForm};

use crate::deletion::OrganizationDeletion;
use crate::organization::OrganizationHead;
use crate::security::AccountSecurity;
use crate::session::SignInChoice;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// After a rename, this long an organization keeps its name, in days (product contract, 5.16).
pub const DAYS_BETWEEN_RENAMES: i64 = 30;

/// The largest file that is taken as a logo: 1 MiB.
pub const LOGO_BYTES: usize = 1 << 20;

/// The settings that accounts of both kinds have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// The name as it is written.
    pub name: String,
    /// The confirmed address, or empty.
    pub email: String,
    /// The address that waits for its confirmation, or empty.
    pub pending_email: String,
    /// Whether the account gets a mail when a package is published.
    pub notify: bool,
    /// A few sentences for the profile, or empty.
    pub description: String,
    /// An https address for the profile, or empty.
    pub website: String,
    /// Changes with the logo; empty without one.
    pub logo: String,
}

/// The page "Settings of {name}".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSettings {
    /// Head and navigation of the organization.
    pub head: OrganizationHead,
    /// What it shares with other accounts.
    pub account: AccountSettings,
    /// Its policies.
    pub policies: Policies,
    /// The ways to sign in that a policy can ask for.
    pub providers: Vec<SignInChoice>,
    /// When it can be renamed again, if that is not now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rename_from: Option<Timestamp>,
    /// Until when the viewer can undo the transformation that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<Timestamp>,
    /// What stands in the way of deleting it.
    pub deletion: OrganizationDeletion,
}

/// The page "Account settings".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Address, notifications and profile.
    pub settings: AccountSettings,
    /// Sign-ins, sessions, and what stands in the way of a deletion.
    pub security: AccountSecurity,
}

/// Why a setting cannot be changed; each is told at its field or as the form's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsProblem {
    /// The address is the present one.
    SameAddress,
    /// No change of the address waits.
    NoAddressChange,
    /// The account would be left without any address.
    OnlyAddress,
    /// More than [`DESCRIPTION_LENGTH`] characters.
    DescriptionTooLong,
    /// More than [`WEBSITE_LENGTH`] characters.
    WebsiteTooLong,
    /// Not an https address.
    Website,
    /// Not a number of days from 1 to [`LONGEST_KEY_DAYS`].
    KeyDays,
    /// Neither of the two.
    NewPackages,
    /// No provider of this site.
    UnknownProvider,
    /// Whoever sets the policy did not use a second factor.
    OwnSecondFactor,
    /// Whoever sets the policy signed in in another way.
    OwnProvider,
    /// The name is the present one.
    SameName,
}

impl std::fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::SameAddress => "This is the present address. Enter another one.",
            Self::NoAddressChange => "No change of the address waits any more.",
            Self::OnlyAddress => "There is no other address to go back to. Change it instead.",
            Self::DescriptionTooLong => "Use at most 500 characters.",
            Self::WebsiteTooLong => "Use at most 255 characters.",
            Self::Website => "Enter an address that begins with https://, or nothing.",
            Self::KeyDays => "Enter a number of days from 1 to 365, or nothing.",
            Self::NewPackages => "Choose Everyone or Administrators.",
            Self::UnknownProvider => "Choose one of the ways to sign in to this site.",
            Self::OwnSecondFactor => {
                "You do not meet this policy: you signed in without a second factor. Sign in with one, then set it."
            }
            Self::OwnProvider => {
                "You do not meet this policy: you signed in in another way. Sign in with this provider, then set it."
            }
            Self::SameName => "This is the present name. Enter another one.",
        })
    }
}

impl std::error::Error for SettingsProblem {}

/// Why a picture does not become a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoProblem {
    /// No file was chosen.
    Missing,
    /// More than [`LOGO_BYTES`].
    TooLarge,
    /// Not one of the three formats.
    Format,
    /// Too many pixels to be decoded.
    TooManyPixels,
    /// It cannot be decoded.
    Broken,
}

impl std::fmt::Display for LogoProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Choose a picture: PNG, JPEG or WebP.",
            Self::TooLarge => "This file is larger than 1 MiB. Choose a smaller one.",
            Self::Format => "This is not a PNG, JPEG or WebP picture. Choose another one.",
            Self::TooManyPixels => "This picture has too many pixels. Use at most 4096 by 4096.",
            Self::Broken => "This picture cannot be read: it is damaged or not complete. Choose another one.",
        })
    }
}

impl std::error::Error for LogoProblem {}
