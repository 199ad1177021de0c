//! The page "Profile".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Profile".
#[component]
pub(crate) fn Profile() -> impl IntoView {
    view! { <Heading text="Profile"/> }
}
