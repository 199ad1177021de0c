//! Dialogs and menus that opened themselves: buttons with `commandfor` and `popovertarget` need no script for that.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// Closes the dialog around an element, if there is one, however it was opened.
pub(crate) fn close_around(element: &Element) {
    let Ok(Some(dialog)) = element.closest("dialog") else {
        return;
    };
    let Ok(dialog) = dialog.dyn_into::<HtmlDialogElement>() else {
        return;
    };
    if dialog.open() {
        dialog.close();
    } else {
        hide(&dialog);
    }
}

/// Hides a menu.
pub(crate) fn hide_menu(id: &str) {
    if let Some(menu) = document()
        .get_element_by_id(id)
        .and_then(|found| found.dyn_into::<HtmlElement>().ok())
    {
        hide(&menu);
    }
}

fn hide(popover: &HtmlElement) {
    // It fails only for what is no popover or not shown.
    drop(popover.hide_popover());
}
