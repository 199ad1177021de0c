//! What was published last.

use crate::ui::empty_state::EmptyState;
use crate::ui::icon::Icon;
use crate::ui::rows::rows;
use crate::ui::time::Day;
use domain::links;
use domain::profile::{PackageCard, SearchPage};
use leptos::prelude::*;

/// The packages published last.
#[component]
pub(crate) fn Recent(found: Memo<SearchPage>) -> impl IntoView {
    let any = Memo::new(move |_| found.with(|found| !found.packages.is_empty()));
    let cards = move || found.with(|found| found.packages.clone());
    view! {
        <section aria-labelledby="recent-packages">
            <div class="list-head">
                <h2 class="panel-title" id="recent-packages">"Recently published"</h2>
                {move || any.get().then(|| view! { <a href="/packages?sort=recent">"All packages"</a> }.into_any())}
            </div>
            {move || if any.get() {
                view! {
                    <ul class="package-list" aria-labelledby="recent-packages">{rows(cards, card)}</ul>
                }
                .into_any()
            } else {
                nothing()
            }}
        </section>
    }
}

fn card(card: PackageCard) -> AnyView {
    let page = String::from(links::package(&card.id));
    view! {
        <li class="package">
            <span class="package-icon package-icon-none"><Icon name="package"/></span>
            <div class="package-words">
                <p class="package-head">
                    <a class="package-name" href=page>{card.id}</a>
                    <span class="package-version">{card.version}</span>
                </p>
                <p class="package-description">{card.description}</p>
                <p class="package-meta">
                    <span>"by " {card.owners.join(", ")}</span>
                    <span>"published " <Day at=card.published/></span>
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No packages yet">
            <p>
                "Be the first: publish a package in the browser, or push one as "
                <a href="/help/feed">"the help page"</a> " shows."
            </p>
        </EmptyState>
    }
    .into_any()
}
