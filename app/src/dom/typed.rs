//! What stands in a form's controls.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FormData, HtmlButtonElement, HtmlFormElement, SubmitEvent, UrlSearchParams};

/// The controls of a form and what was typed, as the browser itself would send them.
pub(crate) struct Typed(Option<UrlSearchParams>);

impl Typed {
    /// Reads the form that is being sent, with the button that sent it.
    pub(crate) fn of(form: &HtmlFormElement, event: &SubmitEvent) -> Self {
        let Self(values) = Self::in_controls(form);
        let button = event.submitter().and_then(|by| by.dyn_into::<HtmlButtonElement>().ok());
        if let (Some(values), Some(button)) = (&values, button)
            && !button.name().is_empty()
        {
            values.append(&button.name(), &button.value());
        }
        Self(values)
    }

    /// Reads what stands in a form's controls now.
    pub(crate) fn in_controls(form: &HtmlFormElement) -> Self {
        let Ok(data) = FormData::new_with_form(form) else {
            return Self(None);
        };
        Self(UrlSearchParams::new_with_str_sequence_sequence(&JsValue::from(data)).ok())
    }

    /// The value of a control; empty for what is not there or not ticked.
    pub(crate) fn get(&self, name: &str) -> String {
        self.0.as_ref().and_then(|values| values.get(name)).unwrap_or_default()
    }

    /// How often a control of this name is there or ticked.
    pub(crate) fn count(&self, name: &str) -> u32 {
        self.0.as_ref().map_or(0, |values| values.get_all(name).length())
    }

    /// `a=1&b=2`.
    pub(crate) fn encoded(&self) -> String {
        self.0
            .as_ref()
            .map(|values| String::from(values.to_string()))
            .unwrap_or_default()
    }

    /// The same without what was left empty, so that addresses stay short.
    pub(crate) fn encoded_without_empty(&self) -> String {
        let encoded = self.encoded();
        let kept: Vec<&str> = encoded.split('&').filter(|part| !part.ends_with('=')).collect();
        kept.join("&")
    }
}

/// The form that an event is about.
pub(crate) fn form_of(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.current_target().or_else(|| event.target())?.dyn_into().ok()
}

/// What stands in the controls of the form around an element.
pub(crate) fn around(event: &web_sys::Event) -> Typed {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let form = element.and_then(|element| element.closest("form").ok().flatten());
    match form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        Some(form) => Typed::in_controls(&form),
        None => Typed(None),
    }
}

/// Sends the form around a control, as its submit button would.
pub(crate) fn send_form_around(event: &web_sys::Event) {
    let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let form = control.and_then(|control| control.closest("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        // It fails only for a button that is not the form's, and none is given.
        drop(form.request_submit());
    }
}
