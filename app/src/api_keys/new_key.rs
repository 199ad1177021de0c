//! The value of a key that was just made: shown this one time.

use super::create::CreateApiKey;
use super::create_for_organization::CreateOrganizationApiKey;
use super::regenerate::RegenerateApiKey;
use crate::layout::visit::Visit;
use crate::ui::copy_button::CopyButton;
use crate::ui::notice::{Notice, Tone};
use domain::form::{Done, ShownOnce};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the text box with the value.
const ID: &str = "new-api-key";

/// The answer that carries a new value.
#[cfg(feature = "ssr")]
pub(super) fn reveal(what_happened: &str, shown: ShownOnce) -> Done {
    Done {
        message: format!("The key {} is {what_happened}. Copy its value now.", shown.name),
        secret: Some(shown),
        ..Done::default()
    }
}

/// The new value of this page, from the form that made it until the page is left.
#[derive(Clone, Copy)]
pub(crate) struct NewKey {
    shown: RwSignal<Option<ShownOnce>>,
    on_done: StoredValue<Callback<Done>>,
}

impl NewKey {
    /// Begins with what a form without script made just before this page.
    pub(crate) fn of_page() -> Self {
        let visit = Visit::of_context();
        let made = visit
            .done_by(CreateApiKey::PATH)
            .or_else(|| visit.done_by(CreateOrganizationApiKey::PATH))
            .or_else(|| visit.done_by(RegenerateApiKey::PATH));
        let shown = RwSignal::new(made.and_then(|done| done.secret));
        let on_done = Callback::new(move |done: Done| show(shown, done.secret));
        Self {
            shown,
            on_done: StoredValue::new(on_done),
        }
    }

    /// To be told by every form that makes values.
    pub(crate) fn on_done(self) -> Callback<Done> {
        self.on_done.get_value()
    }
}

fn show(shown: RwSignal<Option<ShownOnce>>, secret: Option<ShownOnce>) {
    // A form that was sent without script tells again what is on the screen already.
    if secret.is_none() || untrack(|| shown.with(|now| *now == secret)) {
        return;
    }
    shown.set(secret);
    request_animation_frame(|| {
        if let Some(element) = document().get_element_by_id(ID) {
            crate::dom::focus::focus(&element);
        }
    });
}

/// The value with its button "Copy", or nothing.
#[component]
pub(crate) fn NewKeyValue(new_key: NewKey) -> impl IntoView {
    move || {
        new_key.shown.get().map(|shown| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>
                        "Copy the value of "
                        <strong>{shown.name}</strong>
                        " now. It is shown this one time; afterwards nobody can see it again."
                    </p>
                    <label class="field-label" for=ID>"New API key"</label>
                    <div class="secret">
                        <input
                            class="input secret-value"
                            id=ID
                            type="text"
                            readonly=true
                            value=shown.value.clone()
                            autocomplete="off"
                            spellcheck="false"
                        />
                        <CopyButton text=shown.value/>
                    </div>
                </Notice>
            }
            .into_any()
        })
    }
}
