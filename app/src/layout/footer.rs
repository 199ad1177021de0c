//! The footer of every page.

use leptos::prelude::*;

/// Where to read on.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! {
        <footer class="footer">
            <nav class="footer-inner" aria-label="Help">
                <a href="/help/feed">"Using this feed"</a>
                <a href="/help/organizations">"How organizations work"</a>
                <a href="/v3/index.json" rel="external">"Feed address"</a>
            </nav>
        </footer>
    }
}
