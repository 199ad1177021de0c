//! A group of controls that belong together.

use super::field::FieldParts;
use leptos::prelude::*;

/// A group with its legend, and the place where the group's own error stands.
#[component]
pub(crate) fn Fieldset(
    /// The name under which errors of the group come back.
    name: &'static str,
    /// Its legend.
    #[prop(into)]
    legend: String,
    /// Its controls.
    children: Children,
) -> impl IntoView {
    let parts = FieldParts::of(name, "");
    view! {
        <fieldset
            class="fieldset"
            id=parts.id()
            tabindex=parts.focused().then_some("-1")
            autofocus=parts.focused()
            aria-invalid=move || parts.invalid()
            aria-describedby=move || parts.described_by()
        >
            <legend class="field-label">{legend}</legend>
            {children()}
            {parts.error_view()}
        </fieldset>
    }
}
