//! The document itself.

use leptos::prelude::{document, window};

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

/// Leaves the page for another document of this site.
pub(crate) fn load(address: &str) {
    // Only an address that is no address could fail.
    drop(window().location().set_href(address));
}

/// The path of the document's address.
#[cfg(feature = "hydrate")]
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}
