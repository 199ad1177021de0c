//! The page "Manage".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Manage".
#[component]
pub(crate) fn ManagePackage() -> impl IntoView {
    view! { <Heading text="Manage"/> }
}
