//! The section with what everybody sees of an account, beside its logo.

use super::section::{account_field, section};
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::text_area::TextArea;
use crate::ui::text_field::TextField;
use domain::form::{Done, UiError};
use domain::settings::{AccountSettings, ProfileForm};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section.
pub(super) fn section_of(data: Memo<AccountSettings>) -> AnyView {
    let shown = Memo::new(move |_| {
        data.with(|account| {
            let AccountSettings {
                name,
                description,
                website,
                ..
            } = account.clone();
            (name, description, website)
        })
    });
    let content = move || {
        let (name, description, website) = shown.get();
        content(&name, description, website)
    };
    section("profile", "Profile", content.into_any())
}

fn content(name: &str, description: String, website: String) -> AnyView {
    let account = account_field(name);
    view! {
        <Form action=SaveProfile::PATH check=check>
            {account}
            <TextArea
                name="description"
                label="Description"
                value=description
                hint="A few sentences for the profile, at most 500 characters."
            />
            <TextField name="website" label="Website" kind="url" value=website hint="Begins with https://."/>
            <div class="form-buttons"><SubmitButton text="Save profile" class="button"/></div>
        </Form>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = ProfileForm {
        description: typed.get("description"),
        website: typed.get("website"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Sets description and website.
#[server(prefix = "/rpc", endpoint = "/settings/profile")]
pub(crate) async fn save_profile(
    #[server(default)] account: String,
    #[server(default)] description: String,
    #[server(default)] website: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = ProfileForm { description, website };
    gallery::account_settings::set_profile(&gallery, &actor, &account, form).await?;
    Ok(Done::say("The profile is saved."))
}
