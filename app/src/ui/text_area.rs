//! Several lines of text.

use super::field::FieldParts;
use super::form_state::FormState;
use leptos::prelude::*;

/// A text box of several lines with its label.
#[component]
pub(crate) fn TextArea(
    /// The name under which it is sent, and under which errors come back.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// What to type, if the label does not say it all.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let parts = FieldParts::of(name, &hint);
    // As the element's own text, so that it is there without script and comes back when the form is reset. Leptos would
    // write a space for an empty text, which stands for itself here.
    let text = FormState::of_context()
        .typed(name, value)
        .replace('&', "&amp;")
        .replace('<', "&lt;");
    view! {
        <div class="field">
            <label class="field-label" for=parts.id()>{label}</label>
            <textarea
                class="input"
                id=parts.id()
                name=name
                rows="4"
                autocomplete="off"
                autofocus=parts.focused()
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
                inner_html=text
            ></textarea>
            {parts.error_view()}
            {parts.hint_view(hint)}
        </div>
    }
}
