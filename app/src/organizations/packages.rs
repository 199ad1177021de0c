//! The page "Packages of {name}".

use super::head::{OrganizationHeader, OrganizationTab};
use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::ownership::selected::{select_package, selected_packages};
use crate::packages::owned::{name, published, version};
use crate::page::loaded::Loaded;
use crate::ui::button::LinkButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::number::grouped;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use domain::links;
use domain::profile::{OrganizationPackagesPage, OwnedPackage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn OrganizationPackages() -> impl IntoView {
    let organization = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadOrganizationPackages {
        organization: organization.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/organizations/packages", input = GetUrl)]
pub(crate) async fn read_organization_packages(
    organization: String,
    after: String,
    before: String,
) -> Result<OrganizationPackagesPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::organizations::packages(&gallery, &actor, &organization, place).await?)
}

fn page(data: Memo<OrganizationPackagesPage>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let empty = Memo::new(move |_| data.with(|page| page.packages.items.is_empty()));
    let neighbours = Signal::derive(move || {
        data.with(|page| {
            let path = links::organization_packages(&page.head.name);
            Neighbours::by_key(path.as_str(), "", &page.packages)
        })
    });
    view! {
        <OrganizationHeader head heading=|name| format!("Packages of {name}") current=OrganizationTab::Packages/>
        {move || if empty.get() { nothing() } else { table(data) }}
        <Pages neighbours/>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No packages yet.">
            <p>"Upload one and choose the organization as its owner, or push with an API key made for it."</p>
            <p><LinkButton text="Upload packages" href="/packages/manage/upload" class="button button-primary"/></p>
        </EmptyState>
    }
    .into_any()
}

fn table(data: Memo<OrganizationPackagesPage>) -> AnyView {
    let (organization, moves) = untrack(|| data.with(|page| (page.head.name.clone(), page.moves)));
    view! {
        {selected_packages(organization, moves)}
        <table class="table" aria-label="Packages">
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">"Select"</span></th>
                    <th scope="col">"Package"</th>
                    <th scope="col">"Newest version"</th>
                    <th scope="col">"Versions"</th>
                    <th scope="col">"Downloads"</th>
                    <th scope="col">"Owners"</th>
                    <th scope="col">"Published"</th>
                </tr>
            </thead>
            <tbody>{rows(move || data.with(|page| page.packages.items.clone()), row)}</tbody>
        </table>
    }
    .into_any()
}

fn row(package: OwnedPackage) -> AnyView {
    let (name, version, published) = (name(&package), version(&package), published(&package));
    let select = select_package(&package.id);
    let mark = match (&version, package.listed) {
        (None, _) => Some("No versions"),
        (Some(_), false) => Some("Unlisted"),
        (Some(_), true) => None,
    };
    let mark = mark.map(|mark| view! { " " <span class="badge">{mark}</span> }.into_any());
    let OwnedPackage {
        versions,
        downloads,
        owners,
        ..
    } = package;
    view! {
        <tr>
            <td class="table-select">{select}</td>
            <th scope="row">{name}{mark}</th>
            <td data-label="Newest version">{version}</td>
            <td data-label="Versions">{grouped(versions.into())}</td>
            <td data-label="Downloads">{grouped(downloads)}</td>
            <td data-label="Owners">{owners.join(", ")}</td>
            <td class="table-time" data-label="Published">{published}</td>
        </tr>
    }
    .into_any()
}
