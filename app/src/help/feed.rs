//! The page "Using this feed".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Using this feed".
#[component]
pub(crate) fn FeedHelp() -> impl IntoView {
    view! { <Heading text="Using this feed"/> }
}
