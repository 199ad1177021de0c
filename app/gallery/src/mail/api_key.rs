//! Mails about API keys. None of them holds a value.

use super::letter::{Mail, MailKind};
use domain::links::{self, LocalPath};
use domain::time::Timestamp;

/// Who reads a mail about a key, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    /// The confirmed address.
    pub(crate) to: &'a str,
    /// The person's name.
    pub(crate) name: &'a str,
    /// The organization whose own key it is; nothing when it is the person's.
    pub(crate) organization: Option<&'a str>,
}

impl Reader<'_> {
    /// The page with the key.
    fn page(self) -> LocalPath {
        self.organization
            .map_or_else(links::api_keys, links::organization_api_keys)
    }

    fn mail(self, kind: MailKind, subject: String, sentences: [String; 2]) -> Mail {
        let (link_text, reason) = match self.organization {
            Some(name) => (
                format!("See the API keys of {name}"),
                format!("You get this mail because you administer {name}."),
            ),
            None => (
                "See your API keys".to_owned(),
                "You get this mail because the key acts with your rights.".to_owned(),
            ),
        };
        let hello = format!("Hello {},", self.name);
        Mail {
            kind,
            to: self.to.to_owned(),
            subject,
            paragraphs: std::iter::once(hello).chain(sentences).collect(),
            link: self.page().to_string(),
            link_text,
            reason,
        }
    }
}

/// A key was made.
pub(crate) fn created(reader: Reader<'_>, key: &str, owner: &str) -> Mail {
    reader.mail(
        MailKind::ApiKeyCreated,
        format!("An API key was created for {owner}"),
        [
            format!("the API key \"{key}\" was created. It acts for {owner}."),
            "If this surprises you, revoke the key.".to_owned(),
        ],
    )
}

/// A key stopped working for ever.
pub(crate) fn revoked(reader: Reader<'_>, key: &str, holder: &str) -> Mail {
    reader.mail(
        MailKind::ApiKeyRevoked,
        format!("An API key of {holder} was revoked"),
        [
            format!("the API key \"{key}\" of {holder} was revoked."),
            "Clients that use it are refused from now on.".to_owned(),
        ],
    )
}

/// An administrator has cut a person's key off.
pub(crate) fn cut_off(reader: Reader<'_>, key: &str, organization: &str) -> Mail {
    reader.mail(
        MailKind::ApiKeyRevoked,
        format!("Your API key was cut off from {organization}"),
        [
            format!("an administrator of {organization} has cut off your API key \"{key}\" from the organization."),
            "Clients that use it are refused from now on. If it is needed, ask the administrators.".to_owned(),
        ],
    )
}

/// A key ends soon.
pub(crate) fn expiring(reader: Reader<'_>, key: &str, owner: &str, ends: Timestamp) -> Mail {
    let when = ends.minute();
    reader.mail(
        MailKind::ApiKeyExpiring,
        format!("The API key \"{key}\" expires soon"),
        [
            format!("the API key \"{key}\", which acts for {owner}, expires on {when}."),
            "Regenerate it in time, and give the new value to the clients that use it.".to_owned(),
        ],
    )
}

/// A key has ended.
pub(crate) fn expired(reader: Reader<'_>, key: &str, owner: &str, ended: Timestamp) -> Mail {
    let when = ended.minute();
    reader.mail(
        MailKind::ApiKeyExpired,
        format!("The API key \"{key}\" has expired"),
        [
            format!(
                "the API key \"{key}\", which acts for {owner}, expired on {when}. Clients that use it are refused."
            ),
            "Regenerate it if it is still needed, or delete it.".to_owned(),
        ],
    )
}
