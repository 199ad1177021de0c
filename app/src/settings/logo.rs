//! The section with the logo.

use super::section::{account_field, section};
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::file_field::FileField;
use crate::ui::form::Form;
use crate::ui::picture::picture;
use domain::form::Done;
use domain::settings::AccountSettings;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Where the file is sent; it is no server function, since those take texts.
const UPLOAD: &str = "/upload/logo";

/// The section.
pub(super) fn section_of(data: Memo<AccountSettings>) -> AnyView {
    let shown = Memo::new(move |_| data.with(|account| (account.name.clone(), account.logo.clone())));
    let content = move || shown.with(|(name, logo)| content(name, logo));
    section("logo", "Picture", content.into_any())
}

fn content(name: &str, logo: &str) -> AnyView {
    let account = account_field(name);
    let remove = (!logo.is_empty()).then(|| {
        let account = account_field(name);
        view! {
            <Form action=RemoveLogo::PATH class="form-inline">
                {account}
                <SubmitButton text="Remove logo" class="button button-small"/>
            </Form>
        }
        .into_any()
    });
    view! {
        <div class="profile">
            {picture(name, logo, "picture")}
            <div class="profile-words">
                <Form action=UPLOAD files=true>
                    {account}
                    <FileField
                        name="logo"
                        label="Logo"
                        accept="image/png,image/jpeg,image/webp"
                        hint="PNG, JPEG or WebP, at most 1 MiB. Without a logo, a picture is made from the name."
                    />
                    <div class="form-buttons"><SubmitButton text="Save logo" class="button"/></div>
                </Form>
            </div>
        </div>
        {remove}
    }
    .into_any()
}

/// Removes the logo.
#[server(prefix = "/rpc", endpoint = "/settings/remove-logo")]
pub(crate) async fn remove_logo(#[server(default)] account: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::logos::remove(&gallery, &actor, &account).await?;
    Ok(Done::say("The logo is removed."))
}
