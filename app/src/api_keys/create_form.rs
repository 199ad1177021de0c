//! The form "Create".

use super::create::CreateApiKey;
use super::create_for_organization::CreateOrganizationApiKey;
use super::new_key::NewKey;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::fieldset::Fieldset;
use crate::ui::form::Form;
use crate::ui::radio::Radio;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::api_key::{ApiKeyForm, preselected};
use domain::form::UiError;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What a pattern is.
pub(super) const GLOB_HINT: &str =
    "Package ids the key works for: Contoso.* or * for all. Separate several by space or comma.";

/// For whom a form makes keys.
pub(super) enum KeyOwner {
    /// One of these, for whom the person may push.
    OneOf(Vec<String>),
    /// This organization, whose own key it becomes.
    Organization(String),
}

/// The form that makes a key.
#[component]
pub(super) fn CreateForm(
    /// For whom.
    owner: KeyOwner,
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
        KeyOwner::OneOf(_) => CreateApiKey::PATH,
        KeyOwner::Organization(_) => CreateOrganizationApiKey::PATH,
    };
    view! {
        <Form action class="form form-columns panel" check=check on_done=new_key.on_done()>
            <TextField name="name" label="Key name"/>
            <SelectField name="days" label="Expires in" choices=lifetimes value=usual/>
            // Within the form, so that the control is this form's.
            {match owner {
                KeyOwner::OneOf(owners) => owner_field(owners),
                KeyOwner::Organization(name) => hidden_owner(name),
            }}
            <Fieldset name="scopes" legend="Scopes">
                <Checkbox name="push" label="Push"/>
                <div class="check-nested">
                    <Radio name="push_scope" value="new" label="Push new packages and package versions" checked=true/>
                    <Radio name="push_scope" value="versions" label="Push only new package versions"/>
                </div>
                <Checkbox name="unlist" label="Unlist or relist package versions"/>
            </Fieldset>
            <TextField name="globs" label="Glob pattern" hint=GLOB_HINT/>
            <div class="form-buttons"><SubmitButton text="Create"/></div>
        </Form>
    }
}

/// A choice if there is one; it starts empty, so that nobody pushes for the wrong owner unawares.
fn owner_field(owners: Vec<String>) -> AnyView {
    if let [only] = owners.as_slice() {
        return view! {
            <div class="field">
                <span class="field-label">"Package owner"</span>
                <span class="field-text">{only.clone()}</span>
                {hidden_owner(only.clone())}
            </div>
        }
        .into_any();
    }
    let choices = std::iter::once(Choice::new("", "Select an owner…"))
        .chain(owners.into_iter().map(Choice::same))
        .collect();
    view! { <SelectField name="owner" label="Package owner" choices/> }.into_any()
}

fn hidden_owner(name: String) -> AnyView {
    view! { <input type="hidden" name="owner" value=name/> }.into_any()
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
