//! The page "Notifications".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Notifications".
#[component]
pub(crate) fn Notifications() -> impl IntoView {
    view! { <Heading text="Notifications"/> }
}
