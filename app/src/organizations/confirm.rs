//! The page "Confirm your email address" of an organization, which the link in the mail leads to.

use super::signed_in::signed_in;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::{path_part, query_value};
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use domain::form::Done;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page. Opening it changes nothing, since programs that check mails open links too, and it tells nothing of the
/// organization, since the link may have reached a stranger.
#[component]
pub(crate) fn ConfirmOrganization() -> impl IntoView {
    let organization = path_part("name");
    let token = query_value("token");
    signed_in(move || {
        view! {
            <div class="narrow">
                <Heading text="Confirm your email address"/>
                <p class="lead">
                    "You confirm that mail to this address reaches the organization " <strong>{move || organization.get()}</strong>
                    ". Only its administrators can do that."
                </p>
                <Form action=ConfirmEmail::PATH>
                    <input type="hidden" name="organization" value=move || organization.get()/>
                    <input type="hidden" name="token" value=move || token.get()/>
                    <div class="form-buttons"><SubmitButton text="Confirm"/></div>
                </Form>
            </div>
        }
        .into_any()
    })
}

/// Confirms the address.
#[server(prefix = "/rpc", endpoint = "/organizations/confirm")]
pub(crate) async fn confirm_email(
    #[server(default)] organization: String,
    #[server(default)] token: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let address = gallery::organizations::confirm_email(&gallery, &actor, &organization, &token).await?;
    let next = domain::links::organization(&organization);
    Ok(Done::go(next, format!("The email address {address} is confirmed.")))
}
