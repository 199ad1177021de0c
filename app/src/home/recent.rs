//! What was published last.

use crate::packages::card::package_list;
use crate::ui::empty_state::EmptyState;
use domain::profile::SearchPage;
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
                package_list("Recently published", cards())
            } else {
                nothing()
            }}
        </section>
    }
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
