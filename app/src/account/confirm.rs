//! The page "Confirm your email address", and having its mail sent again.

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::layout::visit::Visit;
use crate::page::problem::problem;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use domain::form::{Done, UiError};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page "Confirm your email address". Opening it changes nothing: programs that look at mails open links, too.
#[component]
pub(crate) fn ConfirmAccount() -> impl IntoView {
    let token = query_value("token");
    let viewer = Visit::of_context().viewer();
    let name = Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone())));
    move || match name.get() {
        Some(name) => confirmation(name, token),
        None => problem(UiError::sign_in()),
    }
}

fn confirmation(name: String, token: Signal<String>) -> AnyView {
    view! {
        <div class="narrow">
            <Heading text="Confirm your email address"/>
            <p class="lead">
                "You are signed in as " <strong>{name}</strong>
                ". Confirm that the mail with this link reached you, and its address becomes this account's."
            </p>
            <Form action=ConfirmEmail::PATH>
                <input type="hidden" name="token" value=move || token.get()/>
                <div class="form-buttons"><SubmitButton text="Confirm"/></div>
            </Form>
        </div>
    }
    .into_any()
}

/// The address becomes the account's.
#[server(prefix = "/rpc", endpoint = "/account/confirm")]
pub(crate) async fn confirm_email(#[server(default)] token: String) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let address = gallery::accounts::confirm_email(&crate::backend::gallery()?, &actor, &token).await?;
    let message = format!("The address {address} is confirmed.");
    Ok(Done::go(domain::links::manage_organizations(), message))
}

/// Sends the mail with the link again.
#[server(prefix = "/rpc", endpoint = "/account/resend_confirmation")]
pub(crate) async fn resend_confirmation() -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let address = gallery::accounts::resend_confirmation(&crate::backend::gallery()?, &actor).await?;
    Ok(Done::say(format!(
        "A mail was sent to {address}. Open the link in it to confirm the address."
    )))
}
