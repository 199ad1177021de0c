//! The form "Create".

use super::create::CreateApiKey;
use super::new_key::NewKey;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::fieldset::Fieldset;
use crate::ui::form::Form;
use crate::ui::radio::Radio;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::api_key::{ApiKeyForm, LIFETIMES};
use domain::form::UiError;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What a pattern is.
pub(super) const GLOB_HINT: &str =
    "Package ids the key works for: Contoso.* or * for all. Separate several by space or comma.";

/// The form that makes a key.
#[component]
pub(super) fn CreateForm(
    /// The accounts for which this person may make keys.
    owners: Vec<String>,
    /// Where the value is shown.
    new_key: NewKey,
) -> impl IntoView {
    let lifetimes = LIFETIMES
        .iter()
        .map(|days| {
            let label = if *days == 1 {
                "1 day".to_owned()
            } else {
                format!("{days} days")
            };
            Choice::new(days.to_string(), label)
        })
        .collect();
    view! {
        <Form action=CreateApiKey::PATH class="form form-columns panel" check=check on_done=new_key.on_done()>
            <TextField name="name" label="Key name"/>
            <SelectField name="days" label="Expires in" choices=lifetimes value="90"/>
            {owner_field(owners)}
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
                <input type="hidden" name="owner" value=only.clone()/>
            </div>
        }
        .into_any();
    }
    let choices = std::iter::once(Choice::new("", "Select an owner…"))
        .chain(owners.into_iter().map(Choice::same))
        .collect();
    view! { <SelectField name="owner" label="Package owner" choices/> }.into_any()
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
