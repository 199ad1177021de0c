//! The page "Manage packages".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Manage packages".
#[component]
pub(crate) fn ManagePackages() -> impl IntoView {
    view! { <Heading text="Manage packages"/> }
}
