//! The question before something is destroyed.

use super::button::SubmitButton;
use super::form::Form;
use super::form_state::FormState;
use domain::form::Done;
use leptos::prelude::*;

/// A button that opens a dialog, in which a second button does what both say.
///
/// It needs no script: until the page is live the browser itself opens the dialog, as a popover. If the form in it was sent without script and refused, the dialog stands open with the reason.
#[component]
pub(crate) fn ConfirmDialog(
    /// The address of the server function.
    action: &'static str,
    /// Tells equal dialogs of a page apart; it is the form's key too.
    #[prop(into)]
    key: String,
    /// The words on the button that opens it.
    #[prop(into)]
    opener: String,
    /// How that button looks.
    #[prop(default = "button button-small")]
    opener_class: &'static str,
    /// The dialog's heading, a question.
    #[prop(into)]
    title: String,
    /// The words on the button that does it: verb and object.
    #[prop(into)]
    confirm: String,
    /// How that button looks.
    #[prop(default = "button button-danger")]
    confirm_class: &'static str,
    /// Told what was done.
    #[prop(optional, into)]
    on_done: Option<Callback<Done>>,
    /// What happens then, and the hidden fields of the form.
    children: Children,
) -> impl IntoView {
    let state = FormState::new(action, &key);
    let dialog = state.control_id("dialog");
    let heading = state.control_id("title");
    let open = state.was_refused();
    let (opens, closes) = (dialog.clone(), dialog.clone());
    // Live, it is modal: the rest of the page is out of reach, and the focus comes back afterwards.
    let show = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::dom::dialog::show(&opens);
    };
    view! {
        <button
            class=opener_class
            id=state.control_id("opener")
            type="button"
            popovertarget=dialog.clone()
            on:click=show
        >
            {opener}
        </button>
        <dialog class="dialog" id=dialog popover="auto" open=open aria-labelledby=heading.clone()>
            <h2 class="dialog-title" id=heading.clone()>{title}</h2>
            // Within the form, so that the buttons are this form's.
            <Form action key nostrip:on_done=on_done>
                {children()}
                <Buttons confirm class=confirm_class dialog=closes/>
            </Form>
        </dialog>
    }
}

/// A form's last question: a button that opens a dialog, in which a second button sends the form around both.
#[component]
pub(crate) fn ConfirmStep(
    /// The words on the button that opens it.
    #[prop(into)]
    opener: String,
    /// The dialog's heading, a question.
    #[prop(into)]
    title: String,
    /// The words on the button that does it: verb and object.
    #[prop(into)]
    confirm: String,
    /// What happens then.
    children: Children,
) -> impl IntoView {
    let state = FormState::of_context();
    let dialog = state.control_id("dialog");
    let heading = state.control_id("title");
    let (opens, closes) = (dialog.clone(), dialog.clone());
    let show = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::dom::dialog::show(&opens);
    };
    view! {
        // The first button of a form is what Enter presses in its fields: this one, so that nothing passes the question by.
        <button type="submit" disabled=true hidden=true></button>
        <div class="form-buttons">
            <button
                class="button button-danger"
                id=state.control_id("opener")
                type="button"
                popovertarget=dialog.clone()
                on:click=show
            >
                {opener}
            </button>
        </div>
        <dialog class="dialog" id=dialog popover="auto" aria-labelledby=heading.clone()>
            <h2 class="dialog-title" id=heading.clone()>{title}</h2>
            <div class="form">
                {children()}
                <Buttons confirm class="button button-danger" dialog=closes/>
            </div>
        </dialog>
    }
}

/// The two ways out of a dialog.
#[component]
fn Buttons(confirm: String, class: &'static str, dialog: String) -> impl IntoView {
    let hidden = dialog.clone();
    let hide = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::dom::dialog::close_by_id(&hidden);
    };
    view! {
        <div class="form-buttons">
            <SubmitButton class=class text=confirm/>
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
    }
}
