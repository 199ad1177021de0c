//! One of a few choices that are all on the screen.

use super::form_state::FormState;
use leptos::prelude::*;

/// A radio button with its label.
#[component]
pub(crate) fn Radio(
    /// The name of the choice.
    name: &'static str,
    /// What it sends.
    value: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it is chosen at first.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let state = FormState::of_context();
    let id = format!("{}-{value}", state.control_id(name));
    let checked = state.ticked(name, value, checked);
    view! {
        <div class="check">
            <input
                class="check-box"
                id=id.clone()
                type="radio"
                name=name
                value=value
                checked=checked
                autocomplete="off"
            />
            <label class="check-label" for=id>{label}</label>
        </div>
    }
}
