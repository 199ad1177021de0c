//! What a form knows about itself: its errors, what was typed, whether it is on its way.

use crate::layout::visit::Visit;
use domain::form::{Done, FieldMessage, Outcome, UiError};
use leptos::prelude::*;

/// The state of one form, provided to the controls in it.
#[derive(Clone, Copy)]
pub(crate) struct FormState {
    id: StoredValue<String>,
    errors: RwSignal<Vec<FieldMessage>>,
    message: RwSignal<Option<UiError>>,
    pending: RwSignal<bool>,
    outcome: StoredValue<Option<Outcome>>,
}

impl FormState {
    /// The state of the form at an address; `key` tells it from equal forms of the page.
    ///
    /// If this form was just sent without script, what came of it is there from the first render.
    pub(crate) fn new(action: &str, key: &str) -> Self {
        let outcome = Visit::of_context().outcome_of(action, key);
        let state = Self {
            id: StoredValue::new(form_id(action, key)),
            errors: RwSignal::new(Vec::new()),
            message: RwSignal::new(None),
            pending: RwSignal::new(false),
            outcome: StoredValue::new(None),
        };
        if let Some(Err(error)) = outcome.as_ref().map(|outcome| &outcome.result) {
            state.refuse(error.clone());
        }
        state.outcome.set_value(outcome);
        state
    }

    /// The form around this control.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// The id of a control, from its name.
    pub(crate) fn control_id(self, name: &str) -> String {
        self.id.with_value(|form| format!("{form}-{name}"))
    }

    /// What was typed into a control before the form was refused, or what stands in it at first.
    pub(crate) fn typed(self, name: &str, otherwise: String) -> String {
        self.typed_again(name).unwrap_or(otherwise)
    }

    /// Whether a box was ticked before the form was refused, or is at first; `value` is what the box sends.
    pub(crate) fn ticked(self, name: &str, value: &str, otherwise: bool) -> bool {
        if self.was_refused() {
            self.outcome.with_value(|outcome| {
                let mut typed = outcome.iter().flat_map(|outcome| &outcome.typed);
                typed.any(|(key, typed)| key == name && typed == value)
            })
        } else {
            otherwise
        }
    }

    fn typed_again(self, name: &str) -> Option<String> {
        self.outcome.with_value(|outcome| {
            let typed = &outcome.as_ref().filter(|outcome| outcome.result.is_err())?.typed;
            typed
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        })
    }

    /// Whether the form was sent without script and refused.
    pub(crate) fn was_refused(self) -> bool {
        self.outcome
            .with_value(|outcome| outcome.as_ref().is_some_and(|outcome| outcome.result.is_err()))
    }

    /// Whether the form was sent without script and refused, and this is the first field that was wrong.
    pub(crate) fn was_first_wrong(self, name: &str) -> bool {
        self.was_refused()
            && self
                .errors
                .with_untracked(|errors| errors.first().is_some_and(|error| error.field == name))
    }

    /// What the form did when it was sent without script.
    pub(crate) fn was_done(self) -> Option<Done> {
        self.outcome
            .with_value(|outcome| outcome.as_ref().and_then(|outcome| outcome.result.clone().ok()))
    }

    /// The sentence at a control, if something is wrong there.
    pub(crate) fn error(self, name: &'static str) -> Signal<Option<String>> {
        let errors = self.errors;
        Memo::new(move |_| {
            errors.with(|errors| {
                errors
                    .iter()
                    .find(|error| error.field == name)
                    .map(|error| error.message.clone())
            })
        })
        .into()
    }

    /// What is wrong with the form as a whole.
    pub(crate) fn message(self) -> Signal<Option<UiError>> {
        self.message.into()
    }

    /// Whether the form is on its way.
    pub(crate) fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Notes that the form is on its way; not if it is already.
    pub(crate) fn begin(self) -> bool {
        !self.pending.get_untracked() && self.pending.try_set(true).is_none()
    }

    /// Notes that the form did what it was asked for.
    pub(crate) fn end(self) {
        self.pending.try_set(false);
        self.errors.try_set(Vec::new());
        self.message.try_set(None);
    }

    /// Shows what is wrong: at the fields, and what no field says above the form.
    pub(crate) fn refuse(self, mut error: UiError) {
        self.pending.try_set(false);
        self.errors.try_set(std::mem::take(&mut error.fields));
        self.message.try_set((!error.message.is_empty()).then_some(error));
    }
}

/// The id of a form, from its address and key: `/rpc/members/invite` gives `members-invite`. The same on both sides.
fn form_id(action: &str, key: &str) -> String {
    let path = action.strip_prefix("/rpc/").unwrap_or(action);
    let joined = if key.is_empty() {
        path.to_owned()
    } else {
        format!("{path}-{key}")
    };
    joined
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '@') {
                c
            } else {
                '-'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::form_id;

    #[test]
    fn equal_forms_of_a_page_have_different_ids() {
        assert_eq!(form_id("/rpc/members/invite", ""), "members-invite");
        assert_eq!(form_id("/rpc/members/remove", "anna.b"), "members-remove-anna.b");
    }
}
