//! Trusted publishing: policies that trust workloads (CI jobs) to publish without a secret that anybody keeps, and the
//! exchange of a workload's token for a key that lives for an hour.
//!
//! A policy is somebody's like an API key is: a person's, or an organization's own, which any of its administrators
//! manages. Tokens are verified before they come here; this crate sees what they say and never the tokens.

mod change;
mod create;
mod cut_off;
mod exchange;
mod list;
mod named;
mod refusal;
mod state;

pub use change::{activate, delete, edit};
pub use create::{create, create_for_organization};
pub use cut_off::{CutOffPolicy, cut_off};
pub use exchange::{NewShortLivedKey, VerifiedToken, exchange, refuse};
pub use list::{mine, of_organization};
pub use refusal::TokenRefused;
pub(crate) use state::holder_of;

use crate::audit::{AuditEvent, Subject};
use crate::{Actor, Gallery};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::time::Timestamp;
use domain::trusted_publishing::{ProviderKind, WorkloadProvider, workload_text};
use schema::entity::publishing_policy;

/// A key whose end is longer ago than that is removed: until then whoever shows it is told why it does not work.
const TOLD_SECONDS: i64 = 3_600;

/// Keys that ended before this moment are forgotten.
pub(crate) const fn forgotten_at(now: Timestamp) -> Timestamp {
    now.plus_seconds(-TOLD_SECONDS)
}

fn provider<'g>(g: &'g Gallery, name: &str) -> Option<&'g WorkloadProvider> {
    g.settings()
        .workload_providers
        .iter()
        .find(|provider| provider.name == name)
}

/// What a provider is called; one that is not configured any more keeps its name.
fn label_of<'g>(g: &'g Gallery, row: &'g publishing_policy::Model) -> &'g str {
    provider(g, &row.provider).map_or(row.provider.as_str(), |provider| provider.label.as_str())
}

fn kind_of(g: &Gallery, row: &publishing_policy::Model) -> ProviderKind {
    provider(g, &row.provider).map_or(ProviderKind::Oidc, |provider| provider.kind)
}

/// The workload that a policy trusts, as trail and pages name it.
fn workload_of(g: &Gallery, row: &publishing_policy::Model) -> String {
    workload_text(label_of(g, row), &row.repository_owner, &row.repository)
}

/// Something happened to a policy: it stands in the trails of whose it is and of the account that it publishes for.
fn event(a: &Actor, action: AuditAction, name: &str, account: AccountKey, owner: AccountKey) -> AuditEvent {
    AuditEvent::new(a, action, Subject::text(name))
        .on_behalf_of(owner)
        .in_trail_of(account)
}
