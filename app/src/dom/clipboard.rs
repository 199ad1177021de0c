//! The clipboard.

/// Puts a text into the clipboard. Where the browser does not allow it, nothing happens.
pub(crate) fn copy(text: &str) {
    // The promise is not awaited: a refusal needs no words beside a text that can be selected by hand.
    drop(leptos::prelude::window().navigator().clipboard().write_text(text));
}
