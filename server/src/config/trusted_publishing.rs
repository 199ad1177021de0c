//! The sections `[trusted_publishing.NAME]`: whose workloads may come with tokens. GitHub and GitLab are there without
//! being written down.

use super::Source;
use super::document;
use super::problem::Problem;
use super::values::{Issuer, PublicUrl, WorkloadKind, YesNo};
use domain::trusted_publishing::{ProviderKind, WorkloadProvider};
use std::collections::BTreeMap;
use toml::Spanned;

/// An issuer of workloads' tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadIssuer {
    /// Its name in the configuration and with every policy.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What its tokens say.
    pub kind: ProviderKind,
    /// The issuer, as its tokens name it.
    pub issuer: String,
    /// For whom its tokens must be issued; the public address, if the section does not say.
    pub audience: Option<String>,
    /// Where its tokens say what.
    pub claims: ClaimNames,
}

impl WorkloadIssuer {
    /// For whom its tokens must be issued.
    #[must_use]
    pub fn audience(&self, public_url: &PublicUrl) -> String {
        let audience = self.audience.clone();
        audience.unwrap_or_else(|| public_url.as_str().to_owned())
    }

    /// What the gallery needs to know of it.
    #[must_use]
    pub fn provider(&self, public_url: &PublicUrl) -> WorkloadProvider {
        WorkloadProvider {
            name: self.name.clone(),
            label: self.label.clone(),
            kind: self.kind,
            audience: self.audience(public_url),
        }
    }
}

/// The names of the claims that say where a workload comes from. GitHub's and GitLab's are theirs to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimNames {
    /// The owner of the repository.
    pub owner: String,
    /// The repository, with its owner or without.
    pub repository: String,
    /// The owner's number.
    pub owner_id: String,
    /// The repository's number.
    pub repository_id: String,
    /// The workflow.
    pub workflow: String,
    /// The environment.
    pub environment: String,
}

/// A provider that every site knows.
struct BuiltIn {
    name: &'static str,
    label: &'static str,
    kind: WorkloadKind,
    issuer: &'static str,
}

const BUILT_IN: [BuiltIn; 2] = [
    BuiltIn {
        name: "github",
        label: "GitHub",
        kind: WorkloadKind::GitHub,
        issuer: "https://token.actions.githubusercontent.com",
    },
    BuiltIn {
        name: "gitlab",
        label: "GitLab",
        kind: WorkloadKind::GitLab,
        issuer: "https://gitlab.com",
    },
];

/// The issuers: those that every site knows first, then those of the configuration in its order.
pub(super) fn issuers(
    mut sections: BTreeMap<String, Spanned<document::TrustedPublishing>>,
    source: &Source,
) -> Result<Vec<WorkloadIssuer>, Problem> {
    let mut issuers = Vec::new();
    for known in &BUILT_IN {
        let section = sections.remove(known.name);
        issuers.extend(issuer(known.name.to_owned(), section, Some(known), source)?);
    }
    let mut sections: Vec<_> = sections.into_iter().collect();
    sections.sort_by_key(|(_, section)| section.span().start);
    for (name, section) in sections {
        issuers.extend(issuer(name, Some(section), None, source)?);
    }
    Ok(issuers)
}

/// Nothing: it is switched off.
fn issuer(
    name: String,
    section: Option<Spanned<document::TrustedPublishing>>,
    known: Option<&BuiltIn>,
    source: &Source,
) -> Result<Option<WorkloadIssuer>, Problem> {
    let span = section.as_ref().map(Spanned::span).unwrap_or_default();
    let wrong = |message: &str| Problem::at(source.place(&span), format!("trusted_publishing.{name}: {message}"));
    let section = section.map(Spanned::into_inner).unwrap_or_default();
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
    if !plain || name.is_empty() || name.len() > 32 {
        return Err(wrong("a name has at most 32 small letters, digits, `_` and `-`"));
    }
    if section.enabled.is_some_and(|YesNo(enabled)| !enabled) {
        return Ok(None);
    }
    let kind = section.kind.or(known.map(|known| known.kind));
    let Some(kind) = kind else {
        return Err(wrong(
            "`kind` is missing; allowed is \"github\", \"gitlab\" or \"oidc\"",
        ));
    };
    let own_claims = section.claims.is_some();
    if own_claims && kind != WorkloadKind::Oidc {
        return Err(wrong("`claims` are for kind \"oidc\""));
    }
    let issuer = section.issuer.map(|Issuer(issuer)| issuer);
    let Some(issuer) = issuer.or_else(|| known.map(|known| known.issuer.to_owned())) else {
        return Err(wrong("`issuer` is missing"));
    };
    if section.audience.as_deref().is_some_and(str::is_empty) {
        return Err(wrong("`audience` is empty"));
    }
    let label = section.label.or_else(|| known.map(|known| known.label.to_owned()));
    Ok(Some(WorkloadIssuer {
        label: label.unwrap_or_else(|| name.clone()),
        kind: kind.of_provider(),
        issuer,
        audience: section.audience,
        claims: claim_names(section.claims.unwrap_or_default()),
        name,
    }))
}

fn claim_names(section: document::WorkloadClaims) -> ClaimNames {
    let or = |name: Option<String>, usual: &str| name.unwrap_or_else(|| usual.to_owned());
    ClaimNames {
        owner: or(section.repository_owner, "repository_owner"),
        repository: or(section.repository, "repository"),
        owner_id: or(section.repository_owner_id, "repository_owner_id"),
        repository_id: or(section.repository_id, "repository_id"),
        workflow: or(section.workflow, "workflow"),
        environment: or(section.environment, "environment"),
    }
}
