//! The page "Organization".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Organization".
#[component]
pub(crate) fn Overview() -> impl IntoView {
    view! { <Heading text="Organization"/> }
}
