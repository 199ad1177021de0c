//! The policies that an organization's administrators set (product contract, 5.15).

use serde::{Deserialize, Serialize};

/// Who may publish new packages for an organization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewPackages {
    /// Every member.
    #[default]
    Everyone,
    /// Administrators. It binds sessions and personal keys, not the organization's own keys and trusted publishing.
    Administrators,
}

impl NewPackages {
    /// Both, as the combobox offers them.
    pub const ALL: [Self; 2] = [Self::Everyone, Self::Administrators];

    /// The value in forms and in the database.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Administrators => "administrators",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Administrators => "Administrators",
        }
    }

    /// Reads a form's or the database's value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.value() == text)
    }
}

/// A policy that is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// "Longest API key lifetime (days)": the key is older.
    KeyLifetime,
    /// "Who may publish new packages": administrators, and this is none.
    NewPackages,
    /// "Only organization keys or trusted publishing": a personal key, or the upload page.
    OrganizationKeys,
    /// "Members must use a second factor": this one did not.
    SecondFactor,
    /// "Members must sign in with": this one came by another provider.
    Provider,
}

impl Policy {
    /// All of them, in the order of the settings page.
    pub const ALL: [Self; 5] = [
        Self::KeyLifetime,
        Self::NewPackages,
        Self::OrganizationKeys,
        Self::SecondFactor,
        Self::Provider,
    ];

    /// What the policy asks for, and what to do about it, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::KeyLifetime => "API keys may not live that long here. Regenerate the key with a shorter lifetime.",
            Self::NewPackages => "Only administrators may publish new packages. Ask one of them.",
            Self::OrganizationKeys => {
                "Packages are published by the organization's own API keys or by trusted publishing only. Ask an \
                 administrator for one."
            }
            Self::SecondFactor => "Members must use a second factor. Sign out, and sign in again with one.",
            Self::Provider => {
                "Members must sign in in another way. Sign out, and sign in with the provider that the organization asks \
                 for."
            }
        }
    }
}

/// How a person signed in: in this session, or the latest time where no session is at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedInBy<'a> {
    /// The provider's name in the configuration, or empty.
    pub provider: &'a str,
    /// Whether a second factor was used.
    pub second_factor: bool,
}

/// What an organization asks of its members before it treats them as members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberPolicies<'a> {
    /// "Members must use a second factor".
    pub second_factor: bool,
    /// "Members must sign in with": a provider's name, or empty.
    pub provider: &'a str,
}

impl MemberPolicies<'_> {
    /// The first policy that a way to sign in does not meet.
    ///
    /// ```
    /// use domain::permission::{MemberPolicies, Policy, SignedInBy};
    /// let policies = MemberPolicies { second_factor: true, provider: "" };
    /// let by = SignedInBy { provider: "github", second_factor: false };
    /// assert_eq!(policies.unmet_by(by), Some(Policy::SecondFactor));
    /// ```
    #[must_use]
    pub fn unmet_by(self, by: SignedInBy<'_>) -> Option<Policy> {
        if self.second_factor && !by.second_factor {
            Some(Policy::SecondFactor)
        } else if !self.provider.is_empty() && self.provider != by.provider {
            Some(Policy::Provider)
        } else {
            None
        }
    }
}
