//! The document itself.

use leptos::prelude::document;

/// Says that the page is live: `<html data-hydrated>`.
pub(crate) fn mark_live() {
    if let Some(html) = document().document_element() {
        // Only an attribute name that is no name could fail.
        drop(html.set_attribute("data-hydrated", ""));
    }
}

/// Whether somebody may be looking: the page is not in a tab behind another one.
pub(crate) fn is_shown() -> bool {
    !document().hidden()
}
