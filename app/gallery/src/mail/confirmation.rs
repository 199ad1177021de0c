//! Mails that ask whether an address belongs to the account that names it.

use super::letter::{Mail, MailKind};
use domain::account::AccountKind;
use domain::links;
use schema::entity::account;

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

/// Asks whether an address that an account wants to have reaches it.
pub(crate) fn change(to: &str, account: &account::Model, token: &str) -> Mail {
    let name = &account.name;
    let (sentence, link) = if account.kind == AccountKind::Organization.value() {
        let sentence = format!(
            "An administrator of {name} opens the page below while signed in, and confirms. The link ends after 7 days."
        );
        (sentence, links::confirm_organization(name, token))
    } else {
        let sentence = "Open the page below while you are signed in, and confirm. The link ends after 7 days.";
        (sentence.to_owned(), links::confirm_account(token))
    };
    Mail {
        kind: MailKind::EmailConfirm,
        to: to.to_owned(),
        subject: format!("Confirm the new email address of {name}"),
        paragraphs: vec![
            format!("This address is to become the email address of {name}."),
            sentence,
        ],
        link: link.to_string(),
        link_text: "Confirm the address".to_owned(),
        reason: "If this surprises you, ignore this mail; without you the address is not used.".to_owned(),
    }
}

/// Tells the old address that another one has taken its place.
pub(crate) fn changed(to: &str, account: &account::Model) -> Mail {
    let name = &account.name;
    let link = if account.kind == AccountKind::Organization.value() {
        links::organization_settings(name)
    } else {
        links::account_settings()
    };
    Mail {
        kind: MailKind::EmailChanged,
        to: to.to_owned(),
        subject: format!("The email address of {name} was changed"),
        paragraphs: vec![
            format!("Another address is now the email address of {name}. Mail about it goes there from now on."),
            "If this surprises you, look at the settings, and tell the operators of this site.".to_owned(),
        ],
        link: link.to_string(),
        link_text: "See the settings".to_owned(),
        reason: format!("You get this mail because this was the address of {name}."),
    }
}

/// What is sent again to an address that waits: the mail that it got before.
pub(crate) fn again(to: &str, account: &account::Model, token: &str) -> Mail {
    if account.email.is_some() {
        change(to, account, token)
    } else if account.kind == AccountKind::Organization.value() {
        organization(to, &account.name, token)
    } else {
        self::account(to, &account.name, token)
    }
}
