//! What somebody has begun on a page, kept while parts of the page are drawn anew: what is typed, what stands open, and
//! where the focus is.

use super::{dialog, focus};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The page as somebody left it a moment ago.
pub(crate) struct Kept {
    focused: Option<Element>,
    open: Vec<Element>,
    typed: Vec<Typed>,
}

/// A control in which stands something else than the page put there.
struct Typed {
    control: Element,
    property: &'static str,
    value: JsValue,
}

impl Kept {
    /// Looks at the page, just before it changes.
    pub(crate) fn now() -> Self {
        let controls = all("main input[id], main textarea[id], main select[id]");
        Self {
            focused: document()
                .active_element()
                .filter(|element| element.tag_name() != "BODY"),
            open: all("main dialog[open][id], main details[open][id]"),
            typed: controls.into_iter().filter_map(typed).collect(),
        }
    }

    /// Puts everything back, once the page is drawn, into what took the place of an element that is gone. What stayed
    /// is left alone.
    pub(crate) fn restore(self) {
        for Typed {
            control,
            property,
            value,
        } in self.typed
        {
            if let Some(control) = successor(&control) {
                // It fails only for an object that takes no properties.
                drop(Reflect::set(&control, &property.into(), &value));
            }
        }
        for element in self.open {
            if let Some(opened) = successor(&element) {
                if opened.tag_name() == "DIALOG" {
                    dialog::show(&opened.id());
                } else {
                    // Only an attribute name that is no name could fail.
                    drop(opened.set_attribute("open", ""));
                }
            }
        }
        if let Some(focused) = self.focused.filter(|element| !element.is_connected()) {
            match successor(&focused) {
                Some(element) => focus::focus(&element),
                None => focus::heading_unless_elsewhere(),
            }
        }
    }
}

/// The element that has the id of one that is gone.
fn successor(gone: &Element) -> Option<Element> {
    if gone.is_connected() || gone.id().is_empty() {
        return None;
    }
    document().get_element_by_id(&gone.id())
}

/// What stands in a control, if it is not what the page put there.
fn typed(control: Element) -> Option<Typed> {
    let kind = control.get_attribute("type").unwrap_or_default();
    let (property, before) = match kind.as_str() {
        "checkbox" | "radio" => ("checked", get(&control, "defaultChecked")),
        "hidden" | "file" | "submit" => return None,
        _ if control.tag_name() == "SELECT" => ("value", chosen_at_first(&control)),
        _ => ("value", get(&control, "defaultValue")),
    };
    let value = get(&control, property);
    (value != before).then_some(Typed {
        control,
        property,
        value,
    })
}

/// The value that a combobox had when it came: that of the option which is marked, or of the first one.
fn chosen_at_first(select: &Element) -> JsValue {
    let option = |which| select.query_selector(which).ok().flatten();
    let chosen = option("option[selected]").or_else(|| option("option"));
    chosen.map_or(JsValue::UNDEFINED, |option| get(&option, "value"))
}

fn get(element: &Element, property: &str) -> JsValue {
    Reflect::get(element, &property.into()).unwrap_or(JsValue::UNDEFINED)
}

/// All elements that a selector names, by way of an array, since the browser's own list is one more type to carry.
fn all(selector: &str) -> Vec<Element> {
    let document = JsValue::from(document());
    let list = Reflect::get(&document, &"querySelectorAll".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|find| find.call1(&document, &selector.into()));
    let list = list.map(|list| Array::from(&list)).unwrap_or_default();
    list.to_vec()
        .into_iter()
        .filter_map(|element| element.dyn_into().ok())
        .collect()
}
