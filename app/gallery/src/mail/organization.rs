//! Mails about an organization as a whole, to its members.

use super::letter::{Mail, MailKind};
use domain::links;

/// It has another name.
pub(crate) fn renamed(to: &str, reader: &str, old: &str, new: &str) -> Mail {
    Mail {
        kind: MailKind::OrganizationRenamed,
        to: to.to_owned(),
        subject: format!("{old} is now called {new}"),
        paragraphs: vec![
            format!("Hello {reader},"),
            format!("the organization {old} was renamed: it is now called {new}."),
            "Your membership, its packages, API keys and policies stay as they are. Addresses with the old name lead to the new one."
                .to_owned(),
        ],
        link: links::organization(new).to_string(),
        link_text: format!("See {new}"),
        reason: "You get this mail because you are a member of the organization.".to_owned(),
    }
}
