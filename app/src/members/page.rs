//! The page "Members".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Members".
#[component]
pub(crate) fn Members() -> impl IntoView {
    view! { <Heading text="Members"/> }
}
