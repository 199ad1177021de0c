//! The page "Packages".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Packages".
#[component]
pub(crate) fn OrganizationPackages() -> impl IntoView {
    view! { <Heading text="Packages"/> }
}
