//! The page "Organizations": how to use them, and who may do what.

use super::chapters::{PACKAGES, PEOPLE, RULES};
use super::part::{Names, contents, parts};
use super::reader::{chooser, for_reader};
use super::rights::rights;
use crate::layout::heading::Heading;
use domain::organization::HelpReader;
use leptos::prelude::*;

/// The page "Organizations".
#[component]
pub(crate) fn OrganizationsHelp() -> impl IntoView {
    for_reader(page)
}

fn page(reader: Memo<HelpReader>, names: Memo<Names>) -> AnyView {
    let chapters = move || {
        names.with(|names| {
            [PEOPLE, PACKAGES, RULES]
                .map(|chapter| parts(chapter, names))
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        })
    };
    view! {
        <article class="prose">
            <Heading text="Organizations"/>
            <p class="lead">"One name for a team's packages, and many people behind it."</p>
            {contents(&[PEOPLE, PACKAGES, RULES], &[("rights", "Who may do what")])}
            {chooser("/help/organizations", reader)}
            {chapters}
            <h2 id="rights">"Who may do what"</h2>
            <p>
                "An organization has two roles. This table is the very one that the server asks, for pages and for keys; "
                "policies and keys can only take from it."
            </p>
            {rights()}
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, PEOPLE, RULES};
    use std::collections::HashSet;

    #[test]
    fn every_part_has_an_id_of_its_own() {
        let mut seen = HashSet::from(["rights"]);
        for part in [PEOPLE, PACKAGES, RULES].into_iter().flatten() {
            assert!(seen.insert(part.id), "{}", part.id);
        }
    }
}
