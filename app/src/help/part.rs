//! Parts of a page to be read: a title, paragraphs, and what is typed. They are data, so that the browser gets the code
//! that draws them once.

use crate::ui::command::CommandBlock;
use leptos::prelude::*;

/// A part of a page.
pub(super) struct Part {
    /// The id of its heading, for the table of contents.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What stands below it.
    pub(super) blocks: &'static [Block],
}

/// A piece of a part.
pub(super) enum Block {
    /// A paragraph.
    Text(&'static str),
    /// A smaller heading.
    Title(&'static str),
    /// Something to copy; see [`fill_in`].
    Command(&'static str),
    /// A link, with its words and its address.
    Link(&'static str, &'static str),
}

/// What is put into commands.
#[derive(Clone, PartialEq)]
pub(super) struct Names {
    /// The address of this site.
    pub(super) site: String,
    /// The reader's organization, or a name that stands for one.
    pub(super) owner: String,
}

/// The links to the parts of a page, and to more headings of it.
pub(super) fn contents(parts: &[&'static [Part]], more: &[(&'static str, &'static str)]) -> AnyView {
    let of_parts = parts
        .iter()
        .flat_map(|parts| parts.iter())
        .map(|part| (part.id, part.title));
    let items: Vec<AnyView> = of_parts
        .chain(more.iter().copied())
        .map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> }.into_any())
        .collect();
    view! { <nav class="contents" aria-label="Contents"><ul>{items}</ul></nav> }.into_any()
}

/// Draws parts one after the other.
pub(super) fn parts(parts: &'static [Part], names: &Names) -> Vec<AnyView> {
    parts
        .iter()
        .map(|part| {
            let blocks: Vec<AnyView> = part.blocks.iter().map(|block| drawn(block, names)).collect();
            view! { <h2 id=part.id>{part.title}</h2> {blocks} }.into_any()
        })
        .collect()
}

fn drawn(block: &'static Block, names: &Names) -> AnyView {
    match *block {
        Block::Text(text) => view! { <p>{text}</p> }.into_any(),
        Block::Title(text) => view! { <h3>{text}</h3> }.into_any(),
        Block::Command(text) => view! { <CommandBlock text=fill_in(text, names)/> }.into_any(),
        Block::Link(text, href) => view! { <p><a href=href>{text}</a></p> }.into_any(),
    }
}

/// A command with the address of the site for `{site}`, and the reader's organization for `{owner}`.
pub(super) fn fill_in(text: &str, names: &Names) -> String {
    text.replace("{site}", &names.site).replace("{owner}", &names.owner)
}
