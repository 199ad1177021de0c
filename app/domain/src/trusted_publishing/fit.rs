//! Whether a workload is the one that a policy trusts: decided from values alone.

use super::ProviderKind;
use super::source::{Source, full_ref};
use crate::time::Timestamp;

/// How long a policy waits for its first use, in days.
pub const ACTIVATION_DAYS: i64 = 7;

/// A workload, as its provider's token describes it; the token was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// The provider's name in the configuration.
    pub provider: String,
    /// The owner of the repository, or its namespace.
    pub owner: String,
    /// The repository without its owner.
    pub repository: String,
    /// The owner's number, which no other owner ever gets.
    pub owner_id: String,
    /// The repository's number, which no other repository ever gets.
    pub repository_id: String,
    /// GitHub: the workflow's file. GitLab: the full ref. Nothing, if the token does not say.
    pub workflow: Option<String>,
    /// The environment, if the job has one.
    pub environment: Option<String>,
    /// What started it, if the token says so.
    pub event: Option<String>,
}

/// The numbers of a repository, fixed by the first use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The owner's.
    pub owner_id: String,
    /// The repository's.
    pub repository_id: String,
}

/// What of a policy decides whether a workload fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the policy is called.
    pub name: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// What its tokens say.
    pub kind: ProviderKind,
    /// Where the workload must come from.
    pub source: Source,
    /// The numbers that the first use has fixed.
    pub binding: Option<Binding>,
    /// Until when a policy that was never used waits.
    pub active_until: Option<Timestamp>,
    /// Its person left the owner, and has not activated it since.
    pub suspended: bool,
    /// It was cut off from its owner.
    pub cut_off: bool,
}

/// How a workload fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the first: the policy is bound to the repository's numbers from now on.
    First,
    /// It has the numbers that the policy is bound to.
    Bound,
}

/// Why a workload does not fit a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// It comes from another provider or repository. Of such a policy nothing is told.
    Elsewhere,
    /// The repository has the right name and other numbers: it, or its owner, was made anew.
    Recreated,
    /// It is another workflow.
    Workflow,
    /// It runs for another branch.
    Branch,
    /// It runs in another environment, or in none.
    Environment,
    /// It was started by somebody else's pull request, with the rights of the repository.
    ForeignPullRequest,
    /// Nobody used the policy in time.
    Ended,
    /// Its person has to activate it first.
    Suspended,
    /// It was cut off.
    CutOff,
}

/// Holds a workload against a policy.
///
/// # Errors
/// The first thing that differs.
pub fn fit(policy: &Candidate, workload: &Workload, now: Timestamp) -> Result<Fit, Mismatch> {
    let Source {
        owner,
        repository,
        workflow,
        environment,
    } = &policy.source;
    let here =
        policy.provider == workload.provider && same(owner, &workload.owner) && same(repository, &workload.repository);
    if !here {
        return Err(Mismatch::Elsewhere);
    }
    let bound = policy.binding.as_ref();
    if bound.is_some_and(|bound| bound.owner_id != workload.owner_id || bound.repository_id != workload.repository_id) {
        return Err(Mismatch::Recreated);
    }
    fits_workflow(policy.kind, workflow, workload.workflow.as_deref())?;
    if !environment.is_empty()
        && !workload
            .environment
            .as_deref()
            .is_some_and(|told| same(environment, told))
    {
        return Err(Mismatch::Environment);
    }
    // It runs the base branch's workflow with its rights, and often the code of whoever asks.
    if workload.event.as_deref() == Some("pull_request_target") {
        return Err(Mismatch::ForeignPullRequest);
    }
    if policy.cut_off {
        Err(Mismatch::CutOff)
    } else if policy.suspended {
        Err(Mismatch::Suspended)
    } else if bound.is_some() {
        Ok(Fit::Bound)
    } else if policy.active_until.is_some_and(|until| until > now) {
        Ok(Fit::First)
    } else {
        Err(Mismatch::Ended)
    }
}

fn fits_workflow(kind: ProviderKind, wanted: &str, told: Option<&str>) -> Result<(), Mismatch> {
    match kind {
        ProviderKind::GitHub if told.is_some_and(|told| same(wanted, told)) => Ok(()),
        ProviderKind::GitHub => Err(Mismatch::Workflow),
        _ if wanted.is_empty() => Ok(()),
        // Two branches may differ in case alone.
        ProviderKind::GitLab if told == Some(full_ref(wanted).as_str()) => Ok(()),
        ProviderKind::GitLab => Err(Mismatch::Branch),
        ProviderKind::Oidc if told == Some(wanted) => Ok(()),
        ProviderKind::Oidc => Err(Mismatch::Workflow),
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether a policy that is edited stays bound: it is for the same repository as before.
#[must_use]
pub fn stays_bound(before: (&str, &Source), after: (&str, &Source)) -> bool {
    let ((provider, source), (new_provider, new_source)) = (before, after);
    provider == new_provider
        && same(&source.owner, &new_source.owner)
        && same(&source.repository, &new_source.repository)
}

/// The first policy that a workload fits, by its place in the list: the oldest one.
///
/// # Errors
/// What differs from the policies that are for this very repository, a sentence each; nothing of any other.
pub fn choose(policies: &[Candidate], workload: &Workload, now: Timestamp) -> Result<(usize, Fit), Vec<String>> {
    let mut told = Vec::new();
    for (place, policy) in policies.iter().enumerate() {
        match fit(policy, workload, now) {
            Ok(fit) => return Ok((place, fit)),
            Err(mismatch) => told.extend(sentence(mismatch, policy)),
        }
    }
    Err(told)
}

/// What somebody is told whose workload runs in the right repository.
fn sentence(mismatch: Mismatch, policy: &Candidate) -> Option<String> {
    let name = &policy.name;
    let Source {
        workflow, environment, ..
    } = &policy.source;
    Some(match mismatch {
        Mismatch::Elsewhere => return None,
        Mismatch::Recreated => format!(
            "The policy '{name}' is bound to another repository or owner that had this name before. Create the policy anew."
        ),
        Mismatch::Workflow => format!("The policy '{name}' is for the workflow '{workflow}'."),
        Mismatch::Branch => format!("The policy '{name}' is for '{}'.", full_ref(workflow)),
        Mismatch::Environment => format!("The policy '{name}' is for the environment '{environment}'."),
        Mismatch::ForeignPullRequest => {
            format!("The policy '{name}' trusts no workflow that 'pull_request_target' starts.")
        }
        Mismatch::Ended => {
            format!("The policy '{name}' was not used within {ACTIVATION_DAYS} days. Activate it, then try again.")
        }
        Mismatch::Suspended => {
            format!("The policy '{name}' stopped when its creator left the package owner. Activate it, then try again.")
        }
        Mismatch::CutOff => format!("The policy '{name}' was cut off from its package owner. Ask there."),
    })
}

#[cfg(test)]
mod tests {
    use super::{Binding, Candidate, Fit, Mismatch, ProviderKind, Source, Workload, choose, fit, stays_bound};
    use crate::time::Timestamp;
    use rstest::rstest;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn github() -> (Candidate, Workload) {
        let policy = Candidate {
            name: text("release"),
            provider: text("github"),
            kind: ProviderKind::GitHub,
            source: Source {
                owner: text("contoso"),
                repository: text("json"),
                workflow: text("release.yml"),
                environment: text("production"),
            },
            binding: Some(Binding {
                owner_id: text("10"),
                repository_id: text("20"),
            }),
            active_until: None,
            suspended: false,
            cut_off: false,
        };
        let workload = Workload {
            provider: text("github"),
            owner: text("Contoso"),
            repository: text("Json"),
            owner_id: text("10"),
            repository_id: text("20"),
            workflow: Some(text("Release.yml")),
            environment: Some(text("Production")),
            event: Some(text("push")),
        };
        (policy, workload)
    }

    type Change = fn(&mut Candidate, &mut Workload);

    #[test]
    fn a_workload_of_github_fits_or_not() {
        let cases: [(&str, Change, Result<Fit, Mismatch>); 19] = [
            ("the same but for case", |_, _| {}, Ok(Fit::Bound)),
            (
                "another provider",
                |_, w| w.provider = text("gitlab"),
                Err(Mismatch::Elsewhere),
            ),
            (
                "another owner",
                |_, w| w.owner = text("contoso2"),
                Err(Mismatch::Elsewhere),
            ),
            (
                "another repository",
                |_, w| w.repository = text("json2"),
                Err(Mismatch::Elsewhere),
            ),
            (
                "a repository made anew",
                |_, w| w.repository_id = text("21"),
                Err(Mismatch::Recreated),
            ),
            (
                "an owner made anew",
                |_, w| w.owner_id = text("11"),
                Err(Mismatch::Recreated),
            ),
            (
                "another workflow",
                |_, w| w.workflow = Some(text("test.yml")),
                Err(Mismatch::Workflow),
            ),
            ("no workflow", |_, w| w.workflow = None, Err(Mismatch::Workflow)),
            (
                "another environment",
                |_, w| w.environment = Some(text("test")),
                Err(Mismatch::Environment),
            ),
            (
                "no environment",
                |_, w| w.environment = None,
                Err(Mismatch::Environment),
            ),
            ("any environment", |p, _| p.source.environment.clear(), Ok(Fit::Bound)),
            (
                "a foreign pull request",
                |_, w| w.event = Some(text("pull_request_target")),
                Err(Mismatch::ForeignPullRequest),
            ),
            (
                "used long ago",
                |p, _| p.active_until = Some(Timestamp::from_seconds(1)),
                Ok(Fit::Bound),
            ),
            (
                "never used",
                |p, _| {
                    p.binding = None;
                    p.active_until = Some(Timestamp::from_seconds(1_001));
                },
                Ok(Fit::First),
            ),
            (
                "never used in time",
                |p, _| {
                    p.binding = None;
                    p.active_until = Some(NOW);
                },
                Err(Mismatch::Ended),
            ),
            ("without an end", |p, _| p.binding = None, Err(Mismatch::Ended)),
            ("suspended", |p, _| p.suspended = true, Err(Mismatch::Suspended)),
            (
                "cut off",
                |p, _| {
                    p.suspended = true;
                    p.cut_off = true;
                },
                Err(Mismatch::CutOff),
            ),
            (
                "the repository is told last",
                |p, w| {
                    p.cut_off = true;
                    w.repository = text("x");
                },
                Err(Mismatch::Elsewhere),
            ),
        ];
        for (name, change, expected) in cases {
            let (mut policy, mut workload) = github();
            change(&mut policy, &mut workload);
            assert_eq!(fit(&policy, &workload, NOW), expected, "{name}");
        }
    }

    #[rstest]
    #[case(ProviderKind::GitLab, "", Some("refs/heads/x"), Ok(Fit::Bound))]
    #[case(ProviderKind::GitLab, "main", Some("refs/heads/main"), Ok(Fit::Bound))]
    #[case(ProviderKind::GitLab, "main", Some("refs/tags/main"), Err(Mismatch::Branch))]
    #[case(ProviderKind::GitLab, "main", Some("refs/heads/Main"), Err(Mismatch::Branch))]
    #[case(ProviderKind::GitLab, "main", None, Err(Mismatch::Branch))]
    #[case(ProviderKind::GitLab, "refs/tags/v1", Some("refs/tags/v1"), Ok(Fit::Bound))]
    #[case(ProviderKind::Oidc, "", None, Ok(Fit::Bound))]
    #[case(ProviderKind::Oidc, "release", Some("release"), Ok(Fit::Bound))]
    #[case(ProviderKind::Oidc, "release", Some("Release"), Err(Mismatch::Workflow))]
    fn others_have_branches_or_what_they_say(
        #[case] kind: ProviderKind,
        #[case] wanted: &str,
        #[case] told: Option<&str>,
        #[case] expected: Result<Fit, Mismatch>,
    ) {
        let (mut policy, mut workload) = github();
        policy.kind = kind;
        policy.source.workflow = text(wanted);
        workload.workflow = told.map(text);
        assert_eq!(fit(&policy, &workload, NOW), expected);
    }

    #[test]
    fn a_policy_stays_bound_to_its_repository_only() {
        let (policy, _) = github();
        let stays = |provider: &str, change: fn(&mut Source)| {
            let mut source = policy.source.clone();
            change(&mut source);
            stays_bound(("github", &policy.source), (provider, &source))
        };
        assert!(stays("github", |source| source.workflow = text("other.yml")));
        assert!(stays("github", |source| source.owner = text("CONTOSO")));
        assert!(!stays("gitlab", |_| {}));
        assert!(!stays("github", |source| source.owner = text("fabrikam")));
        assert!(!stays("github", |source| source.repository = text("xml")));
    }

    #[test]
    fn the_oldest_policy_that_fits_wins() {
        let (fitting, workload) = github();
        let mut other = fitting.clone();
        other.source.workflow = text("test.yml");
        let all = [other.clone(), fitting.clone(), fitting];
        assert_eq!(choose(&all, &workload, NOW), Ok((1, Fit::Bound)));
    }

    #[test]
    fn only_policies_of_the_same_repository_are_told_about() {
        let changes: [fn(&mut Candidate); 9] = [
            |policy| policy.source.repository = text("secret"),
            |policy| policy.provider = text("gitlab"),
            |policy| policy.binding.as_mut().unwrap().repository_id = text("7"),
            |policy| policy.source.workflow = text("other.yml"),
            |policy| {
                policy.kind = ProviderKind::GitLab;
                policy.source.workflow = text("main");
            },
            |policy| policy.source.environment = text("staging"),
            |policy| policy.binding = None,
            |policy| policy.suspended = true,
            |policy| policy.cut_off = true,
        ];
        let (policy, mut workload) = github();
        let all: Vec<Candidate> = changes
            .iter()
            .map(|change| {
                let mut changed = policy.clone();
                change(&mut changed);
                changed
            })
            .collect();
        insta::assert_snapshot!(choose(&all, &workload, NOW).unwrap_err().join("\n"));
        workload.event = Some(text("pull_request_target"));
        assert_eq!(
            choose(&[policy], &workload, NOW),
            Err(vec![text(
                "The policy 'release' trusts no workflow that 'pull_request_target' starts."
            )])
        );
        assert_eq!(choose(&[], &workload, NOW), Err(Vec::new()));
    }
}
