//! Where a workload comes from, as people type it: names, addresses and paths are all understood.

use super::ProviderKind;

/// The greatest length of an owner or a namespace, in characters.
const OWNER_LENGTH: usize = 255;

/// The greatest length of a repository, a workflow, a branch or an environment, in characters.
const LENGTH: usize = 255;

/// Where a workload comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The owner of the repository, or its namespace: `contoso`, `contoso/tools`.
    pub owner: String,
    /// The repository without its owner: `json`.
    pub repository: String,
    /// GitHub: the workflow's file, `release.yml`. GitLab: a branch, `main`, or any ref, `refs/tags/v1`; empty: any.
    pub workflow: String,
    /// The environment; empty: any, or none.
    pub environment: String,
}

/// Why a text names no owner, repository, workflow or environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceProblem {
    /// No owner.
    NoOwner,
    /// Not an owner's name.
    BadOwner,
    /// No repository.
    NoRepository,
    /// Not a repository's name.
    BadRepository,
    /// The repository's address names another owner.
    OtherOwner,
    /// GitHub: no workflow.
    NoWorkflow,
    /// GitHub: not the name of a workflow's file.
    BadWorkflow,
    /// Not a branch.
    BadBranch,
    /// Not an environment's name.
    BadEnvironment,
}

impl std::fmt::Display for SourceProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoOwner => "Enter who owns the repository.",
            Self::BadOwner => "Enter the owner's name as it stands in the repository's address.",
            Self::NoRepository => "Enter the repository's name.",
            Self::BadRepository => "Enter the repository's name as it stands in its address.",
            Self::OtherOwner => "This address belongs to another repository owner.",
            Self::NoWorkflow => "Enter the workflow's file, such as release.yml.",
            Self::BadWorkflow => "Enter the name of a file in .github/workflows that ends in .yml or .yaml.",
            Self::BadBranch => "Enter one branch, such as main, or a ref, such as refs/tags/v1.",
            Self::BadEnvironment => "Enter one environment, with at most 255 printable characters.",
        })
    }
}

impl std::error::Error for SourceProblem {}

/// Reads "Repository owner" and "Repository" together: the address of the repository is understood in either.
pub(super) fn parse_repository(
    kind: ProviderKind,
    owner: &str,
    repository: &str,
) -> (Result<String, SourceProblem>, Result<String, SourceProblem>) {
    let (owner, repository) = (path_of(owner), path_of(repository));
    let (owner, rest) = split_owner(kind, owner);
    let (told, name) = match repository.rsplit_once('/') {
        Some((before, name)) => (before, name),
        None if repository.is_empty() => ("", rest),
        None => ("", repository),
    };
    let owner = if owner.is_empty() { told } else { owner };
    let foreign = !told.is_empty() && !told.eq_ignore_ascii_case(owner);
    let name = if foreign {
        Err(SourceProblem::OtherOwner)
    } else {
        parse_name(kind, name)
    };
    (parse_owner(kind, owner), name)
}

/// The path in an address, or the text itself, without slashes around it and without what Git adds at the end.
fn path_of(text: &str) -> &str {
    let text = text.trim();
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => text.strip_prefix('@').unwrap_or(text),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    // GitLab's own pages stand behind `/-/`, GitHub's behind the second name.
    let path = path.split("/-/").next().unwrap_or_default();
    path.strip_suffix(".git").unwrap_or(path)
}

/// What was typed as owner may be the whole repository. GitLab's namespaces have several parts, so nothing is split there.
fn split_owner(kind: ProviderKind, path: &str) -> (&str, &str) {
    match path.split_once('/') {
        Some((owner, rest)) if kind == ProviderKind::GitHub => (owner, rest.split('/').next().unwrap_or_default()),
        _ => (path, ""),
    }
}

fn parse_owner(kind: ProviderKind, owner: &str) -> Result<String, SourceProblem> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(is_plain) && !part.chars().all(|c| c == '.');
    let parts = owner.split('/').count();
    if owner.is_empty() {
        Err(SourceProblem::NoOwner)
    } else if owner.len() > OWNER_LENGTH || !owner.split('/').all(plain) || (kind == ProviderKind::GitHub && parts > 1)
    {
        Err(SourceProblem::BadOwner)
    } else {
        Ok(owner.to_owned())
    }
}

fn parse_name(kind: ProviderKind, name: &str) -> Result<String, SourceProblem> {
    if name.is_empty() {
        return Err(SourceProblem::NoRepository);
    }
    let longest = if kind == ProviderKind::GitHub { 100 } else { LENGTH };
    let good = name.len() <= longest && name.chars().all(is_plain) && !name.chars().all(|c| c == '.');
    if good {
        Ok(name.to_owned())
    } else {
        Err(SourceProblem::BadRepository)
    }
}

const fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
}

/// Reads "Workflow file", which is a branch where there are no workflows' files.
pub(super) fn parse_workflow(kind: ProviderKind, text: &str) -> Result<String, SourceProblem> {
    let text = text.trim();
    match kind {
        ProviderKind::GitHub => parse_workflow_file(text),
        ProviderKind::GitLab => parse_branch(text),
        ProviderKind::Oidc if is_line(text) => Ok(text.to_owned()),
        ProviderKind::Oidc => Err(SourceProblem::BadWorkflow),
    }
}

fn parse_workflow_file(text: &str) -> Result<String, SourceProblem> {
    // A path, an address, or what a token says: `contoso/json/.github/workflows/release.yml@refs/heads/main`.
    let file = text.rsplit_once(".github/workflows/").map_or(text, |(_, file)| file);
    let file = file.split('@').next().unwrap_or_default().trim();
    if file.is_empty() {
        return Err(SourceProblem::NoWorkflow);
    }
    let lower = file.to_ascii_lowercase();
    let stem = lower.strip_suffix(".yml").or_else(|| lower.strip_suffix(".yaml"));
    let named = stem.is_some_and(|stem| !stem.is_empty());
    if named && is_line(file) && !file.contains(['/', '\\']) {
        Ok(file.to_owned())
    } else {
        Err(SourceProblem::BadWorkflow)
    }
}

/// A branch is kept as it is called; every other ref as a whole.
fn parse_branch(text: &str) -> Result<String, SourceProblem> {
    let branch = text.strip_prefix("refs/heads/").unwrap_or(text);
    let allowed = |c: char| !c.is_whitespace() && !matches!(c, '*' | '?' | '[' | '\\' | '~' | '^' | ':');
    if is_line(branch) && branch.chars().all(allowed) {
        Ok(branch.to_owned())
    } else {
        Err(SourceProblem::BadBranch)
    }
}

/// Reads "Environment".
pub(super) fn parse_environment(text: &str) -> Result<String, SourceProblem> {
    let text = text.trim();
    if is_line(text) {
        Ok(text.to_owned())
    } else {
        Err(SourceProblem::BadEnvironment)
    }
}

fn is_line(text: &str) -> bool {
    text.chars().count() <= LENGTH && !text.chars().any(char::is_control)
}

/// The ref that a kept branch stands for.
pub(super) fn full_ref(branch: &str) -> String {
    if branch.starts_with("refs/") {
        branch.to_owned()
    } else {
        format!("refs/heads/{branch}")
    }
}

#[cfg(test)]
mod tests {
    use super::{ProviderKind, SourceProblem, full_ref, parse_environment, parse_repository, parse_workflow};
    use ProviderKind::{GitHub, GitLab, Oidc};
    use rstest::rstest;

    #[rstest]
    #[case(GitHub, "contoso", "json", "contoso", "json")]
    #[case(GitHub, " contoso ", " json.git ", "contoso", "json")]
    #[case(GitHub, "@contoso", "contoso/json", "contoso", "json")]
    #[case(GitHub, "https://github.com/contoso", "json", "contoso", "json")]
    #[case(GitHub, "https://github.com/contoso/json", "", "contoso", "json")]
    #[case(GitHub, "https://github.com/contoso/json/tree/main", "", "contoso", "json")]
    #[case(GitHub, "", "https://github.com/contoso/json.git", "contoso", "json")]
    #[case(GitHub, "Contoso", "https://github.com/contoso/json/", "Contoso", "json")]
    #[case(GitHub, "contoso_emu", "json.net", "contoso_emu", "json.net")]
    #[case(GitLab, "contoso/tools", "json", "contoso/tools", "json")]
    #[case(GitLab, "contoso/tools", "contoso/tools/json", "contoso/tools", "json")]
    #[case(
        GitLab,
        "",
        "https://gitlab.com/contoso/tools/json/-/tree/main",
        "contoso/tools",
        "json"
    )]
    #[case(GitLab, "https://gitlab.com/contoso/tools", "json", "contoso/tools", "json")]
    #[case(Oidc, "contoso", "json", "contoso", "json")]
    fn a_repository_is_understood_however_it_is_typed(
        #[case] kind: ProviderKind,
        #[case] owner: &str,
        #[case] repository: &str,
        #[case] its_owner: &str,
        #[case] its_name: &str,
    ) {
        let (parsed, name) = parse_repository(kind, owner, repository);
        assert_eq!((parsed.as_deref(), name.as_deref()), (Ok(its_owner), Ok(its_name)));
    }

    #[rstest]
    #[case(GitHub, "", "", Err(SourceProblem::NoOwner), Err(SourceProblem::NoRepository))]
    #[case(GitHub, "contoso", "", Ok(()), Err(SourceProblem::NoRepository))]
    #[case(GitHub, "con toso", "json", Err(SourceProblem::BadOwner), Ok(()))]
    #[case(GitHub, "contoso", "fabrikam/json", Ok(()), Err(SourceProblem::OtherOwner))]
    #[case(GitHub, "contoso", "..", Ok(()), Err(SourceProblem::BadRepository))]
    #[case(GitHub, "contoso", "j*", Ok(()), Err(SourceProblem::BadRepository))]
    #[case(GitLab, "contoso//tools", "json", Err(SourceProblem::BadOwner), Ok(()))]
    #[case(GitLab, "contoso/tools", "contoso/json", Ok(()), Err(SourceProblem::OtherOwner))]
    fn what_names_no_repository_is_told_at_its_field(
        #[case] kind: ProviderKind,
        #[case] owner: &str,
        #[case] repository: &str,
        #[case] owner_said: Result<(), SourceProblem>,
        #[case] repository_said: Result<(), SourceProblem>,
    ) {
        let (parsed, name) = parse_repository(kind, owner, repository);
        assert_eq!((parsed.map(drop), name.map(drop)), (owner_said, repository_said));
    }

    #[rstest]
    #[case(GitHub, "release.yml", Ok("release.yml"))]
    #[case(GitHub, " .github/workflows/release.yaml ", Ok("release.yaml"))]
    #[case(GitHub, "/.github/workflows/release.yml", Ok("release.yml"))]
    #[case(
        GitHub,
        "contoso/json/.github/workflows/release.yml@refs/heads/main",
        Ok("release.yml")
    )]
    #[case(
        GitHub,
        "https://github.com/contoso/json/blob/main/.github/workflows/release.yml",
        Ok("release.yml")
    )]
    #[case(GitHub, "", Err(SourceProblem::NoWorkflow))]
    #[case(GitHub, "release", Err(SourceProblem::BadWorkflow))]
    #[case(GitHub, ".yml", Err(SourceProblem::BadWorkflow))]
    #[case(GitHub, "ci/release.yml", Err(SourceProblem::BadWorkflow))]
    #[case(GitLab, "", Ok(""))]
    #[case(GitLab, "main", Ok("main"))]
    #[case(GitLab, "refs/heads/release/1", Ok("release/1"))]
    #[case(GitLab, "refs/tags/v1", Ok("refs/tags/v1"))]
    #[case(GitLab, "release/*", Err(SourceProblem::BadBranch))]
    #[case(Oidc, "", Ok(""))]
    #[case(Oidc, "anything it says", Ok("anything it says"))]
    fn a_workflow_is_a_file_or_a_branch(
        #[case] kind: ProviderKind,
        #[case] text: &str,
        #[case] expected: Result<&str, SourceProblem>,
    ) {
        assert_eq!(parse_workflow(kind, text), expected.map(str::to_owned));
    }

    #[test]
    fn branches_stand_for_refs_and_environments_are_lines() {
        assert_eq!(full_ref("main"), "refs/heads/main");
        assert_eq!(full_ref("refs/tags/v1"), "refs/tags/v1");
        assert_eq!(parse_environment(" production "), Ok("production".to_owned()));
        assert!(parse_environment("a\nb").is_err());
        assert!(parse_environment(&"x".repeat(256)).is_err());
    }
}
