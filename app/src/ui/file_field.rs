//! A file to be chosen.

use super::field::FieldParts;
use leptos::prelude::*;

/// A control for one file with its label.
#[component]
pub(crate) fn FileField(
    /// The name under which it is sent, and under which errors come back.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The kinds of files that are offered.
    accept: &'static str,
    /// What to choose, if the label does not say it all.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let parts = FieldParts::of(name, &hint);
    view! {
        <div class="field">
            <label class="field-label" for=parts.id()>{label}</label>
            <input
                class="input"
                id=parts.id()
                type="file"
                name=name
                accept=accept
                autofocus=parts.focused()
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
            />
            {parts.error_view()}
            {parts.hint_view(hint)}
        </div>
    }
}
