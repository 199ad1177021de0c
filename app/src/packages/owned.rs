//! The page "Manage packages": what a person and their organizations own.

use super::card::owners;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::ownership::requests::requests;
use crate::page::loaded::Loaded;
use crate::prefixes::own::prefixes;
use crate::ui::button::LinkButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::filter::{FilterButton, FilterSelect};
use crate::ui::number::grouped;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::query_form::QueryForm;
use crate::ui::rows::rows;
use crate::ui::select::Choice;
use crate::ui::time::Day;
use domain::links;
use domain::profile::{ManagePackagesPage, OwnedPackage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page "Manage packages".
#[component]
pub(crate) fn ManagePackages() -> impl IntoView {
    let owner = query_value("owner");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadOwnedPackages {
        owner: owner.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=move |data| owned(owner, data)/> }
}

/// The packages of the person and their organizations, or of one of them.
#[server(prefix = "/rpc", endpoint = "/packages/owned", input = GetUrl)]
pub(crate) async fn read_owned_packages(
    owner: String,
    after: String,
    before: String,
) -> Result<ManagePackagesPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::packages::owned(
        &gallery,
        &actor,
        &owner,
        &domain::page::Place::of_query(&after, &before),
    )
    .await?)
}

fn owned(owner: Signal<String>, data: Memo<ManagePackagesPage>) -> AnyView {
    let neighbours = Signal::derive(move || {
        let filter = owner.with(|owner| match owner.as_str() {
            "" => String::new(),
            owner => format!("owner={}", links::percent_encode(owner)),
        });
        data.with(|page| Neighbours::by_key("/account/packages", &filter, &page.packages))
    });
    let empty = Memo::new(move |_| data.with(|page| page.packages.items.is_empty()));
    let list = move || {
        if empty.get() {
            owner.with(|owner| nothing(owner))
        } else {
            table(data)
        }
    };
    view! {
        <div class="page-head">
            <Heading text="Manage packages"/>
            <LinkButton text="Upload packages" href="/packages/manage/upload" class="button button-primary"/>
        </div>
        <div class="list-head"><Filter owner data/></div>
        {requests(data)}
        {list}
        <Pages neighbours/>
        {prefixes(data)}
    }
    .into_any()
}

/// Whose packages.
#[component]
fn Filter(owner: Signal<String>, data: Memo<ManagePackagesPage>) -> impl IntoView {
    let names = untrack(|| data.with(|page| page.owners.clone()));
    // The address may write a name in another case than its owner does.
    let chosen = Signal::derive(move || {
        let owner = owner.get();
        data.with(|page| {
            let mut names = page.owners.iter();
            names.find(|name| name.eq_ignore_ascii_case(&owner)).cloned()
        })
        .unwrap_or_default()
    });
    let choices = std::iter::once(Choice::new("", "All owners"))
        .chain(names.into_iter().map(Choice::same))
        .collect();
    view! {
        <QueryForm action="/account/packages" class="filter">
            <FilterSelect name="owner" label="Owner" choices value=chosen/>
            <FilterButton/>
        </QueryForm>
    }
}

fn table(data: Memo<ManagePackagesPage>) -> AnyView {
    view! {
        <table class="table" aria-label="Packages">
            <thead>
                <tr>
                    <th scope="col">"Package"</th>
                    <th scope="col">"Listing"</th>
                    <th scope="col">"Newest version"</th>
                    <th scope="col">"Owners"</th>
                    <th scope="col">"Downloads"</th>
                    <th scope="col">"Published"</th>
                    <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>{rows(move || data.with(|page| page.packages.items.clone()), row)}</tbody>
        </table>
    }
    .into_any()
}

fn row(package: OwnedPackage) -> AnyView {
    let (name, listing) = (name(&package), listing_of(&package));
    let (version, published) = (version(&package), published(&package));
    let manage = links::manage_package(&package.id).to_string();
    let label = format!("Manage {}", package.id);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label="Listing">{listing}</td>
            <td data-label="Newest version">{version}</td>
            <td data-label="Owners"><span>{owners(package.owners)}</span></td>
            <td data-label="Downloads">{grouped(package.downloads)}</td>
            <td data-label="Published">{published}</td>
            <td class="table-actions"><a class="button button-small" href=manage aria-label=label>"Manage"</a></td>
        </tr>
    }
    .into_any()
}

/// The id, with the way to its page if it has one.
pub(crate) fn name(package: &OwnedPackage) -> AnyView {
    let id = package.id.clone();
    if package.version.is_empty() {
        return id.into_any();
    }
    let page = links::package(&id).to_string();
    view! { <a href=page>{id}</a> }.into_any()
}

/// The newest version, if there is one.
pub(crate) fn version(package: &OwnedPackage) -> Option<String> {
    (!package.version.is_empty()).then(|| package.version.clone())
}

/// The day on which the newest version was published.
pub(crate) fn published(package: &OwnedPackage) -> Option<AnyView> {
    package.published.map(|at| view! { <Day at/> }.into_any())
}

fn listing_of(package: &OwnedPackage) -> AnyView {
    if package.version.is_empty() {
        view! { <span class="badge">"No versions"</span> }.into_any()
    } else {
        listing(package.listed)
    }
}

/// The mark of a version that its owners advise against.
pub(super) fn deprecated() -> AnyView {
    view! { <span class="badge badge-warning">"Deprecated"</span> }.into_any()
}

/// Whether lists show it.
pub(super) fn listing(listed: bool) -> AnyView {
    if listed {
        view! { <span class="badge badge-success">"Listed"</span> }.into_any()
    } else {
        view! { <span class="badge badge-warning">"Unlisted"</span> }.into_any()
    }
}

fn nothing(owner: &str) -> AnyView {
    let title = if owner.is_empty() {
        "You have no packages yet.".to_owned()
    } else {
        format!("{owner} has no packages yet.")
    };
    view! {
        <EmptyState title>
            <p>"Upload a package above, or push one with your client: "
                <a href="/help/feed">"how to use this feed"</a> "."</p>
        </EmptyState>
    }
    .into_any()
}
