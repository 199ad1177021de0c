//! Invites somebody, by user name or by address.

use super::roles::role_choices;
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::select::SelectField;
use crate::ui::text_field::TextField;
use domain::form::{Done, UiError};
use domain::member::InviteForm;
use domain::permission::Role;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form above the members.
#[component]
pub(super) fn InvitePanel(
    /// The organization's name.
    organization: String,
) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="invite">
            <h2 class="panel-title" id="invite">"Invite somebody"</h2>
            <Form action=InviteMember::PATH class="form form-row" check=check>
                <input type="hidden" name="organization" value=organization/>
                <TextField
                    name="invited"
                    label="User name or email address"
                    hint="The invitation is mailed at once, and ends after 14 days without an answer."
                />
                <SelectField name="role" label="Role" choices=role_choices() value=Role::Collaborator.value()/>
                <div class="form-buttons"><SubmitButton text="Invite"/></div>
            </Form>
        </section>
    }
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = InviteForm {
        invited: typed.get("invited"),
        role: typed.get("role"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Sends the invitation; one that was sent before is sent again, with the new role.
#[server(prefix = "/rpc", endpoint = "/members/invite")]
pub(crate) async fn invite_member(
    #[server(default)] organization: String,
    #[server(default)] invited: String,
    #[server(default)] role: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = InviteForm { invited, role };
    let sent = gallery::members::invite(&gallery, &actor, &organization, form).await?;
    let again = if sent.again { " again" } else { "" };
    let (invited, role) = (sent.invited, sent.role.label());
    Ok(Done::say(format!("{invited} was invited{again}, as {role}.")))
}
