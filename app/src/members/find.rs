//! Finds a member by a part of the name.

use crate::dom::focus;
use crate::layout::navigation::{Navigator, query_value};
use crate::ui::icon::Icon;
use crate::ui::query_form::QueryForm;
use domain::links;
use leptos::html::Input;
use leptos::prelude::*;
use std::time::Duration;

const ID: &str = "find-member";

/// So long nothing must be typed before the list follows.
const PAUSE: Duration = Duration::from_millis(200);

/// The search box "Find a member". What is looked for stands in the address; while somebody types, the list follows.
#[component]
pub(super) fn FindMember(
    /// The address of the members page, without a query.
    path: String,
) -> impl IntoView {
    let navigator = Navigator::of_context();
    let query = query_value("q");
    let element = NodeRef::<Input>::new();
    // The box follows the address (by the browser's back button) only while nobody types in it: a letter that is typed
    // while the list is on its way must not be lost.
    Effect::new(move |_| {
        let text = query.get();
        if let Some(input) = element.get()
            && focus::current() != ID
        {
            input.set_value(&text);
        }
    });
    let address = path.clone();
    let mut follow = debounce(PAUSE, move |typed: String| {
        navigator.replace(&with_query(&address, &typed));
    });
    view! {
        <QueryForm action=path class="search search-list">
            <label class="visually-hidden" for=ID>"Find a member"</label>
            <Icon name="search"/>
            <input
                class="search-input"
                id=ID
                type="search"
                name="q"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                placeholder="Find a member"
                value=query.get_untracked()
                node_ref=element
                on:input=move |event| follow(event_target_value(&event))
            />
        </QueryForm>
    }
}

/// The address of the list in which somebody is looked for.
fn with_query(path: &str, typed: &str) -> String {
    let filter = filter(typed);
    if filter.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{filter}")
    }
}

/// What stands in the query beside the place in the list.
pub(super) fn filter(typed: &str) -> String {
    match typed.trim() {
        "" => String::new(),
        text => format!("q={}", links::percent_encode(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn an_empty_box_leaves_no_trace_in_the_address() {
        assert_eq!(with_query("/a", " "), "/a");
        assert_eq!(with_query("/a", "an&na"), "/a?q=an%26na");
    }
}
