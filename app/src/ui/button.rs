//! Buttons, and links that look like them.

use super::form_state::FormState;
use leptos::prelude::*;

/// The button that sends the form around it. While the form is on its way the button says so and sends nothing twice.
/// Its id gives it the focus back when it is drawn anew.
#[component]
pub(crate) fn SubmitButton(
    /// The words on it.
    #[prop(into)]
    text: String,
    /// How it looks: `button`, `button button-primary`, `button button-danger`.
    #[prop(default = "button button-primary")]
    class: &'static str,
) -> impl IntoView {
    let state = FormState::of_context();
    let pending = state.pending();
    view! {
        <button
            class=class
            id=state.control_id("submit")
            type="submit"
            aria-disabled=move || pending.get().then_some("true")
        >
            {text}
        </button>
    }
}

/// A link that is the page's next step.
#[component]
pub(crate) fn LinkButton(
    /// The words on it.
    #[prop(into)]
    text: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How it looks, as with [`SubmitButton`].
    #[prop(default = "button")]
    class: &'static str,
) -> impl IntoView {
    view! { <a class=class href=href>{text}</a> }
}
