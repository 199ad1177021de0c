//! The page "Organizations".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Organizations".
#[component]
pub(crate) fn OrganizationsHelp() -> impl IntoView {
    view! { <Heading text="Organizations"/> }
}
