//! The page "Confirm your email address".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Confirm your email address".
#[component]
pub(crate) fn ConfirmAccount() -> impl IntoView {
    view! { <Heading text="Confirm your email address"/> }
}
