//! Undoes a transformation, while that is possible.

use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::time::Day;
use domain::form::Done;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The offer to undo it, for the administrator who accepted.
pub(crate) fn undo_panel(organization: &str, until: Timestamp) -> AnyView {
    let text = format!("Undo transformation of {organization}");
    let organization = organization.to_owned();
    let name = organization.clone();
    view! {
        <section class="panel" aria-labelledby="undo">
            <h2 class="panel-title" id="undo">"Transformation"</h2>
            <p>
                "You accepted that " <strong>{name}</strong> " became an organization. You can undo it until "
                <Day at=until/> ", while nothing is published and no owner, key or member changes."
            </p>
            <ConfirmDialog
                action=UndoTransformation::PATH
                key="undo"
                opener=text.clone()
                title=format!("{text}?")
                confirm=text
            >
                <p>
                    "It becomes a user's account again, and its old sign-ins work as before. You are no longer its administrator, and the API keys that had moved to you are revoked. Both of you are told by mail."
                </p>
                <input type="hidden" name="organization" value=organization/>
            </ConfirmDialog>
        </section>
    }
    .into_any()
}

/// Makes a user's account out of the organization again.
#[server(prefix = "/rpc", endpoint = "/transform/undo")]
pub(crate) async fn undo_transformation(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::transformations::undo(&gallery, &actor, &organization).await?;
    let message = format!("The transformation of {name} was undone.");
    Ok(Done::go(domain::links::manage_organizations(), message))
}
