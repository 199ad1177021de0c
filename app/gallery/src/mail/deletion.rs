//! Mails about an account or an organization that is gone.

use super::letter::{Mail, MailKind};
use domain::links;

/// Packages that a mail names; the others are counted.
const NAMED: usize = 20;

/// Tells a person that their account is deleted, at the address that it had.
pub(crate) fn account(to: &str, name: &str) -> Mail {
    Mail {
        kind: MailKind::AccountDeleted,
        to: to.to_owned(),
        subject: format!("Your account {name} was deleted"),
        paragraphs: vec![
            format!("The account {name} was deleted, with its sign-ins, sessions, memberships and API keys."),
            "What was published stays. The name stays taken, and nobody can bring the account back.".to_owned(),
        ],
        link: links::LocalPath::home().to_string(),
        link_text: "Go to the front page".to_owned(),
        reason: "If this was not you, tell the operators of this site at once.".to_owned(),
    }
}

/// Tells a member that an organization is deleted.
pub(crate) fn organization(to: &str, name: &str) -> Mail {
    Mail {
        kind: MailKind::OrganizationDeleted,
        to: to.to_owned(),
        subject: format!("The organization {name} was deleted"),
        paragraphs: vec![format!(
            "The organization {name} was deleted, with its API keys and invitations. What was published for it stays."
        )],
        link: links::manage_organizations().to_string(),
        link_text: "See your organizations".to_owned(),
        reason: format!("You get this mail because you were a member of {name}."),
    }
}

/// Tells an owner that another one is gone.
pub(crate) fn co_owner(to: &str, gone: &str, owner: &str, packages: &[String]) -> Mail {
    let named = packages.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = match packages.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Mail {
        kind: MailKind::OwnerRemoved,
        to: to.to_owned(),
        subject: format!("{gone} does not own packages of {owner} any more"),
        paragraphs: vec![format!(
            "The account {gone} was deleted and owns these packages no more: {named}{more}. {owner} still owns them."
        )],
        link: links::profile(owner).to_string(),
        link_text: format!("See the packages of {owner}"),
        reason: format!("You get this mail because {owner} owns these packages too."),
    }
}
