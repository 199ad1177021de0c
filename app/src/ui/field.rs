//! What all fields of a form have: a label, a hint, and the place where their error stands.

use super::form_state::FormState;
use leptos::prelude::*;

/// The ids and marks that tie a control to its label, its hint and its error.
#[derive(Clone, Copy)]
pub(crate) struct FieldParts {
    id: StoredValue<String>,
    has_hint: bool,
    first_wrong: bool,
    error: Signal<Option<String>>,
}

impl FieldParts {
    /// The parts of the control of this name in the form around it.
    pub(crate) fn of(name: &'static str, hint: &str) -> Self {
        let state = FormState::of_context();
        Self {
            id: StoredValue::new(state.control_id(name)),
            has_hint: !hint.is_empty(),
            first_wrong: state.was_first_wrong(name),
            error: state.error(name),
        }
    }

    /// The control's id.
    pub(crate) fn id(self) -> String {
        self.id.get_value()
    }

    /// The control's `aria-invalid`.
    pub(crate) fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// The control's `autofocus`: without script, the first wrong field gets the focus this way.
    pub(crate) const fn focused(self) -> bool {
        self.first_wrong
    }

    /// The control's `aria-describedby`.
    pub(crate) fn described_by(self) -> Option<String> {
        let id = self.id.get_value();
        match (self.error.with(Option::is_some), self.has_hint) {
            (true, true) => Some(format!("{id}-error {id}-hint")),
            (true, false) => Some(format!("{id}-error")),
            (false, true) => Some(format!("{id}-hint")),
            (false, false) => None,
        }
    }

    /// The sentence that says what is wrong.
    pub(crate) fn error_view(self) -> AnyView {
        let error = self.error;
        let id = format!("{}-error", self.id());
        view! {
            {move || error.get().map(|message| {
                view! { <p class="field-error" id=id.clone()>{message}</p> }.into_any()
            })}
        }
        .into_any()
    }

    /// The sentence that says what to type.
    pub(crate) fn hint_view(self, hint: String) -> Option<AnyView> {
        let id = format!("{}-hint", self.id());
        (!hint.is_empty()).then(|| view! { <p class="field-hint" id=id>{hint}</p> }.into_any())
    }
}
