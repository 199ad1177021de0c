//! Controls that choose what a list shows. They stand in a [`super::query_form::QueryForm`], so what they say is in the
//! address; once the page is live a change leads there at once.

use super::select::{Choice, options};
use crate::dom::typed::send_form_around;
use leptos::prelude::*;

/// A combobox with its label.
#[component]
pub(crate) fn FilterSelect(
    /// The name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Its entries.
    choices: Vec<Choice>,
    /// What the address says.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let id = format!("filter-{name}");
    // The chosen option is marked too: a value says nothing before there are options.
    let options = options(choices, &value.get_untracked());
    view! {
        <label class="filter-label" for=id.clone()>{label}</label>
        <select
            class="input input-small"
            id=id
            name=name
            autocomplete="off"
            prop:value=move || value.get()
            on:change=move |event| send_form_around(&event)
        >
            {options}
        </select>
    }
}

/// A checkbox with its label; ticked, it stands in the address as `true`.
#[component]
pub(crate) fn FilterCheckbox(
    /// The name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What the address says.
    #[prop(into)]
    checked: Signal<bool>,
) -> impl IntoView {
    let id = format!("filter-{name}");
    view! {
        <div class="check">
            <input
                class="check-box"
                id=id.clone()
                type="checkbox"
                name=name
                value="true"
                autocomplete="off"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                on:change=move |event| send_form_around(&event)
            />
            <label class="check-label" for=id>{label}</label>
        </div>
    }
}

/// The button that leads to what was chosen, where a change alone does not.
#[component]
pub(crate) fn FilterButton() -> impl IntoView {
    view! { <button class="button button-small until-live" type="submit">"Apply"</button> }
}
