//! The page "Add organization".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Add organization".
#[component]
pub(crate) fn AddOrganization() -> impl IntoView {
    view! { <Heading text="Add organization"/> }
}
