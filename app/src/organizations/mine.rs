//! The page "Manage organizations".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Manage organizations".
#[component]
pub(crate) fn ManageOrganizations() -> impl IntoView {
    view! { <Heading text="Manage organizations"/> }
}
