//! A choice out of a list.

use super::field::FieldParts;
use super::form_state::FormState;
use leptos::prelude::*;

/// One entry of a list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is shown.
    pub(crate) label: String,
}

impl Choice {
    /// An entry.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }

    /// An entry that is sent as it is shown.
    pub(crate) fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            value: text.clone(),
            label: text,
        }
    }
}

/// A combobox with its label.
#[component]
pub(crate) fn SelectField(
    /// The name under which it is sent, and under which errors come back.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Its entries.
    choices: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// What to choose, if the label does not say it all.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let parts = FieldParts::of(name, &hint);
    let value = FormState::of_context().typed(name, value);
    view! {
        <div class="field">
            <label class="field-label" for=parts.id()>{label}</label>
            <select
                class="input"
                id=parts.id()
                name=name
                autofocus=parts.focused()
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
            >
                {options(choices, &value)}
            </select>
            {parts.error_view()}
            {parts.hint_view(hint)}
        </div>
    }
}

/// A combobox whose label is for those only who listen: one in a table's row. A change is sent at once; without script
/// the button after it does that.
#[component]
pub(crate) fn InstantSelect(
    /// The name under which it is sent.
    name: &'static str,
    /// Its label: "Role of anna".
    #[prop(into)]
    label: String,
    /// Its entries.
    choices: Vec<Choice>,
    /// The value that holds now.
    #[prop(into)]
    value: String,
    /// The words on the button.
    #[prop(into)]
    button: String,
) -> impl IntoView {
    let parts = FieldParts::of(name, "");
    let value = FormState::of_context().typed(name, value);
    let change = move |event| crate::dom::typed::send_form_around(&event);
    view! {
        <div class="instant">
            <label class="visually-hidden" for=parts.id()>{label}</label>
            <select
                class="input input-small"
                id=parts.id()
                name=name
                autocomplete="off"
                aria-invalid=move || parts.invalid()
                aria-describedby=move || parts.described_by()
                on:change=change
            >
                {options(choices, &value)}
            </select>
            <button class="button button-small until-live" type="submit">{button}</button>
            {parts.error_view()}
        </div>
    }
}

/// The options of a list.
pub(crate) fn options(choices: Vec<Choice>, chosen: &str) -> Vec<AnyView> {
    choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }.into_any()
        })
        .collect()
}
