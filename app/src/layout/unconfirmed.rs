//! What people see on every page until they have confirmed their address.

use super::navigation::Navigator;
use super::visit::Visit;
use crate::account::confirm::ResendConfirmation;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Asks an unconfirmed person to confirm; nothing for all others, and nothing on the pages that confirm.
#[component]
pub(crate) fn UnconfirmedNotice() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let navigator = Navigator::of_context();
    let unconfirmed = Memo::new(move |_| {
        viewer.with(|viewer| viewer.as_ref().is_some_and(|viewer| !viewer.confirmed))
            && !navigator.path().ends_with("/confirm")
    });
    move || {
        unconfirmed.get().then(|| {
            view! {
                <aside class="site-notice" aria-label="Your account">
                    <Notice tone=Tone::Warning>
                        <p>
                            <strong>"Confirm your email address: "</strong>
                            "open the link in the mail that was sent to you. "
                            "Until then you can neither publish packages nor be invited by your user name."
                        </p>
                        <Form action=ResendConfirmation::PATH class="form-inline">
                            <SubmitButton class="button button-small" text="Send the mail again"/>
                        </Form>
                    </Notice>
                </aside>
            }
            .into_any()
        })
    }
}
