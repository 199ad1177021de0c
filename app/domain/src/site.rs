//! The page "Site administration", and what is done there.

use crate::account::AccountKind;
use crate::audit::AuditRow;
use crate::form::{Field, FieldErrors};
use crate::page::Page;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The page "Site administration".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePage {
    /// Whether an account was looked for.
    pub account_sought: bool,
    /// Whether a package was looked for.
    pub package_sought: bool,
    /// The accounts that were looked for, by name.
    pub accounts: Vec<SiteAccount>,
    /// Whether more accounts fit than are shown.
    pub more_accounts: bool,
    /// The package that was looked for.
    pub package: Option<SitePackage>,
    /// What happened on the site, newest first.
    pub events: Page<AuditRow>,
}

/// An account, as those who administer the site see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SiteAccount {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: AccountKind,
    /// Its address: the confirmed one, or the one that waits.
    pub email: String,
    /// Whether an address is confirmed.
    pub confirmed: bool,
    /// Whether it is locked.
    pub locked: bool,
    /// Whether it administers the site.
    pub site_administrator: bool,
    /// Whether it is the viewer.
    pub oneself: bool,
}

/// A package, as those who administer the site see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SitePackage {
    /// Its id as it is written.
    pub id: String,
    /// Whether it is locked.
    pub locked: bool,
    /// Owners by name.
    pub owners: Vec<String>,
    /// Its newest versions, or the one that was looked for.
    pub versions: Vec<SiteVersion>,
    /// Whether there are more versions than are shown.
    pub more_versions: bool,
}

/// A version of such a package.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SiteVersion {
    /// The version.
    pub version: String,
    /// Whether it is listed.
    pub listed: bool,
    /// When it was published.
    pub published: Timestamp,
}

/// The longest reason, in characters.
pub const REASON_LENGTH: usize = 500;

/// The form that deletes a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteVersionForm {
    /// "Reason".
    pub reason: String,
}

/// The fields of [`DeleteVersionForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeleteVersionField {
    /// "Reason".
    Reason,
}

impl Field for DeleteVersionField {
    fn name(self) -> &'static str {
        match self {
            Self::Reason => "reason",
        }
    }
}

impl DeleteVersionForm {
    /// Reads the reason.
    ///
    /// # Errors
    /// When there is none, or it is too long.
    pub fn parse(&self) -> Result<String, FieldErrors<DeleteVersionField>> {
        let reason: String = self
            .reason
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(FieldErrors::one(
                DeleteVersionField::Reason,
                "Say why. The owners and the audit trail get the reason.",
            ));
        }
        if reason.chars().count() > REASON_LENGTH {
            return Err(FieldErrors::one(
                DeleteVersionField::Reason,
                "Use at most 500 characters.",
            ));
        }
        Ok(reason.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::DeleteVersionForm;

    #[test]
    fn a_version_is_not_deleted_without_a_reason_of_some_length() {
        let reason = |text: &str| {
            DeleteVersionForm {
                reason: text.to_owned(),
            }
            .parse()
        };
        assert_eq!(reason(" malware\n\0").as_deref(), Ok("malware"));
        assert!(reason("   ").is_err());
        assert!(reason(&"x".repeat(501)).is_err());
    }
}
