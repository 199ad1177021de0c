//! The page "Sign in".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Sign in".
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    view! { <Heading text="Sign in"/> }
}
