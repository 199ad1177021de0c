//! Mails about packages.

use super::letter::{Mail, MailKind};
use domain::links;

/// A version was published; `publisher` is what this recipient may know of who did it.
pub(crate) fn published(to: &str, owner: &str, id: &str, version: &str, publisher: &str) -> Mail {
    Mail {
        kind: MailKind::PackagePublished,
        to: to.to_owned(),
        subject: format!("{id} {version} was published"),
        paragraphs: vec![
            format!("{publisher} published {id} {version}, a package of {owner}."),
            "If this surprises you, unlist the version and revoke the credential that was used.".to_owned(),
        ],
        link: links::package_version(id, version).to_string(),
        link_text: format!("See {id} {version}"),
        reason: format!("You get this mail because {owner} owns the package and is notified of new versions."),
    }
}
