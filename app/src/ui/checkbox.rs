//! A box to tick.

use super::form_state::FormState;
use leptos::prelude::*;

/// A checkbox with its label; ticked, it sends `on`.
#[component]
pub(crate) fn Checkbox(
    /// The name under which it is sent.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it is ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Told with every change whether it is ticked.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let state = FormState::of_context();
    let id = state.control_id(name);
    let checked = state.ticked(name, "on", checked);
    let change = move |event| {
        if let Some(on_change) = on_change {
            on_change.run(event_target_checked(&event));
        }
    };
    view! {
        <div class="check">
            <input
                class="check-box"
                id=id.clone()
                type="checkbox"
                name=name
                value="on"
                checked=checked
                autocomplete="off"
                on:change=change
            />
            <label class="check-label" for=id>{label}</label>
        </div>
    }
}
