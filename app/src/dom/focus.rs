//! Where the focus goes.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses the first wrong control in a form; of a wrong group, the first control in it.
pub(crate) fn first_wrong(form: &Element) {
    let Ok(Some(wrong)) = form.query_selector("[aria-invalid='true']") else {
        return;
    };
    let inner = wrong.query_selector("input, select, textarea").ok().flatten();
    focus(&inner.unwrap_or(wrong));
}

/// The id of the control that has the focus, or empty.
pub(crate) fn current() -> String {
    document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}

/// Gives the focus back to a control that was drawn anew, unless it went elsewhere by then. If the control is gone, the
/// page's heading takes it.
pub(crate) fn restore(id: &str) {
    match document().get_element_by_id(id).filter(|_| is_nowhere()) {
        Some(element) => focus(&element),
        None => heading_unless_elsewhere(),
    }
}

/// Gives the focus to the page's heading, unless it went elsewhere from a control that is gone.
pub(crate) fn heading_unless_elsewhere() {
    if is_nowhere()
        && let Ok(Some(heading)) = document().query_selector("h1")
    {
        focus(&heading);
    }
}

/// Whether no control has the focus.
fn is_nowhere() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Focuses the element of an id, if there is one.
pub(crate) fn by_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus(&element);
    }
}

/// Focuses an element.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot be focused keeps the focus where it is.
        drop(element.focus());
    }
}

/// Moves the focus from a tab as arrow keys, Home and End ask for. Says whether the key was one of these.
pub(crate) fn among_tabs(key: &str, from: Option<web_sys::EventTarget>) -> bool {
    let Some(tab) = from.and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let Some(list) = tab.parent_element() else { return false };
    let to = match key {
        "ArrowLeft" => tab.previous_element_sibling().or_else(|| list.last_element_child()),
        "ArrowRight" => tab.next_element_sibling().or_else(|| list.first_element_child()),
        "Home" => list.first_element_child(),
        "End" => list.last_element_child(),
        _ => return false,
    };
    if let Some(to) = to {
        focus(&to);
    }
    true
}
