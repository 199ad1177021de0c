//! Leaves an organization.

use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmDialog;
use domain::form::Done;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Ends one's own membership; one's other organizations are next.
#[server(prefix = "/rpc", endpoint = "/members/leave")]
pub(crate) async fn leave_organization(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::members::leave(&gallery, &actor, &organization).await?;
    let next = domain::links::manage_organizations();
    Ok(Done::go(next, format!("You are no longer a member of {name}.")))
}

/// The button "Leave organization" with its question.
pub(crate) fn leave_dialog(organization: String) -> AnyView {
    let text = format!("Leave {organization}");
    view! {
        <ConfirmDialog
            action=LeaveOrganization::PATH
            key="leave"
            opener="Leave organization"
            title=format!("{text}?")
            confirm=text
        >
            <p>
                "You lose your rights for the organization at once, and your API keys for it stop. To come back, you need an invitation."
            </p>
            <input type="hidden" name="organization" value=organization/>
        </ConfirmDialog>
    }
    .into_any()
}
