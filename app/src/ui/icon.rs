//! Icons out of the one sprite.

use crate::layout::visit::Visit;
use leptos::prelude::*;

/// An icon that only decorates: the words beside it say the same.
#[component]
pub(crate) fn Icon(
    /// The symbol's id in `public/icons.svg`.
    name: &'static str,
) -> impl IntoView {
    let href = format!("{}#{name}", Visit::of_context().icons());
    view! {
        <svg class="icon" aria-hidden="true" width="16" height="16">
            <use href=href></use>
        </svg>
    }
}
