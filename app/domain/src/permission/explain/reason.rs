//! The second half of a sentence: what [`super::decide`] went by.

use super::{Named, matching};
use crate::permission::action::Action;
use crate::permission::decision::{Denied, Question};
use crate::permission::policy::Policy;
use crate::permission::role::{Role, Standing};

/// The way by which it is allowed.
pub(super) fn for_it(question: &Question<'_>, named: &Named<'_>) -> String {
    let way = way(question, named);
    match question.key {
        Some(_) if question.action.writes() => format!("{way}, and the key was made for it"),
        _ => way,
    }
}

fn way(question: &Question<'_>, named: &Named<'_>) -> String {
    let Named { person, account, .. } = named;
    let owned = question
        .subject
        .filter(|subject| subject.owned)
        .map(|subject| subject.id);
    if question.action == Action::SeeProfile {
        return "everybody may".to_owned();
    }
    match (question.standing, owned) {
        (Standing::Anonymous | Standing::Other, _) => "everybody may".to_owned(),
        (Standing::SiteAdministrator, _) => format!("{person} administers this site"),
        (Standing::Barred(_), _) => {
            format!("{person} is a member, and whoever does not meet a policy may still go")
        }
        (Standing::Member(role), Some(id)) => {
            format!("{person} is {} of {account}, which owns {id}", with_article(role))
        }
        (Standing::Member(role), None) => format!("{person} is {} of {account}", with_article(role)),
        (Standing::Oneself, Some(id)) => format!("{account} owns {id}"),
        (Standing::Oneself, None) if named.key.is_some() => format!("it is a key of {account} itself"),
        (Standing::Oneself, None) => format!("it is {person}'s own account"),
    }
}

/// The reason why it is refused.
pub(super) fn against_it(denied: Denied, question: &Question<'_>, named: &Named<'_>) -> String {
    let Named { person, account, .. } = named;
    let id = question.subject.map_or("the package", |subject| subject.id);
    match denied {
        Denied::SignIn => "nobody is signed in".to_owned(),
        Denied::NotFound | Denied::Role => no_right(question, named),
        Denied::KeyScope => match question.key.map(|key| key.scopes.labels()) {
            Some(scopes) if !scopes.is_empty() => {
                format!("the key was made for something else: {}", scopes.join(", "))
            }
            _ => "the key was made for nothing".to_owned(),
        },
        Denied::KeyGlob => {
            let globs = question.key.map(|key| matching(key.globs)).unwrap_or_default();
            format!("the key is for packages{globs} only")
        }
        Denied::KeyVersionsOnly => "the key was made for new versions of packages that exist".to_owned(),
        Denied::NotAMember => no_member(named),
        Denied::Policy(policy) => against_policy(policy, question, named),
        Denied::Unconfirmed => format!("the email address of {account} is not confirmed"),
        Denied::AccountLocked => format!("{account} is locked"),
        Denied::PersonLocked => format!("{person} is locked"),
        Denied::NotAnOwner => format!("{account} does not own {id}"),
        Denied::PackageLocked => format!("{id} is locked"),
    }
}

/// What of somebody's standing does not suffice.
fn no_right(question: &Question<'_>, named: &Named<'_>) -> String {
    let Named { person, account, .. } = named;
    match (question.action, question.standing) {
        (_, Standing::Anonymous) => "nobody is signed in".to_owned(),
        (Action::AdministerSite, _) => format!("{person} does not administer it"),
        (Action::AnswerInvitation, _) => "only the invited may".to_owned(),
        (_, Standing::Member(Role::Collaborator)) => {
            format!("only administrators of {account} may, and {person} is a collaborator")
        }
        (_, Standing::SiteAdministrator) => {
            format!("{person} administers this site, but is not a member of {account}")
        }
        (_, Standing::Oneself) => format!("{account} is an account of its own, without members"),
        (_, Standing::Member(Role::Administrator) | Standing::Barred(_)) => {
            format!("no role in {account} allows it")
        }
        (_, Standing::Other) => no_member(named),
    }
}

fn no_member(named: &Named<'_>) -> String {
    let Named { person, account, .. } = named;
    if named.organization {
        format!("{person} is not a member of {account}")
    } else {
        format!("{account} is a user, for whom nobody else acts")
    }
}

fn against_policy(policy: Policy, question: &Question<'_>, named: &Named<'_>) -> String {
    let Named { person, account, .. } = named;
    match policy {
        Policy::KeyLifetime => {
            let most = question.account.longest_key_days.unwrap_or_default();
            let age = question.key.map_or(0, |key| key.age_days);
            format!("a policy of {account} allows keys of at most {most} days, and this one is {age} days old")
        }
        Policy::NewPackages => {
            format!(
                "a policy of {account} lets only administrators publish new packages, and {person} is a collaborator"
            )
        }
        Policy::OrganizationKeys => {
            format!("a policy of {account} takes packages from its own keys and from trusted publishing only")
        }
        Policy::SecondFactor => {
            format!("a policy of {account} asks its members for a second factor, and {person} signed in without one")
        }
        Policy::Provider => {
            format!("a policy of {account} asks its members to sign in in another way than {person} did")
        }
    }
}

const fn with_article(role: Role) -> &'static str {
    match role {
        Role::Administrator => "an administrator",
        Role::Collaborator => "a collaborator",
    }
}
