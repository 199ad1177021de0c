//! Mails about memberships: to the person, and to the organization's own address.

use super::invitation::an;
use super::letter::{Mail, MailKind};
use domain::links;
use domain::permission::Role;

/// Who reads a mail about a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The person whose membership it is.
    Person,
    /// Whoever reads the organization's address.
    Organization,
}

/// A membership has begun.
pub(crate) fn added(to: &str, reader: Reader, person: &str, organization: &str, role: Role) -> Mail {
    let (subject, sentence) = match reader {
        Reader::Person => (
            format!("You are a member of {organization}"),
            format!("You are now {} of the organization {organization}.", an(role)),
        ),
        Reader::Organization => (
            format!("{person} is a member of {organization}"),
            format!("{person} is now {} of the organization {organization}.", an(role)),
        ),
    };
    let link = match reader {
        Reader::Person => links::organization(organization),
        Reader::Organization => links::members(organization),
    };
    mail(
        MailKind::MemberAdded,
        to,
        reader,
        subject,
        sentence,
        &link,
        organization,
    )
}

/// A member's role was changed.
pub(crate) fn role_changed(to: &str, reader: Reader, person: &str, organization: &str, role: Role) -> Mail {
    let (subject, sentence) = match reader {
        Reader::Person => (
            format!("Your role in {organization} was changed"),
            format!("You are now {} of the organization {organization}.", an(role)),
        ),
        Reader::Organization => (
            format!("The role of {person} in {organization} was changed"),
            format!("{person} is now {} of the organization {organization}.", an(role)),
        ),
    };
    let link = links::members(organization);
    mail(
        MailKind::RoleChanged,
        to,
        reader,
        subject,
        sentence,
        &link,
        organization,
    )
}

/// A membership has ended.
pub(crate) fn removed(to: &str, reader: Reader, person: &str, organization: &str) -> Mail {
    let (subject, sentence, link) = match reader {
        Reader::Person => (
            format!("You are no longer a member of {organization}"),
            format!(
                "You are no longer a member of the organization {organization}. Your API keys for it have stopped working."
            ),
            links::manage_organizations(),
        ),
        Reader::Organization => (
            format!("{person} is no longer a member of {organization}"),
            format!(
                "{person} is no longer a member of the organization {organization}. The person's own API keys for it have stopped working."
            ),
            links::members(organization),
        ),
    };
    mail(
        MailKind::MemberRemoved,
        to,
        reader,
        subject,
        sentence,
        &link,
        organization,
    )
}

fn mail(
    kind: MailKind,
    to: &str,
    reader: Reader,
    subject: String,
    sentence: String,
    link: &links::LocalPath,
    organization: &str,
) -> Mail {
    Mail {
        kind,
        to: to.to_owned(),
        subject,
        paragraphs: vec![sentence],
        link: link.to_string(),
        link_text: "See the page".to_owned(),
        reason: match reader {
            Reader::Person => "You get this mail because it concerns your own membership.".to_owned(),
            Reader::Organization => format!("You get this mail because this is the address of {organization}."),
        },
    }
}
