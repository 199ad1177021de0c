//! The search boxes of the page.

use crate::ui::icon::Icon;
use crate::ui::query_form::QueryForm;
use leptos::prelude::*;

/// A search box that leads to the same page with what was typed.
#[component]
pub(super) fn Find(
    /// The name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What the address says.
    value: Signal<String>,
    /// What the other box looks for, which stays.
    other: (&'static str, Signal<String>),
) -> impl IntoView {
    let id = format!("find-{name}");
    let (other_name, other_value) = other;
    view! {
        <QueryForm action="/admin" class="search search-list">
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <Icon name="search"/>
            <input
                class="search-input"
                id=id
                type="search"
                name=name
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                placeholder=label
                value=value.get_untracked()
                prop:value=move || value.get()
            />
            <input type="hidden" name=other_name value=move || other_value.get()/>
        </QueryForm>
    }
}
