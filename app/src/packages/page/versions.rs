//! The tab "Versions".

use crate::packages::owned::{deprecated, listing};
use crate::ui::number::grouped;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::Day;
use domain::links;
use domain::profile::{PackagePage, VersionRow};
use leptos::prelude::*;

/// The versions, newest first; insiders see who published them, and the unlisted ones too.
pub(super) fn panel(path: Signal<String>, data: Memo<PackagePage>) -> AnyView {
    let neighbours =
        Signal::derive(move || data.with(|page| Neighbours::by_key(&path.get(), "tab=versions", &page.versions)));
    let (id, shown, insider) = untrack(|| data.with(|page| (page.id.clone(), page.version.clone(), page.insider)));
    let by = insider.then(|| view! { <th scope="col">"Published by"</th> }.into_any());
    let each = move || data.with(|page| page.versions.items.clone());
    view! {
        <h2 class="visually-hidden">"Versions"</h2>
        <table class="table" aria-label="Versions">
            <thead>
                <tr>
                    <th scope="col">"Version"</th>
                    <th scope="col">"Downloads"</th>
                    <th scope="col">"Published"</th>
                    {by}
                </tr>
            </thead>
            <tbody>{rows(each, move |version| row(&id, &shown, insider, version))}</tbody>
        </table>
        <Pages neighbours/>
    }
    .into_any()
}

fn row(id: &str, shown: &str, insider: bool, row: VersionRow) -> AnyView {
    let href = links::package_version(id, &row.version).to_string();
    let current = (row.version == shown).then_some("true");
    let unlisted = (!row.listed).then(|| view! { " " {listing(false)} }.into_any());
    let old = row.deprecated.then(|| view! { " " {deprecated()} }.into_any());
    let by = insider.then(|| view! { <td data-label="Published by">{row.published_by}</td> }.into_any());
    view! {
        <tr>
            <th scope="row"><a href=href aria-current=current>{row.version}</a> {unlisted} {old}</th>
            <td data-label="Downloads">{grouped(row.downloads)}</td>
            <td data-label="Published"><Day at=row.published/></td>
            {by}
        </tr>
    }
    .into_any()
}
