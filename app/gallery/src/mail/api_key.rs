//! Mails about API keys. None of them holds a value.

use super::letter::{Mail, MailKind};
use domain::links;

/// A key was made.
pub(crate) fn created(to: &str, reader: &str, key: &str, owner: &str) -> Mail {
    Mail {
        kind: MailKind::ApiKeyCreated,
        to: to.to_owned(),
        subject: format!("An API key was created for {owner}"),
        paragraphs: vec![
            format!("Hello {reader},"),
            format!("the API key \"{key}\" was created. It acts for {owner}."),
            "If this surprises you, revoke the key.".to_owned(),
        ],
        link: links::api_keys().to_string(),
        link_text: "See your API keys".to_owned(),
        reason: "You get this mail because the key acts with your rights.".to_owned(),
    }
}

/// A key stopped working for ever.
pub(crate) fn revoked(to: &str, reader: &str, key: &str, holder: &str) -> Mail {
    Mail {
        kind: MailKind::ApiKeyRevoked,
        to: to.to_owned(),
        subject: format!("An API key of {holder} was revoked"),
        paragraphs: vec![
            format!("Hello {reader},"),
            format!("the API key \"{key}\" of {holder} was revoked. Clients that use it are refused from now on."),
        ],
        link: links::api_keys().to_string(),
        link_text: "See your API keys".to_owned(),
        reason: "You get this mail because the key acted with your rights.".to_owned(),
    }
}
