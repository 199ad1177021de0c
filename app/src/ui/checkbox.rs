//! A box to tick.

use super::field::FieldParts;
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
    /// What ticking it means, if the label does not say it all.
    #[prop(optional, into)]
    hint: String,
    /// Told with every change whether it is ticked.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let state = FormState::of_context();
    let parts = FieldParts::of(name, &hint);
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
                id=parts.id()
                type="checkbox"
                name=name
                value="on"
                checked=checked
                autocomplete="off"
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
                on:change=change
            />
            <div class="field">
                <label class="check-label" for=parts.id()>{label}</label>
                {parts.error_view()}
                {parts.hint_view(hint)}
            </div>
        </div>
    }
}
