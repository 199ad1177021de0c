//! Mails about owners of packages. None of them lets the reader do more than the page it leads to.

use super::letter::{Mail, MailKind};
use domain::links::{self, LocalPath};

/// What somebody wants: an account shall own packages.
pub(crate) struct Wish<'a> {
    /// The person who asks.
    pub(crate) by: &'a str,
    /// The account that is asked.
    pub(crate) owner: &'a str,
    /// The packages, at least one.
    pub(crate) ids: &'a [String],
    /// The owner that goes then, where packages move.
    pub(crate) replaces: Option<&'a str>,
}

impl Wish<'_> {
    /// `Contoso.Json`, or `3 packages`.
    pub(crate) fn what(&self) -> String {
        what(self.ids)
    }

    /// The sentence about it.
    pub(crate) fn sentence(&self) -> String {
        let Self { by, owner, .. } = self;
        match self.replaces {
            Some(replaced) => format!("{by} asks {owner} to own {} in place of {replaced}.", self.what()),
            None => format!("{by} asks {owner} to own {}.", self.what()),
        }
    }
}

/// One id, or how many there are.
pub(crate) fn what(ids: &[String]) -> String {
    match ids {
        [only] => only.clone(),
        many => format!("{} packages", many.len()),
    }
}

/// Asks somebody who may answer for the account.
pub(crate) fn requested(to: &str, wish: &Wish<'_>) -> Mail {
    let mut paragraphs = vec![wish.sentence()];
    paragraphs.extend(list(wish.ids));
    paragraphs.push(
        "Owners publish new versions and decide who else owns a package. Accept or reject on the page below."
            .to_owned(),
    );
    Mail {
        kind: MailKind::OwnershipRequested,
        to: to.to_owned(),
        subject: format!("{} asks {} to own {}", wish.by, wish.owner, wish.what()),
        paragraphs,
        link: links::manage_packages().to_string(),
        link_text: "See the request".to_owned(),
        reason: format!("You get this mail because you may answer for {}.", wish.owner),
    }
}

/// Tells an administrator of the account whose packages are to move that somebody else was asked.
pub(crate) fn move_requested(to: &str, wish: &Wish<'_>, from: &str) -> Mail {
    let mut paragraphs = vec![wish.sentence()];
    paragraphs.extend(list(wish.ids));
    paragraphs.push(format!(
        "{from} stays an owner of each until {} accepts it. You need not do anything.",
        wish.owner
    ));
    Mail {
        kind: MailKind::OwnershipRequested,
        to: to.to_owned(),
        subject: format!("{} asks {} to own {}", wish.by, wish.owner, wish.what()),
        paragraphs,
        link: links::organization_packages(from).to_string(),
        link_text: format!("See the packages of {from}"),
        reason: format!("You get this mail because you are an administrator of {from}."),
    }
}

/// Tells whoever asked that the account owns the package now.
pub(crate) fn accepted(to: &str, owner: &str, id: &str) -> Mail {
    answered(
        MailKind::OwnershipAccepted,
        to,
        format!("{owner} owns {id} now"),
        format!("You asked {owner} to own {id}, and {owner} accepted."),
        id,
    )
}

/// Tells whoever asked that the account does not want to own the package.
pub(crate) fn rejected(to: &str, owner: &str, id: &str) -> Mail {
    answered(
        MailKind::OwnershipRejected,
        to,
        format!("{owner} does not want to own {id}"),
        format!("You asked {owner} to own {id}, and {owner} rejected it. The owners stay as they are."),
        id,
    )
}

fn answered(kind: MailKind, to: &str, subject: String, sentence: String, id: &str) -> Mail {
    Mail {
        kind,
        to: to.to_owned(),
        subject,
        paragraphs: vec![sentence],
        link: links::manage_package(id).to_string(),
        link_text: format!("Manage {id}"),
        reason: "You get this mail because you asked.".to_owned(),
    }
}

/// Tells somebody who may answer for the account that there is nothing to answer any more.
pub(crate) fn cancelled(to: &str, owner: &str, id: &str) -> Mail {
    Mail {
        kind: MailKind::OwnershipCancelled,
        to: to.to_owned(),
        subject: format!("{owner} is not asked to own {id} any more"),
        paragraphs: vec![format!(
            "{owner} was asked to own {id}. The request was withdrawn; you need not do anything."
        )],
        link: links::package(id).to_string(),
        link_text: format!("See {id}"),
        reason: format!("You get this mail because you may answer for {owner}."),
    }
}

/// Tells an owner that there is another one.
pub(crate) fn added(to: &str, reader: &str, by: &str, owner: &str, id: &str) -> Mail {
    Mail {
        kind: MailKind::OwnerAdded,
        to: to.to_owned(),
        subject: format!("{owner} owns {id} now"),
        paragraphs: vec![
            format!("{owner} is now an owner of {id}. It was done by {by}."),
            "If this surprises you, look at the owners of the package.".to_owned(),
        ],
        link: links::manage_package(id).to_string(),
        link_text: format!("Manage {id}"),
        reason: format!("You get this mail because {reader} owns the package."),
    }
}

/// Tells an owner, or whoever was one, that an owner has gone.
pub(crate) fn removed(to: &str, reader: &str, by: &str, owner: &str, id: &str) -> Mail {
    let (link, reason): (LocalPath, String) = if reader == owner {
        (
            links::package(id),
            format!("You get this mail because {reader} owned the package."),
        )
    } else {
        (
            links::manage_package(id),
            format!("You get this mail because {reader} owns the package."),
        )
    };
    Mail {
        kind: MailKind::OwnerRemoved,
        to: to.to_owned(),
        subject: format!("{owner} does not own {id} any more"),
        paragraphs: vec![
            format!("{owner} is no longer an owner of {id}. It was done by {by}."),
            "If this surprises you, ask the other owners of the package.".to_owned(),
        ],
        link: link.to_string(),
        link_text: format!("See {id}"),
        reason,
    }
}

/// On which side of a move the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// With whoever owns the packages now, or owns them besides.
    Owner,
    /// With whoever owned them.
    Former,
}

/// Tells somebody that packages have moved, with the list.
pub(crate) fn moved(to: &str, side: Side, by: &str, from: &str, owner: &str, ids: &[String]) -> Mail {
    let mut paragraphs = vec![format!("{by} moved {} from {from} to {owner}.", what(ids))];
    paragraphs.extend(list(ids));
    paragraphs.push("If this surprises you, ask the administrators on both sides.".to_owned());
    let (kind, link, named) = match side {
        Side::Owner => (MailKind::OwnerAdded, links::profile(owner), owner),
        Side::Former => (MailKind::OwnerRemoved, links::profile(from), from),
    };
    Mail {
        kind,
        to: to.to_owned(),
        subject: format!("{} moved from {from} to {owner}", what(ids)),
        paragraphs,
        link: link.to_string(),
        link_text: format!("See {named}"),
        reason: "You get this mail because you own these packages, owned them, or administer who does.".to_owned(),
    }
}

/// The ids, if the sentence before does not name the only one.
fn list(ids: &[String]) -> impl Iterator<Item = String> + '_ {
    ids.iter().filter(|_| ids.len() > 1).cloned()
}
