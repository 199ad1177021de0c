//! The prefixes of one's own, on the page "Manage packages".

use crate::ui::rows::rows;
use domain::prefix::OwnPrefix;
use domain::profile::ManagePackagesPage;
use leptos::prelude::*;

/// The prefixes that the viewer or one of their organizations holds; nothing where there is none.
pub(crate) fn prefixes(data: Memo<ManagePackagesPage>) -> AnyView {
    let any = Memo::new(move |_| data.with(|page| !page.prefixes.is_empty()));
    let shown = move || {
        any.get().then(|| {
            view! {
                <h2>"Reserved prefixes"</h2>
                <p class="lead">"New packages under these ids carry a mark, which shows that they are yours."</p>
                <ul aria-label="Reserved prefixes">
                    {rows(move || data.with(|page| page.prefixes.clone()), row)}
                </ul>
            }
            .into_any()
        })
    };
    view! { {shown} }.into_any()
}

fn row(prefix: OwnPrefix) -> AnyView {
    let shared = prefix
        .access
        .is_shared()
        .then(|| view! { " " <span class="badge">"Everybody may publish under it"</span> }.into_any());
    view! { <li><code>{prefix.prefix}</code> " of " {prefix.owners.join(", ")} {shared}</li> }.into_any()
}
