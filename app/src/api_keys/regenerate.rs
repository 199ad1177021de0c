//! Gives a key another value.

use super::new_key::NewKey;
use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmDialog;
use domain::form::Done;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The button "Regenerate" with its dialog; the value appears where `new_key` is shown.
pub(crate) fn regenerate_button(key: i64, name: &str, new_key: NewKey) -> AnyView {
    let key = key.to_string();
    view! {
        <ConfirmDialog
            action=RegenerateApiKey::PATH
            key=key.clone()
            opener="Regenerate"
            title=format!("Regenerate the key {name}?")
            confirm=format!("Regenerate {name}")
            on_done=new_key.on_done()
        >
            <p>
                "The value in use stops working at once. You get a new one, for as long as the key was made for and its owner allows."
            </p>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}

/// Gives a key another value.
#[server(prefix = "/rpc", endpoint = "api-keys/regenerate")]
pub(crate) async fn regenerate_api_key(key: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    let shown = gallery::api_keys::regenerate(&crate::backend::gallery()?, &actor, key).await?;
    Ok(super::new_key::reveal("regenerated", shown))
}
