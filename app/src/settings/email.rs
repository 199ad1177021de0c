//! The section with the address.

use super::section::{account_field, section};
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use crate::ui::text_field::TextField;
use domain::form::{Done, UiError};
use domain::settings::{AccountSettings, EmailForm};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section. It is drawn anew only when the address, or the one that waits, is another one.
pub(super) fn section_of(data: Memo<AccountSettings>) -> AnyView {
    let shown = Memo::new(move |_| {
        data.with(|account| {
            let AccountSettings {
                name,
                email,
                pending_email,
                ..
            } = account.clone();
            (name, email, pending_email)
        })
    });
    let content = move || {
        let (name, email, pending) = shown.get();
        content(&name, email, pending)
    };
    section("email", "Address", content.into_any())
}

fn content(name: &str, email: String, pending: String) -> AnyView {
    // An account that has not confirmed any address has one that waits, and no other.
    let waits = (!email.is_empty() && !pending.is_empty()).then(|| waits(name, pending.clone()));
    let present = if email.is_empty() { pending } else { email };
    let account = account_field(name);
    view! {
        {waits}
        <Form action=ChangeEmail::PATH check=check>
            {account}
            <TextField
                name="email"
                label="Email address"
                kind="email"
                value=present
                hint="Nobody else sees it. A new address counts once the link in the mail to it was followed; until then this one stays."
            />
            <div class="form-buttons"><SubmitButton text="Change email address" class="button"/></div>
        </Form>
    }
    .into_any()
}

fn waits(name: &str, pending: String) -> AnyView {
    let address = pending.clone();
    let (again, cancel) = (account_field(name), account_field(name));
    view! {
        <Notice tone=Tone::Info>
            <p>
                <strong>{pending}</strong>
                " waits for its confirmation: open the link in the mail that was sent there."
            </p>
            <div class="form-buttons">
                <Form action=ChangeEmail::PATH key="again" class="form-inline">
                    {again}
                    <input type="hidden" name="email" value=address/>
                    <SubmitButton class="button button-small" text="Send the mail again"/>
                </Form>
                <Form action=CancelEmailChange::PATH class="form-inline">
                    {cancel}
                    <SubmitButton class="button button-small" text="Cancel address change"/>
                </Form>
            </div>
        </Notice>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = EmailForm {
        email: typed.get("email"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Has another address confirmed, or the one that waits asked again.
#[server(prefix = "/rpc", endpoint = "/settings/change-email")]
pub(crate) async fn change_email(
    #[server(default)] account: String,
    #[server(default)] email: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = EmailForm { email };
    let address = gallery::account_settings::change_email(&gallery, &actor, &account, form).await?;
    Ok(Done::say(format!(
        "A mail was sent to {address}. Open the link in it to confirm the address."
    )))
}

/// Keeps the present address.
#[server(prefix = "/rpc", endpoint = "/settings/cancel-email-change")]
pub(crate) async fn cancel_email_change(#[server(default)] account: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::account_settings::cancel_email_change(&gallery, &actor, &account).await?;
    Ok(Done::say("The address change is cancelled."))
}
