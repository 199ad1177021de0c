//! A form whose answers are an address: searches and filters.

use crate::dom;
use crate::layout::navigation::Navigator;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// A form that leads to an address with what was typed as its query, without a document load when the page is live.
#[component]
pub(crate) fn QueryForm(
    /// The path it leads to.
    #[prop(into)]
    action: Signal<String>,
    /// The form's class.
    #[prop(default = "query-form")]
    class: &'static str,
    /// The form's role.
    #[prop(optional)]
    role: Option<&'static str>,
    /// Its controls.
    children: Children,
) -> impl IntoView {
    let navigator = Navigator::of_context();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = dom::typed::form_of(&event) else {
            return;
        };
        let query = dom::typed::Typed::of(&form, &event).encoded_without_empty();
        let action = action.get_untracked();
        navigator.go(&if query.is_empty() {
            action
        } else {
            format!("{action}?{query}")
        });
    };
    view! {
        <form class=class role=role method="get" action=move || action.get() novalidate=true on:submit=submit>{children()}</form>
    }
}
