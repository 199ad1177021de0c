//! Parts of a page of which one is on the screen.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Tabs that are links, so that each has an address and works without script; with it, arrow keys go from tab to tab.
#[component]
pub(crate) fn Tabs(
    /// What the tabs are about.
    #[prop(into)]
    label: String,
    /// The page's path.
    #[prop(into)]
    path: Signal<String>,
    /// The name in the address.
    #[prop(into)]
    chosen: Signal<String>,
    /// The tabs in their order: the name in the address (`?tab=`) and the words on it.
    tabs: Vec<(&'static str, &'static str)>,
    /// Draws the panel of a tab, by its name.
    panel: Callback<&'static str, AnyView>,
) -> impl IntoView {
    let names: Vec<&'static str> = tabs.iter().map(|(name, _)| *name).collect();
    let first = names.first().copied().unwrap_or_default();
    let current = Memo::new(move |_| {
        names
            .iter()
            .copied()
            .find(|name| chosen.with(|chosen| chosen == name))
            .unwrap_or(first)
    });
    let links: Vec<AnyView> = tabs
        .into_iter()
        .map(|(name, label)| {
            let href = move || {
                if name == first {
                    path.get()
                } else {
                    format!("{}?tab={name}", path.get())
                }
            };
            let selected = move || if current.get() == name { "true" } else { "false" };
            let reached = move || if current.get() == name { "0" } else { "-1" };
            view! {
                <a
                    class="tab"
                    id=format!("tab-{name}")
                    role="tab"
                    href=href
                    data-noscroll=true
                    aria-selected=selected
                    aria-controls="tab-panel"
                    tabindex=reached
                >
                    {label}
                </a>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=move |event| move_focus(&event)>{links}</div>
        <section
            class="tab-panel"
            id="tab-panel"
            role="tabpanel"
            aria-labelledby=move || format!("tab-{}", current.get())
            tabindex="0"
        >
            {move || panel.run(current.get())}
        </section>
    }
}

/// Arrow keys, Home and End.
fn move_focus(event: &KeyboardEvent) {
    if crate::dom::focus::among_tabs(&event.key(), event.target()) {
        event.prevent_default();
    }
}
