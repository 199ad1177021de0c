//! A line of text.

use super::field::FieldParts;
use super::form_state::FormState;
use leptos::prelude::*;

/// A text box with its label.
#[component]
pub(crate) fn TextField(
    /// The name under which it is sent, and under which errors come back.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Its type: `text`, `email`, `url`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// What to type, if the label does not say it all.
    #[prop(optional, into)]
    hint: String,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Told with every change what stands in it.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let parts = FieldParts::of(name, &hint);
    let value = FormState::of_context().typed(name, value);
    let input = move |event| {
        if let Some(on_input) = on_input {
            on_input.run(event_target_value(&event));
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=parts.id()>{label}</label>
            <input
                class="input"
                id=parts.id()
                type=kind
                name=name
                value=value
                autocomplete=autocomplete
                autofocus=parts.focused()
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
                on:input=input
            />
            {parts.error_view()}
            {parts.hint_view(hint)}
        </div>
    }
}
