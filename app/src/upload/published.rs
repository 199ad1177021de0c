//! A draft that became a version.

use super::item::heading_of_draft;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;

/// What publishing answers.
#[cfg(feature = "ssr")]
pub(super) fn tell(id: &str, version: &str) -> domain::form::Done {
    let name = format!("{id} {version}");
    domain::form::Done {
        message: format!("Published {name}."),
        made: Some(domain::form::Made {
            name,
            page: domain::links::package_version(id, version),
        }),
        ..domain::form::Done::default()
    }
}

/// The id of the link to the version.
pub(super) fn link_id(draft: i64) -> String {
    format!("draft-{draft}-page")
}

/// The region of what was published: the page stays, and links to it.
pub(super) fn published(draft: i64, name: String, page: String) -> AnyView {
    let heading = heading_of_draft(draft);
    view! {
        <section class="draft" aria-labelledby=heading.clone()>
            <h2 class="draft-title" id=heading.clone() tabindex="-1">{name.clone()}</h2>
            <Notice tone=Tone::Success>
                <p>"Published " <a id=link_id(draft) href=page>{name}</a></p>
            </Notice>
        </section>
    }
    .into_any()
}
