//! Something to type into a terminal or a file, with the button that takes it along.

use super::copy_button::CopyButton;
use leptos::prelude::*;

/// A line to copy. Longer than the screen it can be scrolled, by keyboard as well.
#[component]
pub(crate) fn Command(
    /// What is copied.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="command">
            <code class="command-text" tabindex="0">{text.clone()}</code>
            <CopyButton text/>
        </div>
    }
}

/// Several lines to copy.
#[component]
pub(crate) fn CommandBlock(
    /// What is copied.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="command">
            <pre class="command-text command-lines" tabindex="0"><code>{text.clone()}</code></pre>
            <CopyButton text/>
        </div>
    }
}
