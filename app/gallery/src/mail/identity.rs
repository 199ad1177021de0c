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
