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
    /// Whether a change leads there at once.
    #[prop(default = true)]
    instant: bool,
    /// What is wrong with what the address says.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("filter-{name}");
    let told = format!("{id}-error");
    let change = move |event| {
        if instant {
            send_form_around(&event);
        }
    };
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
            on:change=change
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby={
                let told = told.clone();
                move || error.with(Option::is_some).then(|| told.clone())
            }
        >
            {options}
        </select>
        {move || wrong(&told, error)}
    }
}

/// A text box with its label, and what is wrong with it.
#[component]
pub(crate) fn FilterText(
    /// The name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What the address says.
    value: Signal<String>,
    /// What is wrong with that.
    error: Signal<Option<String>>,
    /// What could stand there.
    placeholder: &'static str,
) -> impl IntoView {
    let id = format!("filter-{name}");
    let told = format!("{id}-error");
    let described = told.clone();
    view! {
        <div class="field">
            <label class="filter-label" for=id.clone()>{label}</label>
            <input
                class="input input-small"
                id=id
                type="text"
                name=name
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                placeholder=placeholder
                value=value.get_untracked()
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
            />
            {move || wrong(&told, error)}
        </div>
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

/// The sentence that says what is wrong with a control.
fn wrong(id: &str, error: Signal<Option<String>>) -> Option<AnyView> {
    let id = id.to_owned();
    let message = error.get()?;
    Some(view! { <p class="field-error" id=id>{message}</p> }.into_any())
}
