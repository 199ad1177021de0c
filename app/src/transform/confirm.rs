//! The question before the account's transformation is asked for.

use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use domain::form::Done;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the dialog.
pub(super) const DIALOG: &str = "transform-confirm";

/// The dialog. Without script it stands open on the page to which the checked administrator led.
#[component]
pub(super) fn ConfirmTransformation(
    /// The account's name.
    name: String,
    /// Who is to become its administrator.
    administrator: Signal<String>,
    /// Whether it stands open.
    open: bool,
) -> impl IntoView {
    // Without script the browser itself closes the dialog, by the button's method.
    let hide = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::dom::dialog::close_by_id(DIALOG);
    };
    view! {
        <dialog class="dialog" id=DIALOG open=open aria-labelledby="transform-title">
            <h2 class="dialog-title" id="transform-title">{format!("Transform {name}?")}</h2>
            <Form action=RequestTransformation::PATH>
                <p>
                    <strong>{move || administrator.get()}</strong> " is asked to become the administrator of "
                    <strong>{name}</strong>
                    ". When they accept, you are signed out everywhere, and nobody can sign in to this account any more. Until then you can cancel."
                </p>
                <input type="hidden" name="administrator" value=move || administrator.get()/>
                <div class="form-buttons">
                    <SubmitButton class="button button-danger" text="Transform this account"/>
                    <button class="button" type="submit" formmethod="dialog" on:click=hide>"Cancel"</button>
                </div>
            </Form>
        </dialog>
    }
}

/// Asks the administrator.
#[server(prefix = "/rpc", endpoint = "/transform/request")]
pub(crate) async fn request_transformation(#[server(default)] administrator: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::transformation::TransformForm { administrator };
    let name = gallery::transformations::request(&gallery, &actor, &form).await?;
    Ok(Done::say(format!(
        "{name} was asked. Your account is transformed when they accept."
    )))
}
