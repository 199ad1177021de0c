//! What the pages "Trusted publishing" show.

use super::WorkloadProvider;
use crate::organization::OrganizationHead;
use crate::page::Page;
use crate::permission::{Policy, Scopes};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether a policy works, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyState {
    /// It was used, and works until it is deleted.
    Active,
    /// It waits for its first use until then.
    Waiting(Timestamp),
    /// Nobody used it in time.
    Ended,
    /// An administrator of its owner has cut it off.
    CutOff,
    /// Its person is no member of its owner any more.
    NotAMember,
    /// Its person has rejoined its owner and must activate it first.
    NeedsActivation,
    /// A policy of its owner refuses it.
    Policy(Policy),
    /// Its owner has not confirmed an address.
    OwnerUnconfirmed,
    /// Its owner is locked.
    OwnerLocked,
    /// Its person is locked.
    PersonLocked,
    /// The site does not know the provider any more.
    NoProvider,
}

impl PolicyState {
    /// The state in two or three words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Waiting(_) => "Waiting for its first use",
            Self::Ended => "Not used in time",
            Self::CutOff => "Cut off",
            Self::NotAMember => "Not a member any more",
            Self::NeedsActivation => "To be activated",
            Self::Policy(_) => "Refused by a policy",
            Self::OwnerUnconfirmed => "Owner not confirmed",
            Self::OwnerLocked => "Owner locked",
            Self::PersonLocked => "Account locked",
            Self::NoProvider => "Provider not configured",
        }
    }
}

/// A publishing policy in the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PolicyRow {
    /// The handle for edit, activate and delete.
    pub key: i64,
    /// What it is called.
    pub name: String,
    /// For which account it publishes; empty on that account's own page.
    pub owner: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// The provider's name for people.
    pub provider_label: String,
    /// The owner of the repository, or its namespace.
    pub repository_owner: String,
    /// The repository.
    pub repository: String,
    /// The workflow's file or the branch, or empty.
    pub workflow: String,
    /// The environment, or empty.
    pub environment: String,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages, as typed.
    pub globs: Vec<String>,
    /// Who made it; empty on one's own page.
    pub created_by: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// Whether it works.
    pub state: PolicyState,
    /// Whether "Activate" makes sense: it was never used, or waits for its person.
    pub can_be_activated: bool,
}

/// The page "Trusted publishing".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedPublishingPage {
    /// The person's name, which a workload shows.
    pub name: String,
    /// The policies, newest first (an account has at most 200).
    pub policies: Vec<PolicyRow>,
    /// The accounts for which this person may make policies: themselves first, then organizations by name.
    pub owners: Vec<String>,
    /// Where workloads may run.
    pub providers: Vec<WorkloadProvider>,
}

/// The page "Trusted publishing of {name}".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationPoliciesPage {
    /// Head and navigation of the organization.
    pub head: OrganizationHead,
    /// What this viewer may see.
    pub policies: PoliciesOfOrganization,
}

/// What somebody may see of an organization's policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoliciesOfOrganization {
    /// The names of its own policies, newest first.
    Names(Vec<String>),
    /// All of it, with the right to change it.
    Managed {
        /// Its own policies, newest first (an account has at most 200).
        own: Vec<PolicyRow>,
        /// Where workloads may run.
        providers: Vec<WorkloadProvider>,
        /// The members' policies for it, newest first, page by page.
        members: Page<MemberPolicyRow>,
    },
}

/// A row of the table "Members' policies".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberPolicyRow {
    /// The handle to cut it off.
    pub key: i64,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub member: String,
    /// The workload: "GitHub: contoso/json".
    pub workload: String,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages, as typed.
    pub globs: Vec<String>,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// Whether it works.
    pub state: PolicyState,
}
