//! What a token says about a workload, in the words of its issuer.

use crate::config::trusted_publishing::ClaimNames;
use crate::oauth::provider::id_token::MoreClaims;
use domain::trusted_publishing::{ProviderKind, Workload};
use serde_json::Value;

/// Every claim of a token that OpenID Connect does not know.
pub(super) struct Claims<'t>(pub(super) &'t MoreClaims);

/// A claim that a workload cannot be without.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it does not say its '{0}'")]
pub(crate) struct MissingClaim(String);

/// The greatest length of a claim that is kept, in characters.
const LENGTH: usize = 500;

impl Claims<'_> {
    /// A text, or a number as a text: issuers write numbers either way.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let good = !text.is_empty() && text.chars().count() <= LENGTH && !text.chars().any(char::is_control);
        good.then_some(text)
    }

    fn need(&self, name: &str) -> Result<String, MissingClaim> {
        self.get(name).ok_or_else(|| MissingClaim(name.to_owned()))
    }

    /// From when on the token may be used, if it says so.
    pub(super) fn not_before(&self) -> Option<i64> {
        self.0.get("nbf").and_then(|value| {
            let whole = value.as_i64();
            #[expect(clippy::cast_possible_truncation, reason = "a moment far away is far away still")]
            whole.or_else(|| value.as_f64().map(|seconds| seconds as i64))
        })
    }

    /// Reads the workload.
    ///
    /// # Errors
    /// When something is missing without which it could be anybody's.
    pub(super) fn workload(
        &self,
        provider: &str,
        kind: ProviderKind,
        names: &ClaimNames,
    ) -> Result<Workload, MissingClaim> {
        let mut workload = match kind {
            ProviderKind::GitHub => self.of_github()?,
            ProviderKind::GitLab => self.of_gitlab()?,
            ProviderKind::Oidc => self.of_oidc(names)?,
        };
        workload.provider = provider.to_owned();
        Ok(workload)
    }

    fn of_github(&self) -> Result<Workload, MissingClaim> {
        let owner = self.need("repository_owner")?;
        let repository = self.need("repository")?;
        let name = without_owner(&repository, &owner).ok_or_else(|| MissingClaim("repository".to_owned()))?;
        Ok(Workload {
            repository: name.to_owned(),
            owner_id: self.need("repository_owner_id")?,
            repository_id: self.need("repository_id")?,
            workflow: self
                .get("job_workflow_ref")
                .or_else(|| self.get("workflow_ref"))
                .and_then(|workflow| workflow_file(&workflow, &repository)),
            environment: self.get("environment"),
            event: self.get("event_name"),
            owner,
            ..Workload::default()
        })
    }

    fn of_gitlab(&self) -> Result<Workload, MissingClaim> {
        let owner = self.need("namespace_path")?;
        let project = self.need("project_path")?;
        let name = without_owner(&project, &owner).ok_or_else(|| MissingClaim("project_path".to_owned()))?;
        Ok(Workload {
            repository: name.to_owned(),
            owner_id: self.need("namespace_id")?,
            repository_id: self.need("project_id")?,
            workflow: self.gitlab_ref(),
            environment: self.get("environment"),
            owner,
            ..Workload::default()
        })
    }

    /// The full ref; older releases tell its parts.
    fn gitlab_ref(&self) -> Option<String> {
        self.get("ref_path").or_else(|| {
            let name = self.get("ref")?;
            match self.get("ref_type")?.as_str() {
                "branch" => Some(format!("refs/heads/{name}")),
                "tag" => Some(format!("refs/tags/{name}")),
                _ => None,
            }
        })
    }

    fn of_oidc(&self, names: &ClaimNames) -> Result<Workload, MissingClaim> {
        let owner = self.need(&names.owner)?;
        let repository = self.need(&names.repository)?;
        let name = without_owner(&repository, &owner).unwrap_or(&repository).to_owned();
        Ok(Workload {
            repository: name,
            owner_id: self.need(&names.owner_id)?,
            repository_id: self.need(&names.repository_id)?,
            workflow: self.get(&names.workflow),
            environment: self.get(&names.environment),
            owner,
            ..Workload::default()
        })
    }
}

/// The name in `{owner}/{name}`.
fn without_owner<'r>(repository: &'r str, owner: &str) -> Option<&'r str> {
    let (before, name) = repository.rsplit_once('/')?;
    (before.eq_ignore_ascii_case(owner) && !name.is_empty()).then_some(name)
}

/// The file in `{owner}/{repository}/.github/workflows/{file}@{ref}`. A workflow of another repository, which this one
/// merely calls, is none of this repository's.
fn workflow_file(workflow: &str, repository: &str) -> Option<String> {
    let (path, _) = workflow.split_once('@')?;
    let home = path.get(..repository.len())?;
    let file = path.get(repository.len()..)?.strip_prefix("/.github/workflows/")?;
    (home.eq_ignore_ascii_case(repository) && !file.is_empty() && !file.contains('/')).then(|| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{ClaimNames, Claims, MoreClaims, workflow_file};
    use domain::trusted_publishing::ProviderKind;
    use rstest::rstest;
    use serde_json::{Value, json};

    fn names() -> ClaimNames {
        let text = |text: &str| text.to_owned();
        ClaimNames {
            owner: text("team"),
            repository: text("project"),
            owner_id: text("team_id"),
            repository_id: text("project_id"),
            workflow: text("pipeline"),
            environment: text("stage"),
        }
    }

    fn read(kind: ProviderKind, claims: Value) -> String {
        let claims: MoreClaims = serde_json::from_value(claims).unwrap();
        match Claims(&claims).workload("here", kind, &names()) {
            Ok(workload) => format!("{workload:?}"),
            Err(problem) => problem.to_string(),
        }
    }

    fn github() -> Value {
        json!({
            "repository_owner": "contoso", "repository": "contoso/json",
            "repository_owner_id": "10", "repository_id": 20,
            "job_workflow_ref": "contoso/json/.github/workflows/release.yml@refs/heads/main",
            "environment": "production", "event_name": "push",
        })
    }

    fn but(mut claims: Value, name: &str, value: Value) -> Value {
        claims[name] = value;
        claims
    }

    #[test]
    fn each_kind_of_issuer_says_it_in_its_own_words() {
        let gitlab = json!({
            "namespace_path": "contoso/tools", "project_path": "contoso/tools/json",
            "namespace_id": "10", "project_id": "20", "ref": "main", "ref_type": "branch",
        });
        let oidc = json!({
            "team": "contoso", "project": "json", "team_id": 1, "project_id": 2, "pipeline": "release", "stage": "live",
        });
        insta::assert_snapshot!(
            [
                read(ProviderKind::GitHub, github()),
                read(
                    ProviderKind::GitHub,
                    but(
                        github(),
                        "job_workflow_ref",
                        json!("fabrikam/ci/.github/workflows/release.yml@v1")
                    )
                ),
                read(
                    ProviderKind::GitHub,
                    but(github(), "repository", json!("fabrikam/json"))
                ),
                read(ProviderKind::GitHub, but(github(), "repository_id", json!(""))),
                read(
                    ProviderKind::GitHub,
                    but(github(), "repository_owner_id", json!(["10"]))
                ),
                read(ProviderKind::GitHub, but(github(), "repository_owner", json!("a\nb"))),
                read(ProviderKind::GitLab, gitlab.clone()),
                read(
                    ProviderKind::GitLab,
                    but(gitlab.clone(), "ref_path", json!("refs/tags/v1"))
                ),
                read(ProviderKind::GitLab, but(gitlab, "namespace_path", json!("contoso"))),
                read(ProviderKind::Oidc, oidc.clone()),
                read(ProviderKind::Oidc, but(oidc.clone(), "project", json!("contoso/json"))),
                read(ProviderKind::Oidc, but(oidc, "team_id", Value::Null)),
            ]
            .join("\n")
        );
    }

    #[rstest]
    #[case("contoso/json/.github/workflows/release.yml@refs/heads/main", Some("release.yml"))]
    #[case("Contoso/Json/.github/workflows/release.yml@0123abc", Some("release.yml"))]
    #[case("contoso/json/.github/workflows/release.yml", None)]
    #[case("contoso/json2/.github/workflows/release.yml@x", None)]
    #[case("contoso/json/.github/workflows/a/b.yml@x", None)]
    #[case("contoso/json/.github/workflows/@x", None)]
    #[case(
        "contoso/xml/.github/workflows/release.yml@contoso/json/.github/workflows/release.yml@x",
        None
    )]
    #[case("ü", None)]
    fn a_workflow_is_a_file_of_this_repository(#[case] workflow: &str, #[case] file: Option<&str>) {
        assert_eq!(workflow_file(workflow, "contoso/json").as_deref(), file);
    }
}
