//! The one status element of every page: it announces what came of what the person did.

use super::visit::Visit;
use crate::ui::icon::Icon;
use leptos::prelude::*;

/// Says something to the person, whether they look at the screen or listen to it.
#[derive(Clone, Copy)]
pub(crate) struct Announcer(RwSignal<String>);

impl Announcer {
    /// Provides the announcer, with what the server has to say already.
    pub(crate) fn provide(visit: Visit) -> Self {
        let announcer = Self(RwSignal::new(visit.outcome_message()));
        provide_context(announcer);
        announcer
    }

    /// The announcer of this page.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// Announces a sentence; an empty one takes back the last.
    pub(crate) fn say(self, message: impl Into<String>) {
        self.0.try_set(message.into());
    }
}

/// The status element. It is there from the first render, empty: what is put into it later is what gets announced.
#[component]
pub(crate) fn StatusElement(announcer: Announcer) -> impl IntoView {
    view! {
        <div class="status" role="status">
            {move || {
                let message = announcer.0.get();
                (!message.is_empty()).then(|| view! {
                    <p class="status-message">
                        <Icon name="info"/>
                        <span>{message}</span>
                    </p>
                }.into_any())
            }}
        </div>
    }
}
