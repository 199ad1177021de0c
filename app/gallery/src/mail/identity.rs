//! Mails about the ways in which a person signs in.

use super::letter::{Mail, MailKind};

/// Tells a person that their account, made for them, was taken over by a first sign-in.
pub(crate) fn claimed(to: &str, name: &str, provider: &str) -> Mail {
    let provider = match provider {
        "development" => "the development identity",
        other => other,
    };
    Mail {
        kind: MailKind::IdentityClaimed,
        to: to.to_owned(),
        subject: format!("You signed in to {name} for the first time"),
        paragraphs: vec![
            format!("The account {name} was made for this email address."),
            format!(
                "Somebody has now signed in to it for the first time, through {provider}, which vouches that this address is theirs. From now on only this sign-in opens the account."
            ),
        ],
        link: "/account".to_owned(),
        link_text: "See the account".to_owned(),
        reason: "If this was not you, tell the operators of this site at once.".to_owned(),
    }
}

/// Tells a person that another sign-in opens their account from now on.
pub(crate) fn linked(to: &str, name: &str, provider: &str) -> Mail {
    changed(
        MailKind::IdentityLinked,
        to,
        format!("A sign-in was linked to {name}"),
        format!("A sign-in with {provider} was linked to the account {name}. From now on it opens the account, too."),
    )
}

/// Tells a person that a sign-in does not open their account any more.
pub(crate) fn unlinked(to: &str, name: &str, provider: &str) -> Mail {
    changed(
        MailKind::IdentityUnlinked,
        to,
        format!("A sign-in was unlinked from {name}"),
        format!(
            "A sign-in with {provider} was unlinked from the account {name}. It does not open the account any more, and its sessions have ended."
        ),
    )
}

fn changed(kind: MailKind, to: &str, subject: String, sentence: String) -> Mail {
    Mail {
        kind,
        to: to.to_owned(),
        subject,
        paragraphs: vec![sentence],
        link: domain::links::account_settings().to_string(),
        link_text: "See the account".to_owned(),
        reason: "If this was not you, tell the operators of this site at once.".to_owned(),
    }
}
