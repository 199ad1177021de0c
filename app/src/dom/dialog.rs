//! Dialogs and menus. Before the page is live the browser itself opens them, as popovers: buttons with `popovertarget`
//! need no script.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// Opens a dialog over the page, out of which the focus cannot get.
pub(crate) fn show(id: &str) {
    if let Some(dialog) = dialog_of(document().get_element_by_id(id)) {
        close(&dialog);
        // It fails only for a dialog that is open, or is in the page no more.
        drop(dialog.show_modal());
    }
}

/// Closes a dialog, however it was opened.
pub(crate) fn close_by_id(id: &str) {
    if let Some(dialog) = dialog_of(document().get_element_by_id(id)) {
        close(&dialog);
    }
}

/// Closes the dialog around an element, if there is one, however it was opened.
pub(crate) fn close_around(element: &Element) {
    if let Some(dialog) = dialog_of(element.closest("dialog").ok().flatten()) {
        close(&dialog);
    }
}

/// Whether a dialog in an element has a control of this name.
pub(crate) fn asks_for(element: &Element, name: &str) -> bool {
    let control = element.query_selector(&format!("dialog [name='{name}']"));
    control.is_ok_and(|control| control.is_some())
}

/// Closes the dialogs in an element that are open: those of a form that did what it was asked for.
pub(crate) fn close_within(element: &Element) {
    if let Ok(Some(open)) = element.query_selector("dialog[open], dialog:popover-open")
        && let Some(dialog) = dialog_of(Some(open))
    {
        close(&dialog);
    }
}

fn dialog_of(element: Option<Element>) -> Option<HtmlDialogElement> {
    element.and_then(|element| element.dyn_into().ok())
}

fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    } else {
        hide(dialog);
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
