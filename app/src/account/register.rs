//! The page "Create your account".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Create your account".
#[component]
pub(crate) fn Register() -> impl IntoView {
    view! { <Heading text="Create your account"/> }
}
