//! Mails that ask whether an address belongs to the account that names it.

use super::letter::{Mail, MailKind};
use domain::links;

/// Asks a person.
pub(crate) fn account(to: &str, name: &str, token: &str) -> Mail {
    Mail {
        kind: MailKind::AccountConfirm,
        to: to.to_owned(),
        subject: "Confirm your email address".to_owned(),
        paragraphs: vec![
            format!("The account {name} was created with this email address."),
            "Open the page below while you are signed in, and confirm. The link ends after 7 days.".to_owned(),
        ],
        link: links::confirm_account(token).to_string(),
        link_text: "Confirm the address".to_owned(),
        reason: "If you did not create this account, ignore this mail; without you the address is not used.".to_owned(),
    }
}

/// Asks whoever reads an organization's address.
pub(crate) fn organization(to: &str, name: &str, token: &str) -> Mail {
    Mail {
        kind: MailKind::OrganizationConfirm,
        to: to.to_owned(),
        subject: format!("Confirm the email address of {name}"),
        paragraphs: vec![
            format!("The organization {name} was added with this email address."),
            format!(
                "An administrator of {name} opens the page below while signed in, and confirms. The link ends after 7 days."
            ),
        ],
        link: links::confirm_organization(name, token).to_string(),
        link_text: "Confirm the address".to_owned(),
        reason: "If you do not know this organization, ignore this mail; without you the address is not used."
            .to_owned(),
    }
}
