//! Discards a draft, without a question.

use super::uploads::Uploads;
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use domain::form::Done;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Discards a draft.
#[server(prefix = "/rpc", endpoint = "upload/discard")]
pub(crate) async fn discard_draft(draft: i64) -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::uploads::discard(&crate::backend::gallery()?, &actor, draft).await?;
    Ok(Done::say("The upload is discarded."))
}

/// The button "Discard" of a draft.
pub(super) fn discard_form(uploads: Uploads, draft: i64) -> AnyView {
    let on_done = Callback::new(move |_: Done| uploads.discarded(draft));
    view! {
        <Form action=DiscardDraft::PATH key=draft.to_string() class="form-inline" on_done>
            <input type="hidden" name="draft" value=draft.to_string()/>
            <SubmitButton class="button" text="Discard"/>
        </Form>
    }
    .into_any()
}
