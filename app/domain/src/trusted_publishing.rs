//! Trusted publishing: a policy says which workload at which provider may publish what for whom. A workload shows its
//! provider's token and gets a key that lives for an hour at most; nobody keeps a secret.

mod fit;
mod form;
mod list;
mod source;

pub use fit::{ACTIVATION_DAYS, Binding, Candidate, Fit, Mismatch, Workload, choose, fit, stays_bound};
pub use form::{MOST_POLICIES, NewPolicy, PolicyField, PolicyForm, PolicyProblem};
pub use list::{
    MemberPolicyRow, OrganizationPoliciesPage, PoliciesOfOrganization, PolicyRow, PolicyState, TrustedPublishingPage,
};
pub use source::{Source, SourceProblem};

use serde::{Deserialize, Serialize};

/// How long a key lives that a workload gets, in seconds.
pub const KEY_SECONDS: i64 = 3_600;

/// What the tokens of a provider say, and what of it a policy can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// GitHub Actions: owner, repository, workflow file, environment.
    GitHub,
    /// GitLab CI/CD: namespace, project, branch, environment.
    GitLab,
    /// Any other OpenID Connect issuer, whose claims the configuration names.
    Oidc,
}

impl ProviderKind {
    /// The kind of a provider whose name is all that is known, as in a browser: those that are there without being
    /// configured have their kind's name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        match name {
            "github" => Self::GitHub,
            "gitlab" => Self::GitLab,
            _ => Self::Oidc,
        }
    }
}

/// A provider of workloads, as the configuration has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkloadProvider {
    /// Its name in the configuration and with every policy.
    pub name: String,
    /// Its name for people: "GitHub".
    pub label: String,
    /// What its tokens say.
    pub kind: ProviderKind,
    /// For whom its tokens must be issued: this site.
    pub audience: String,
}

/// A workload as trail and pages name it: "GitHub: contoso/json".
#[must_use]
pub fn workload_text(label: &str, owner: &str, repository: &str) -> String {
    format!("{label}: {owner}/{repository}")
}
