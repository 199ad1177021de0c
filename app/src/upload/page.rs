//! The page "Upload packages".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Upload packages".
#[component]
pub(crate) fn Upload() -> impl IntoView {
    view! { <Heading text="Upload packages"/> }
}
