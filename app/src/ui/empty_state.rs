//! What a list says when there is nothing in it.

use leptos::prelude::*;

/// An empty list: what would be here, and what to do about it.
#[component]
pub(crate) fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// What to do next.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}
