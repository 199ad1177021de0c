//! The page "API keys".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "API keys".
#[component]
pub(crate) fn ApiKeys() -> impl IntoView {
    view! { <Heading text="API keys"/> }
}
