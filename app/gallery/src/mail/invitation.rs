//! Mails about invitations. None of them lets the reader do more than the page it leads to: the address alone counts.

use super::letter::{Mail, MailKind};
use domain::links;
use domain::permission::Role;

/// Asks somebody to join an organization.
pub(crate) fn invitation(to: &str, inviter: &str, organization: &str, role: Role) -> Mail {
    let what = match role {
        Role::Administrator => "Administrators manage the organization's packages, members and settings.",
        Role::Collaborator => "Collaborators publish and manage the organization's packages.",
    };
    Mail {
        kind: MailKind::Invitation,
        to: to.to_owned(),
        subject: format!("{inviter} invites you to {organization}"),
        paragraphs: vec![
            format!(
                "{inviter} invites you to join the organization {organization} as {}. {what}",
                an(role)
            ),
            "Accept or decline on the page below. The invitation ends after 14 days.".to_owned(),
        ],
        link: links::manage_organizations().to_string(),
        link_text: "See the invitation".to_owned(),
        reason: format!("You get this mail because an administrator of {organization} named you."),
    }
}

/// Tells somebody that they are not invited any more.
pub(crate) fn cancelled(to: &str, organization: &str) -> Mail {
    Mail {
        kind: MailKind::InvitationCancelled,
        to: to.to_owned(),
        subject: format!("The invitation to {organization} was cancelled"),
        paragraphs: vec![format!(
            "You were invited to join the organization {organization}. The invitation was cancelled; you need not do anything."
        )],
        link: links::profile(organization).to_string(),
        link_text: format!("See {organization}"),
        reason: "You get this mail because you had been invited.".to_owned(),
    }
}

/// Tells an administrator that somebody does not want to join.
pub(crate) fn declined(to: &str, person: &str, organization: &str) -> Mail {
    Mail {
        kind: MailKind::InvitationDeclined,
        to: to.to_owned(),
        subject: format!("{person} declined the invitation to {organization}"),
        paragraphs: vec![format!(
            "{person} was invited to join the organization {organization} and declined."
        )],
        link: links::members(organization).to_string(),
        link_text: format!("See the members of {organization}"),
        reason: format!("You get this mail because you are an administrator of {organization}."),
    }
}

/// The role with its article.
pub(super) const fn an(role: Role) -> &'static str {
    match role {
        Role::Administrator => "an administrator",
        Role::Collaborator => "a collaborator",
    }
}
