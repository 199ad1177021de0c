//! What a person sees on every page while their account waits to become an organization.

use super::visit::Visit;
use crate::transform::cancel::CancelTransformation;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Whom the transformation waits for, and the way to cancel it; nothing for all others.
#[component]
pub(crate) fn TransformationNotice() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let pending = Memo::new(move |_| {
        viewer.with(|viewer| {
            let viewer = viewer.as_ref()?;
            Some((viewer.name.clone(), viewer.transformation.clone()?))
        })
    });
    move || {
        pending.get().map(|(name, administrator)| {
            let text = format!("Cancel transformation of {name}");
            view! {
                <aside class="site-notice" aria-label="Your transformation">
                    <Notice tone=Tone::Warning>
                        <p>
                            "Your account becomes an organization when " <strong>{administrator}</strong>
                            " accepts. You are signed out everywhere then."
                        </p>
                        <Form action=CancelTransformation::PATH class="form-inline">
                            <SubmitButton class="button button-small" text/>
                        </Form>
                    </Notice>
                </aside>
            }
            .into_any()
        })
    }
}
