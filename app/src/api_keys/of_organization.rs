//! The page "API keys of {name}".

use super::article::article;
use super::commands::PushCommands;
use super::create_form::CreateForm;
use super::members_keys::members_keys;
use super::new_key::{NewKey, NewKeyValue};
use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::package_owner::PackageOwner;
use crate::ui::rows::rows;
use domain::api_key::{ApiKeyRow, KeysOfOrganization, OrganizationKeysPage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn OrganizationApiKeys() -> impl IntoView {
    let organization = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadOrganizationApiKeys {
        organization: organization.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "api-keys/of-organization", input = GetUrl)]
pub(crate) async fn read_organization_api_keys(
    organization: String,
    after: String,
    before: String,
) -> Result<OrganizationKeysPage, Failure> {
    let actor = crate::backend::actor()?;
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::api_keys::of_organization(&crate::backend::gallery()?, &actor, &organization, place).await?)
}

fn page(data: Memo<OrganizationKeysPage>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let manages = Memo::new(move |_| data.with(|page| matches!(page.keys, KeysOfOrganization::Managed { .. })));
    view! {
        <OrganizationHeader head heading=|name| format!("API keys of {name}") current=OrganizationTab::ApiKeys/>
        <p class="lead">
            "With a key of its own, an organization pushes packages whoever comes and goes. Give each build server one, and only what it needs."
        </p>
        {move || if manages.get() { managed(data) } else { names(data) }}
    }
    .into_any()
}

/// What an administrator sees.
fn managed(data: Memo<OrganizationKeysPage>) -> AnyView {
    let new_key = NewKey::of_page();
    // As on one's own page, the form stays as it was when the page came.
    let (name, lifetimes) = untrack(|| data.with(|page| (page.head.name.clone(), lifetimes(page))));
    let none = Memo::new(move |_| data.with(|page| own(page).is_empty()));
    let empty = move || {
        none.get().then(|| {
            view! {
                <EmptyState title="The organization has no API keys yet.">
                    <p>"Build servers push with a key. Create one above."</p>
                </EmptyState>
            }
            .into_any()
        })
    };
    view! {
        <NewKeyValue new_key/>
        <h2>"Create an API key"</h2>
        <CreateForm owner=PackageOwner::Organization(name) lifetimes new_key/>
        <PushCommands/>
        <h2>"Keys of the organization"</h2>
        {empty}
        <div class="articles">
            {rows(move || data.with(|page| own(page).to_vec()), move |row| article(row, new_key))}
        </div>
        {members_keys(data)}
    }
    .into_any()
}

fn own(page: &OrganizationKeysPage) -> &[ApiKeyRow] {
    match &page.keys {
        KeysOfOrganization::Managed { own, .. } => own,
        KeysOfOrganization::Names(_) => &[],
    }
}

fn lifetimes(page: &OrganizationKeysPage) -> Vec<u16> {
    match &page.keys {
        KeysOfOrganization::Managed { lifetimes, .. } => lifetimes.clone(),
        KeysOfOrganization::Names(_) => Vec::new(),
    }
}

/// What a collaborator sees.
fn names(data: Memo<OrganizationKeysPage>) -> AnyView {
    let list = move || data.with(|page| list_of_names(&page.keys));
    view! { {list} }.into_any()
}

fn list_of_names(keys: &KeysOfOrganization) -> AnyView {
    match keys {
        KeysOfOrganization::Names(names) if !names.is_empty() => {
            let names = names.iter().map(|name| view! { <li>{name.clone()}</li> }.into_any());
            view! {
                <p>
                    "Administrators manage these keys. For yourself, you can create "
                    <a href="/account/apikeys">"a personal key"</a> "."
                </p>
                <ul aria-label="API keys">{names.collect::<Vec<_>>()}</ul>
            }
            .into_any()
        }
        _ => view! {
            <EmptyState title="The organization has no API keys yet.">
                <p>
                    "An administrator can create one. For yourself, you can create "
                    <a href="/account/apikeys">"a personal key"</a> "."
                </p>
            </EmptyState>
        }
        .into_any(),
    }
}
