//! Rows that are selected, and what is done to all of them at once.
//!
//! The form stands above the list and the boxes in its rows belong to it by its id, so that a row may have forms of its
//! own, and all of it works without script.

use super::form_state::FormState;
use crate::dom;
use crate::layout::visit::Visit;
use domain::form::UiError;
use domain::ownership::OwnershipProblem;
use leptos::prelude::*;

/// What was selected in the form at an address when it was refused without script.
pub(crate) fn selected_before(action: &str, name: &str) -> Vec<String> {
    let outcome = Visit::of_context().outcome_of(action, "");
    let refused = outcome.filter(|outcome| outcome.result.is_err());
    let typed = refused.into_iter().flat_map(|outcome| outcome.typed);
    typed.filter(|(key, _)| key == name).map(|(_, value)| value).collect()
}

/// The box that selects a row for the form of an id.
pub(crate) fn select_box(
    form: &'static str,
    name: &'static str,
    value: String,
    label: String,
    before: &[String],
) -> AnyView {
    let checked = before.contains(&value);
    // By its id it stays ticked when the row is drawn anew.
    let id = format!("{form}-{value}");
    view! {
        <input
            class="check-box"
            id=id
            type="checkbox"
            form=form
            name=name
            value=value
            aria-label=label
            checked=checked
            autocomplete="off"
        />
    }
    .into_any()
}

/// The first button of a form in which Enter must not choose one of several things to do.
pub(crate) fn no_default_button() -> AnyView {
    view! { <button type="submit" disabled hidden></button> }.into_any()
}

/// A button that does something to the selection; its value says what.
#[component]
pub(crate) fn ChangeButton(
    /// The words on it.
    #[prop(into)]
    text: Signal<String>,
    /// What is sent as `change`.
    value: &'static str,
    /// How it looks.
    #[prop(default = "button button-small")]
    class: &'static str,
) -> impl IntoView {
    let state = FormState::of_context();
    let pending = state.pending();
    view! {
        <button
            class=class
            id=state.control_id(value)
            type="submit"
            name="change"
            value=value
            aria-disabled=move || pending.get().then_some("true")
        >
            {move || text.get()}
        </button>
    }
}

/// A dialog in the form, about the rows that are selected. Without script the browser opens it as a popover.
#[component]
pub(crate) fn SelectionDialog(
    /// What is done, as the form sends it; the dialog's id is made of it.
    change: &'static str,
    /// The name of the boxes.
    boxes: &'static str,
    /// Told how many rows are selected when it opens.
    selected: RwSignal<u32>,
    /// The words on the button that opens it.
    opener: &'static str,
    /// Its heading, a question.
    title: &'static str,
    /// Whether it stands open at first, because something in it was wrong.
    open: bool,
    /// What stands in it: fields, and the button that does it.
    children: Children,
) -> impl IntoView {
    let state = FormState::of_context();
    let dialog = state.control_id(&format!("{change}-dialog"));
    let heading = format!("{dialog}-title");
    let (opens, closes) = (dialog.clone(), dialog.clone());
    let show = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let count = dom::typed::around(&event).count(boxes);
        selected.set(count);
        if count == 0 {
            state.refuse(UiError::from(OwnershipProblem::NothingSelected));
        } else {
            state.end();
            dom::dialog::show(&opens);
        }
    };
    let hide = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        dom::dialog::close_by_id(&closes);
    };
    view! {
        <button class="button button-small" type="button" popovertarget=dialog.clone() on:click=show>{opener}</button>
        <dialog class="dialog" id=dialog.clone() popover="auto" open=open aria-labelledby=heading.clone()>
            <h2 class="dialog-title" id=heading.clone()>{title}</h2>
            <div class="form">
                {children()}
                <div class="form-buttons">
                    <button
                        class="button"
                        type="button"
                        popovertarget=dialog.clone()
                        popovertargetaction="hide"
                        on:click=hide
                    >
                        "Cancel"
                    </button>
                </div>
            </div>
        </dialog>
    }
}
