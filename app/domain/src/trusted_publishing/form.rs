//! The form "Create policy", which "Edit" shows again.

use super::source::{self, Source};
use super::{ProviderKind, WorkloadProvider};
use crate::account::AccountName;
use crate::api_key::KEY_NAME_LENGTH;
use crate::form::{Field, FieldErrors};
use crate::permission::{Glob, PushScope, Scopes};
use serde::{Deserialize, Serialize};

/// The most policies that an account may have.
pub const MOST_POLICIES: u64 = 200;

/// The form of a policy; checkboxes are `"on"` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyForm {
    /// "Policy name"; empty: the workflow file's name without its ending.
    pub name: String,
    /// "Provider": its name in the configuration.
    pub provider: String,
    /// "Package owner": an account's name. Not read when a policy is edited.
    pub owner: String,
    /// "Repository owner".
    pub repository_owner: String,
    /// "Repository".
    pub repository: String,
    /// "Workflow file".
    pub workflow: String,
    /// "Environment".
    pub environment: String,
    /// "Push".
    pub push: String,
    /// `new` or `versions`.
    pub push_scope: String,
    /// "Unlist or relist package versions".
    pub unlist: String,
    /// "Glob pattern".
    pub globs: String,
}

/// The fields of [`PolicyForm`], in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyField {
    /// "Policy name".
    Name,
    /// "Package owner".
    Owner,
    /// "Provider".
    Provider,
    /// "Repository owner".
    RepositoryOwner,
    /// "Repository".
    Repository,
    /// "Workflow file".
    Workflow,
    /// "Environment".
    Environment,
    /// The group of scopes.
    Scopes,
    /// "Glob pattern".
    Globs,
}

impl Field for PolicyField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Owner => "owner",
            Self::Provider => "provider",
            Self::RepositoryOwner => "repository_owner",
            Self::Repository => "repository",
            Self::Workflow => "workflow",
            Self::Environment => "environment",
            Self::Scopes => "scopes",
            Self::Globs => "globs",
        }
    }
}

/// What a policy is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPolicy {
    /// What it is called.
    pub name: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// Where the workload comes from.
    pub source: Source,
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages.
    pub globs: Vec<Glob>,
}

impl PolicyForm {
    /// Reads the form; the provider must be one of these.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self, providers: &[WorkloadProvider]) -> Result<NewPolicy, FieldErrors<PolicyField>> {
        let provider = providers.iter().find(|provider| provider.name == self.provider);
        self.parse_of(provider.map(|provider| provider.kind))
    }

    /// Reads the form in a browser, which knows the providers by their names alone.
    ///
    /// # Errors
    /// Every field that is wrong whatever the provider is.
    pub fn check(&self) -> Result<(), FieldErrors<PolicyField>> {
        self.parse_of(Some(ProviderKind::of_name(&self.provider))).map(drop)
    }

    /// Reads "Package owner".
    ///
    /// # Errors
    /// When none was chosen.
    pub fn owner(&self) -> Result<AccountName, PolicyProblem> {
        AccountName::parse(self.owner.trim()).map_err(|_| PolicyProblem::NoOwner)
    }

    fn parse_of(&self, known: Option<ProviderKind>) -> Result<NewPolicy, FieldErrors<PolicyField>> {
        let mut errors = FieldErrors::default();
        let kind = known.unwrap_or(ProviderKind::Oidc);
        let workflow = source::parse_workflow(kind, &self.workflow);
        let typed = workflow.as_deref().unwrap_or_default();
        let name = errors.take(PolicyField::Name, parse_name(&self.name, kind, typed));
        if known.is_none() {
            errors.add(PolicyField::Provider, PolicyProblem::NoProvider);
        }
        let (owner, repository) = source::parse_repository(kind, &self.repository_owner, &self.repository);
        let owner = errors.take(PolicyField::RepositoryOwner, owner);
        let repository = errors.take(PolicyField::Repository, repository);
        let workflow = errors.take(PolicyField::Workflow, workflow);
        let environment = errors.take(PolicyField::Environment, source::parse_environment(&self.environment));
        let scopes = self.scopes();
        if scopes.is_empty() {
            errors.add(PolicyField::Scopes, PolicyProblem::NoScope);
        }
        let globs = errors.take(PolicyField::Globs, Glob::parse_list(&self.globs));
        match (name, owner, repository, workflow, environment, globs) {
            (Some(name), Some(owner), Some(repository), Some(workflow), Some(environment), Some(globs))
                if errors.is_empty() =>
            {
                Ok(NewPolicy {
                    name,
                    provider: self.provider.clone(),
                    source: Source {
                        owner,
                        repository,
                        workflow,
                        environment,
                    },
                    scopes,
                    globs,
                })
            }
            _ => Err(errors),
        }
    }

    fn scopes(&self) -> Scopes {
        let push = match (self.push.is_empty(), self.push_scope.as_str()) {
            (true, _) => PushScope::None,
            (false, "versions") => PushScope::Versions,
            (false, _) => PushScope::NewPackages,
        };
        Scopes {
            push,
            unlist: !self.unlist.is_empty(),
        }
    }
}

/// A policy without a name is called like its workflow.
fn parse_name(text: &str, kind: ProviderKind, workflow: &str) -> Result<String, PolicyProblem> {
    let stem = match kind {
        ProviderKind::GitHub => workflow.rsplit_once('.').map_or("", |(stem, _)| stem),
        ProviderKind::GitLab | ProviderKind::Oidc => "",
    };
    let typed = text.trim();
    let name = if typed.is_empty() { stem } else { typed };
    if name.is_empty() {
        Err(PolicyProblem::NoName)
    } else if name.chars().count() > KEY_NAME_LENGTH || name.chars().any(char::is_control) {
        Err(PolicyProblem::BadName)
    } else {
        Ok(name.to_owned())
    }
}

/// Why a policy cannot be made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyProblem {
    /// No name.
    NoName,
    /// A name that is too long or has control characters.
    BadName,
    /// Another policy of the account has the name.
    NameTaken,
    /// No provider chosen, or one that is not configured.
    NoProvider,
    /// No owner chosen.
    NoOwner,
    /// No scope ticked.
    NoScope,
    /// The account has as many policies as it may have.
    TooMany,
    /// The policy is not there (any more).
    Gone,
    /// The policy was cut off from its owner, so it cannot be changed.
    CutOff,
}

impl std::fmt::Display for PolicyProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoName => "Enter a name for the policy.",
            Self::BadName => "Use at most 64 printable characters.",
            Self::NameTaken => "Another policy has this name. Choose another name, or delete that policy first.",
            Self::NoProvider => "Select the provider where the workflow runs.",
            Self::NoOwner => "Select the owner for whom the workflow publishes.",
            Self::NoScope => "Select at least one scope.",
            Self::TooMany => "An account has at most 200 publishing policies. Delete those that are not used any more.",
            Self::Gone => "This policy is not there any more.",
            Self::CutOff => "This policy was cut off from its owner. Delete it, and ask there for the reason.",
        })
    }
}

impl std::error::Error for PolicyProblem {}

#[cfg(test)]
mod tests {
    use super::{PolicyForm, ProviderKind, WorkloadProvider};

    fn providers() -> Vec<WorkloadProvider> {
        [
            ("github", ProviderKind::GitHub),
            ("gitlab", ProviderKind::GitLab),
            ("own", ProviderKind::GitHub),
        ]
        .map(|(name, kind)| WorkloadProvider {
            name: name.to_owned(),
            label: name.to_owned(),
            kind,
            audience: String::new(),
        })
        .to_vec()
    }

    fn form(change: impl Fn(&mut PolicyForm)) -> PolicyForm {
        let mut form = PolicyForm {
            name: "release".to_owned(),
            provider: "github".to_owned(),
            repository_owner: "contoso".to_owned(),
            repository: "json".to_owned(),
            workflow: "release.yml".to_owned(),
            push: "on".to_owned(),
            globs: "Contoso.*".to_owned(),
            ..PolicyForm::default()
        };
        change(&mut form);
        form
    }

    fn said(form: &PolicyForm) -> String {
        match form.parse(&providers()) {
            Ok(policy) => format!("{}: {:?}", policy.name, policy.source),
            Err(errors) => errors
                .as_slice()
                .iter()
                .map(|(field, message)| format!("{field:?}: {message}"))
                .collect::<Vec<_>>()
                .join(" | "),
        }
    }

    #[test]
    fn the_form_is_the_contract() {
        let table: String = [
            ("nothing at all", PolicyForm::default()),
            ("good", form(|_| {})),
            (
                "named by its file",
                form(|form| {
                    form.name.clear();
                    form.workflow = ".github/workflows/pack and push.yml".to_owned();
                }),
            ),
            (
                "no file to be named by",
                form(|form| {
                    form.name.clear();
                    form.provider = "gitlab".to_owned();
                    form.workflow.clear();
                }),
            ),
            ("a long name", form(|form| form.name = "x".repeat(65))),
            ("another provider", form(|form| form.provider = "elsewhere".to_owned())),
            (
                "a configured provider of a kind",
                form(|form| {
                    form.provider = "own".to_owned();
                    form.workflow = "x".to_owned();
                }),
            ),
            (
                "unlist only",
                form(|form| {
                    form.push.clear();
                    form.unlist = "on".to_owned();
                }),
            ),
            ("no scope", form(|form| form.push.clear())),
            ("a bad glob", form(|form| form.globs = "a;b".to_owned())),
        ]
        .map(|(name, form)| format!("{name}: {}\n", said(&form)))
        .concat();
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_browser_says_nothing_that_the_server_would_not() {
        assert!(form(|_| {}).check().is_ok());
        // The kind of a provider with a name of its own is the server's to know.
        assert!(
            form(|form| {
                form.provider = "own".to_owned();
                form.workflow.clear();
            })
            .check()
            .is_ok()
        );
        assert!(form(|form| form.workflow.clear()).check().is_err());
    }
}
