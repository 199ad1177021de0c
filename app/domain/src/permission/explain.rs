//! Why somebody may do something, or may not, in a sentence.
//!
//! There is no second copy of the rules here: [`decide`] is asked, and its answer is put into words.

mod reason;
#[cfg(test)]
mod tests;

use super::action::Action;
use super::decision::{Denied, Question, decide};
use super::scope::Glob;
use crate::api_key::ApiKeyState;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// By which names a sentence calls what a question is about.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Who acts: a user, or the organization whose own key is used.
    pub person: &'a str,
    /// The account acted for.
    pub account: &'a str,
    /// Whether that is an organization.
    pub organization: bool,
    /// The key in use, if the question is about one.
    pub key: Option<NamedKey<'a>>,
}

/// What a sentence says of a key beside its grant.
#[derive(Clone, Copy, Debug)]
pub struct NamedKey<'a> {
    /// What the key is called.
    pub name: &'a str,
    /// When it ends.
    pub expires: Timestamp,
}

/// A decision with the sentence that tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What [`decide`] said.
    pub verdict: Result<(), Denied>,
    /// The sentence.
    pub sentence: String,
}

/// A sentence as pages show it, with what it comes down to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WhyAnswer {
    /// Whether it is allowed.
    pub allowed: bool,
    /// Why, or why not.
    pub sentence: String,
}

/// The answers to "Why can {name} push here?".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Why {
    /// Who was asked about: the name as it is written, or as it was typed if nobody has it.
    pub person: String,
    /// One sentence a right.
    pub answers: Vec<WhyAnswer>,
    /// What the answers leave out, because the asker may not see it; or empty.
    pub note: String,
}

impl From<Explanation> for WhyAnswer {
    fn from(explanation: Explanation) -> Self {
        Self {
            allowed: explanation.verdict.is_ok(),
            sentence: explanation.sentence,
        }
    }
}

/// Asks [`decide`], and says why it is so.
#[must_use]
pub fn explain(question: &Question<'_>, named: &Named<'_>) -> Explanation {
    let verdict = decide(question);
    let who = who(named);
    let what = what(question, named);
    let sentence = match verdict {
        Ok(()) => {
            let until = named.key.map(|key| format!(" until {}", key.expires.day()));
            let until = until.unwrap_or_default();
            format!("{who} may {what}{until}: {}.", reason::for_it(question, named))
        }
        Err(denied) => {
            // Another owner of the package may decide otherwise.
            let side = match question.subject {
                Some(_) if question.action.needs_ownership() => format!(" for {}", named.account),
                _ => String::new(),
            };
            let reason = reason::against_it(denied, question, named);
            format!("{who} may not {what}{side}: {reason}.")
        }
    };
    Explanation { verdict, sentence }
}

/// What is said of somebody who has nothing to do with any owner of a package.
#[must_use]
pub fn no_route(action: Action, person: &str, id: &str) -> WhyAnswer {
    let what = of_package(action, id);
    WhyAnswer {
        allowed: false,
        sentence: format!(
            "{person} may not {what}: {person} neither owns {id} nor is a member of an organization that owns it."
        ),
    }
}

/// Why a key does nothing at all, whatever the permission table says of its person; nothing for a key that the table is
/// asked about.
#[must_use]
pub fn key_at_rest(state: ApiKeyState, named: &Named<'_>) -> Option<WhyAnswer> {
    let Named { person, account, .. } = named;
    let reason = match state {
        ApiKeyState::Expired => {
            let day = named.key.map(|key| key.expires.day()).unwrap_or_default();
            format!("it expired on {day}")
        }
        ApiKeyState::Revoked => "it was revoked".to_owned(),
        ApiKeyState::CutOff => format!("an administrator of {account} has cut it off"),
        ApiKeyState::OwnerDeleted => "the account that it pushed for is deleted".to_owned(),
        ApiKeyState::NeedsConfirmation => {
            format!("{person} left {account} and is a member again, but has not confirmed the key since")
        }
        ApiKeyState::Active
        | ApiKeyState::NotAMember
        | ApiKeyState::Policy(_)
        | ApiKeyState::OwnerUnconfirmed
        | ApiKeyState::OwnerLocked
        | ApiKeyState::PersonLocked => return None,
    };
    Some(WhyAnswer {
        allowed: false,
        sentence: format!("{} may not push: {reason}.", who(named)),
    })
}

/// Who acts, as the sentence begins.
fn who(named: &Named<'_>) -> String {
    match named.key {
        Some(key) => format!("{}'s key {}", named.person, key.name),
        None => named.person.to_owned(),
    }
}

/// What is to be done, as the sentence goes on after "may".
fn what(question: &Question<'_>, named: &Named<'_>) -> String {
    let account = named.account;
    let action = question.action;
    if let Some(subject) = question.subject {
        if action == Action::PublishNewId {
            return format!("push {}, which is new, for {account}", subject.id);
        }
        if action.needs_ownership() {
            return of_package(action, subject.id);
        }
    }
    let text = match action {
        Action::SeeProfile => format!("see the profile of {account}"),
        Action::SeeOrganization => format!("see the pages of {account}"),
        Action::SeeMembers => format!("see the members of {account}"),
        Action::ManageMembers => format!("invite and remove members of {account}"),
        Action::CancelInvitation => format!("cancel invitations to {account}"),
        Action::AnswerInvitation => format!("answer invitations that {account} got"),
        Action::LeaveOrganization => format!("leave {account}"),
        Action::ManageAccount => format!("change the settings and policies of {account}"),
        Action::SeeSettings => format!("see the settings of {account}"),
        Action::SeeAuditTrail => format!("see the whole audit trail of {account}"),
        Action::SeeMembershipEvents => format!("see what happened to packages and members of {account}"),
        Action::SeeAccountKeys => format!("see the names of {account}'s own keys"),
        Action::ManageAccountKeys => format!("manage {account}'s own keys and trusted publishing"),
        Action::CreateKeyForAccount => format!("create personal API keys for {account}"),
        Action::AnswerOwnershipRequest => format!("answer requests that {account} should own a package"),
        Action::PublishNewId => format!("push new packages for {account}"),
        Action::PublishVersion
        | Action::ChangeListing
        | Action::Deprecate
        | Action::SeePublisher
        | Action::ManageOwners => of_package(action, &format!("{account}'s packages")),
        Action::AdministerSite => "administer this site".to_owned(),
    };
    match question.key.map(|key| matching(key.globs)) {
        Some(globs) if action != Action::AdministerSite => format!("{text}{globs}"),
        _ => text,
    }
}

/// What can be done to a package, or to several.
fn of_package(action: Action, which: &str) -> String {
    let verb = match action {
        Action::ChangeListing => "unlist and relist versions of",
        Action::Deprecate => "deprecate versions of",
        Action::SeePublisher => "see who published versions of",
        Action::ManageOwners => "add and remove owners of",
        _ => "push new versions of",
    };
    format!("{verb} {which}")
}

/// So many glob patterns are named.
const GLOBS: usize = 3;

/// Which packages a key is for; nothing for all of them.
fn matching(globs: &[Glob]) -> String {
    if globs.iter().any(|glob| glob.as_str() == "*") {
        return String::new();
    }
    let mut names: Vec<String> = globs.iter().take(GLOBS).map(|glob| glob.as_str().to_owned()).collect();
    let more = globs.len().saturating_sub(GLOBS);
    if more > 0 {
        names.push(format!("{more} more patterns"));
    }
    format!(" that match {}", names.join(" or "))
}
