//! The heading of a page, which is its title too.

use super::navigation::Navigator;
use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page's one `h1`, and the title "{h1} – Guildhall".
///
/// After a navigation without document load it takes the focus, so that the page is announced and the keyboard goes on
/// from its beginning.
#[component]
pub(crate) fn Heading(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// The title's words, where they are not the heading's.
    #[prop(optional)]
    title: Option<&'static str>,
) -> impl IntoView {
    let element = NodeRef::<H1>::new();
    let navigator = Navigator::of_context();
    Effect::new(move |_| {
        if let Some(element) = element.get()
            && navigator.takes_focus()
        {
            crate::dom::focus::focus(&element);
        }
    });
    let title = move || format!("{} – Guildhall", title.map_or_else(|| text.get(), str::to_owned));
    // The server writes the head after the page, when the page's signals can be gone already.
    #[cfg(feature = "ssr")]
    let title = untrack(title);
    view! {
        <Title text=title/>
        <h1 tabindex="-1" node_ref=element>{move || text.get()}</h1>
    }
}
