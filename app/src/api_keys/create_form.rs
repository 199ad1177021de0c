//! The form "Create".

use super::create::CreateApiKey;
use super::create_for_organization::CreateOrganizationApiKey;
use super::new_key::NewKey;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::package_owner::{PackageOwner, package_owner};
use crate::ui::scopes::scopes_field;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::api_key::{ApiKeyForm, preselected};
use domain::form::UiError;
use domain::permission::{PushScope, Scopes};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What a pattern is.
pub(super) const GLOB_HINT: &str =
    "Package ids the key works for: Contoso.* or * for all. Separate several by space or comma.";

/// Nothing is ticked before somebody ticks it.
const NONE: Scopes = Scopes {
    push: PushScope::None,
    unlist: false,
};

/// The form that makes a key.
#[component]
pub(super) fn CreateForm(
    /// For whom.
    owner: PackageOwner,
    /// The lifetimes to choose from, in days.
    lifetimes: Vec<u16>,
    /// Where the value is shown.
    new_key: NewKey,
) -> impl IntoView {
    let usual = preselected(&lifetimes).to_string();
    let lifetimes = lifetimes
        .into_iter()
        .map(|days| {
            let label = if days == 1 {
                "1 day".to_owned()
            } else {
                format!("{days} days")
            };
            Choice::new(days.to_string(), label)
        })
        .collect();
    let action = match &owner {
        PackageOwner::OneOf(_) => CreateApiKey::PATH,
        PackageOwner::Organization(_) => CreateOrganizationApiKey::PATH,
    };
    view! {
        <Form action class="form form-columns panel" check=check on_done=new_key.on_done()>
            <TextField name="name" label="Key name"/>
            <SelectField name="days" label="Expires in" choices=lifetimes value=usual/>
            // Within the form, so that the controls are this form's.
            {package_owner(owner)}
            {scopes_field(NONE)}
            <TextField name="globs" label="Glob pattern" hint=GLOB_HINT/>
            <div class="form-buttons"><SubmitButton text="Create"/></div>
        </Form>
    }
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = ApiKeyForm {
        name: typed.get("name"),
        days: typed.get("days"),
        owner: typed.get("owner"),
        push: typed.get("push"),
        push_scope: typed.get("push_scope"),
        unlist: typed.get("unlist"),
        globs: typed.get("globs"),
    };
    form.parse().map(drop).map_err(UiError::from)
}
