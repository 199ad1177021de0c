//! The page of a package, at its newest version or at the one that the address names.

mod aside;
mod dependencies;
mod head;
mod install;
mod readme;
mod versions;

use super::card::package_list;
use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::tabs::Tabs;
use domain::links;
use domain::profile::PackagePage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page of a package.
#[component]
pub(crate) fn Package() -> impl IntoView {
    let (id, version) = (path_part("id"), path_part("version"));
    let (after, before) = (query_value("after"), query_value("before"));
    let tab = query_value("tab");
    let path = Signal::derive(move || {
        let (id, version) = (id.get(), version.get());
        let path = if version.is_empty() {
            links::package(&id)
        } else {
            links::package_version(&id, &version)
        };
        path.to_string()
    });
    let read = move || ReadPackage {
        id: id.get(),
        version: version.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=move |data| package(path, tab, data)/> }
}

/// A package at a version, with one page of the table of its versions.
#[server(prefix = "/rpc", endpoint = "/packages/read", input = GetUrl)]
pub(crate) async fn read_package(
    id: String,
    version: String,
    after: String,
    before: String,
) -> Result<PackagePage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::viewer_actor()?);
    let version = (!version.is_empty()).then_some(version.as_str());
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::packages::page(&gallery, &actor, &id, version, &place).await?)
}

/// The tabs: their names in the address, and the words on them.
const TABS: [(&str, &str); 4] = [
    ("readme", "README"),
    ("dependencies", "Dependencies"),
    ("used-by", "Used by"),
    ("versions", "Versions"),
];

fn package(path: Signal<String>, tab: Signal<String>, data: Memo<PackagePage>) -> AnyView {
    let panel = Callback::new(move |tab| match tab {
        "dependencies" => data.with(|page| dependencies::panel(&page.dependencies)),
        "used-by" => data.with(used_by),
        "versions" => versions::panel(path, data),
        _ => data.with(readme::panel),
    });
    view! {
        {head::head(data)}
        <div class="package-body">
            <div class="package-main">
                {move || data.with(install::install)}
                <Tabs label="About this package" path chosen=tab tabs=TABS.into() panel/>
            </div>
            <div class="package-aside">{move || data.with(aside::aside)}</div>
        </div>
    }
    .into_any()
}

/// The packages that need this one.
fn used_by(page: &PackagePage) -> AnyView {
    let list = if page.used_by.is_empty() {
        view! {
            <EmptyState title="No package here uses this one.">
                <p>"Packages appear here when their newest version depends on it."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        package_list("Packages that use this one", page.used_by.clone())
    };
    view! { <h2 class="visually-hidden">"Used by"</h2> {list} }.into_any()
}
