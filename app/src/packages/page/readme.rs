//! The tab "README".

use crate::ui::empty_state::EmptyState;
use domain::profile::PackagePage;
use leptos::prelude::*;

/// The README, and what is new in this version.
pub(super) fn panel(page: &PackagePage) -> AnyView {
    let readme = if page.readme_html.is_empty() {
        missing(page.insider)
    } else {
        // It was made harmless where it was rendered, on the server.
        view! { <div class="readme" inner_html=page.readme_html.clone()></div> }.into_any()
    };
    let notes = (!page.release_notes.is_empty()).then(|| {
        view! { <h2>"Release notes"</h2> <p class="package-text">{page.release_notes.clone()}</p> }.into_any()
    });
    view! { <h2 class="visually-hidden">"README"</h2> {readme} {notes} }.into_any()
}

fn missing(insider: bool) -> AnyView {
    let next = if insider {
        view! {
            <p>
                "Set " <code>"PackageReadmeFile"</code> " in the project, include the file in the package, and publish a new version."
            </p>
        }
        .into_any()
    } else {
        view! { <p>"Its dependencies and versions are behind the other tabs."</p> }.into_any()
    };
    view! { <EmptyState title="This version has no README.">{next}</EmptyState> }.into_any()
}
