//! Taking a text along.

use super::icon::Icon;
use crate::layout::announcer::Announcer;
use leptos::prelude::*;

/// The button "Copy". Without script there is a text to select instead, and no button.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let announcer = Announcer::of_context();
    let copy = move |_| {
        crate::dom::clipboard::copy(&text);
        announcer.say("Copied.");
    };
    view! {
        <button class="button button-small once-live" type="button" on:click=copy>
            <Icon name="copy"/>
            "Copy"
        </button>
    }
}
