//! Mails about accounts that become organizations. None of them lets the reader do more than the page it leads to: only
//! the person who is signed in there counts.

use super::letter::{Mail, MailKind};
use super::membership::Reader;
use domain::links;

/// Asks somebody to become the administrator.
pub(crate) fn requested(to: &str, account: &str) -> Mail {
    Mail {
        kind: MailKind::TransformRequested,
        to: to.to_owned(),
        subject: format!("{account} asks you to become its administrator"),
        paragraphs: vec![
            format!(
                "The account {account} wants to become an organization, and names you as its first administrator. If you accept, its packages are yours to manage and its API keys move to your account."
            ),
            "Accept or reject on the page below. The request ends after 14 days.".to_owned(),
        ],
        link: links::manage_organizations().to_string(),
        link_text: "See the request".to_owned(),
        reason: format!("You get this mail because the person behind {account} named you."),
    }
}

/// Tells the account's address what was asked for, and where it can be taken back.
pub(crate) fn received(to: &str, account: &str, administrator: &str) -> Mail {
    Mail {
        kind: MailKind::TransformReceived,
        to: to.to_owned(),
        subject: format!("{account} is to become an organization"),
        paragraphs: vec![
            format!(
                "Somebody who is signed in as {account} asked to transform the account into an organization with {administrator} as its administrator. When {administrator} accepts, nobody can sign in as {account} any more."
            ),
            "If you do not want this, cancel it on the page below while you are signed in, and tell the operators of this site if it was not you who asked.".to_owned(),
        ],
        link: links::transform().to_string(),
        link_text: "See the request".to_owned(),
        reason: format!("You get this mail because this is the address of {account}."),
    }
}

/// The account is an organization.
pub(crate) fn accepted(to: &str, reader: Reader, account: &str, administrator: &str) -> Mail {
    let (sentence, link) = match reader {
        Reader::Organization => (
            format!(
                "The account {account} is an organization now, and {administrator} is its administrator. Nobody can sign in as {account} any more. {administrator} can undo this for 30 days, while nothing depends on it."
            ),
            links::profile(account),
        ),
        Reader::Person => (
            format!(
                "The account {account} is an organization now, and you are its administrator. Its API keys are among yours and act for {account}. You can undo this for 30 days, while nothing depends on it."
            ),
            links::organization(account),
        ),
    };
    Mail {
        kind: MailKind::TransformAccepted,
        to: to.to_owned(),
        subject: format!("{account} is an organization now"),
        paragraphs: vec![sentence],
        link: link.to_string(),
        link_text: format!("See {account}"),
        reason: reason(reader, account),
    }
}

/// The named administrator does not want to.
pub(crate) fn rejected(to: &str, account: &str, administrator: &str) -> Mail {
    Mail {
        kind: MailKind::TransformRejected,
        to: to.to_owned(),
        subject: format!("{administrator} rejected the transformation of {account}"),
        paragraphs: vec![format!(
            "{administrator} does not want to become the administrator of {account}. The account stays as it is; you can ask somebody else."
        )],
        link: links::transform().to_string(),
        link_text: "Ask somebody else".to_owned(),
        reason: format!("You get this mail because this is the address of {account}."),
    }
}

/// Tells somebody that they are not asked any more.
pub(crate) fn cancelled(to: &str, account: &str) -> Mail {
    Mail {
        kind: MailKind::TransformCancelled,
        to: to.to_owned(),
        subject: format!("The transformation of {account} was cancelled"),
        paragraphs: vec![format!(
            "The account {account} had asked you to become its administrator. It does not ask you any more; you need not do anything."
        )],
        link: links::profile(account).to_string(),
        link_text: format!("See {account}"),
        reason: "You get this mail because you had been asked.".to_owned(),
    }
}

/// The organization is a user's account again.
pub(crate) fn undone(to: &str, reader: Reader, account: &str, administrator: &str) -> Mail {
    let (sentence, link, link_text) = match reader {
        Reader::Organization => (
            format!(
                "{administrator} undid the transformation of {account}. It is a user's account again: you can sign in as before. The API keys that had moved to {administrator} are revoked; make new ones."
            ),
            links::choose_sign_in(),
            "Sign in".to_owned(),
        ),
        Reader::Person => (
            format!(
                "You undid the transformation of {account}. It is a user's account again, you are no longer its administrator, and the API keys that had moved to you are revoked."
            ),
            links::profile(account),
            format!("See {account}"),
        ),
    };
    Mail {
        kind: MailKind::TransformUndone,
        to: to.to_owned(),
        subject: format!("The transformation of {account} was undone"),
        paragraphs: vec![sentence],
        link: link.to_string(),
        link_text,
        reason: reason(reader, account),
    }
}

fn reason(reader: Reader, account: &str) -> String {
    match reader {
        Reader::Organization => format!("You get this mail because this is the address of {account}."),
        Reader::Person => format!("You get this mail because you accepted to be the administrator of {account}."),
    }
}
