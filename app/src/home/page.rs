//! The front page: what this place is, and where to begin.

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The front page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    view! {
        <Heading text="Guildhall" title="Home"/>
        <p>"Packages that belong to organizations."</p>
    }
}
