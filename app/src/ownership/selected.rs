//! What can be done to the selected packages of an organization.

use super::change_packages::ChangePackages;
use crate::dom::typed::Typed;
use crate::ui::form::Form;
use crate::ui::form_state::FormState;
use crate::ui::selection::{ChangeButton, SelectionDialog, no_default_button, select_box, selected_before};
use crate::ui::text_field::TextField;
use domain::form::UiError;
use domain::ownership::{PackagesForm, check_new_owner};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the form.
const FORM: &str = "selected-packages";

/// The name of the boxes.
const BOXES: &str = "ids[]";

/// The form above the packages: it moves those that are selected, if the viewer may, and unlists them.
pub(crate) fn selected_packages(organization: String, moves: bool) -> AnyView {
    let selected = RwSignal::new(0);
    view! {
        <Form
            action=ChangePackages::PATH
            id=FORM
            class="form-inline selection"
            check=check
        >
            {no_default_button()}
            <input type="hidden" name="organization" value=organization/>
            {moves.then(|| view! { <MoveDialog selected/> }.into_any())}
            <UnlistDialog selected/>
        </Form>
    }
    .into_any()
}

/// The box "Select {id}" of a row.
pub(crate) fn select_package(id: &str) -> AnyView {
    let before = selected_before(ChangePackages::PATH, BOXES);
    select_box(FORM, BOXES, id.to_owned(), format!("Select {id}"), &before)
}

#[component]
fn MoveDialog(selected: RwSignal<u32>) -> impl IntoView {
    let state = FormState::of_context();
    view! {
        <SelectionDialog
            change=PackagesForm::MOVE
            boxes=BOXES
            selected
            opener="Move to another owner"
            title="Move the selected packages?"
            open=state.was_first_wrong("owner")
        >
            <p>
                "The new owner takes the organization's place. If it is yours the packages move at once; otherwise it is asked first, and nothing changes until it accepts."
            </p>
            <TextField name="owner" label="New owner" hint="The name of a user or an organization."/>
            <ChangeButton text="Move packages" value=PackagesForm::MOVE class="button button-danger"/>
        </SelectionDialog>
    }
}

#[component]
fn UnlistDialog(selected: RwSignal<u32>) -> impl IntoView {
    let text = Signal::derive(move || match selected.get() {
        0 => "Unlist packages".to_owned(),
        count => format!("Unlist {count} packages"),
    });
    view! {
        <SelectionDialog
            change=PackagesForm::UNLIST
            boxes=BOXES
            selected
            opener="Unlist selected"
            title="Unlist the selected packages?"
            open=false
        >
            <p>
                "Search and lists do not show any of their versions any more. Projects that name them still restore them."
            </p>
            <ChangeButton text value=PackagesForm::UNLIST class="button button-danger"/>
        </SelectionDialog>
    }
}

fn check(typed: &Typed) -> Result<(), UiError> {
    if typed.get("change") == PackagesForm::MOVE {
        check_new_owner(&typed.get("owner"))?;
    }
    Ok(())
}
