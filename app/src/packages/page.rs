//! The page "Package".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Package".
#[component]
pub(crate) fn Package() -> impl IntoView {
    view! { <Heading text="Package"/> }
}
