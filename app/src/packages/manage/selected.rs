//! What can be done to the selected versions of a package.

use super::change_versions::ChangeVersions;
use super::deprecation::{check, fields};
use crate::ui::form::Form;
use crate::ui::form_state::FormState;
use crate::ui::selection::{ChangeButton, no_default_button, select_box, selected_before};
use domain::package::deprecation::VersionsForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the form.
const FORM: &str = "selected-versions";

/// The name of the boxes.
const BOXES: &str = "versions[]";

/// The form above the versions.
pub(super) fn selected_versions(id: String) -> AnyView {
    view! {
        <Form action=ChangeVersions::PATH id=FORM class="form" check=check>
            {no_default_button()}
            <input type="hidden" name="id" value=id/>
            <div class="form-buttons">
                <ChangeButton text="Unlist selected" value=VersionsForm::UNLIST/>
                <ChangeButton text="Relist selected" value=VersionsForm::RELIST/>
                <ChangeButton text="Undeprecate selected" value=VersionsForm::UNDEPRECATE/>
            </div>
            <Deprecation/>
        </Form>
    }
    .into_any()
}

#[component]
fn Deprecation() -> impl IntoView {
    let open = FormState::of_context().was_refused();
    view! {
        <details class="disclosure" open=open>
            <summary class="disclosure-summary">"Deprecate the selected versions"</summary>
            <div class="form">
                {fields()}
                <div class="form-buttons">
                    <ChangeButton text="Deprecate selected" value=VersionsForm::DEPRECATE/>
                </div>
            </div>
        </details>
    }
}

/// The box "Select {version}" of a row.
pub(super) fn select_version(version: &str) -> AnyView {
    let before = selected_before(ChangeVersions::PATH, BOXES);
    select_box(FORM, BOXES, version.to_owned(), format!("Select {version}"), &before)
}
