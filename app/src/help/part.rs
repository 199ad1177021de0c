//! Parts of a page to be read: a title and its paragraphs. They are data, so that the browser gets the code that draws
//! them once.

use leptos::prelude::*;

/// A part of a page.
pub(super) struct Part {
    /// Its heading.
    pub(super) title: &'static str,
    /// Its text.
    pub(super) paragraphs: &'static [&'static str],
}

/// Draws parts one after the other.
pub(super) fn parts(parts: &'static [Part]) -> Vec<AnyView> {
    parts
        .iter()
        .map(|part| {
            let text: Vec<AnyView> = part
                .paragraphs
                .iter()
                .map(|text| view! { <p>{*text}</p> }.into_any())
                .collect();
            view! { <h2>{part.title}</h2> {text} }.into_any()
        })
        .collect()
}
