//! The page "API keys".

use super::article::article;
use super::commands::PushCommands;
use super::create_form::CreateForm;
use super::new_key::{NewKey, NewKeyValue};
use super::read::ReadApiKeys;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::package_owner::PackageOwner;
use crate::ui::rows::rows;
use domain::api_key::ApiKeysPage;
use leptos::prelude::*;

/// The page "API keys".
#[component]
pub(crate) fn ApiKeys() -> impl IntoView {
    view! { <Loaded read=|| ReadApiKeys {} view=page/> }
}

fn page(data: Memo<ApiKeysPage>) -> AnyView {
    let new_key = NewKey::of_page();
    // The choice of owners stays as it was when the page came: drawn anew, the form would lose what is typed.
    let (owners, lifetimes) = untrack(|| data.with(|page| (page.owners.clone(), page.lifetimes.clone())));
    let none = Memo::new(move |_| data.with(|page| page.keys.is_empty()));
    let empty = move || {
        none.get().then(|| {
            view! {
                <EmptyState title="You have no API keys yet.">
                    <p>"Clients and build servers push with a key. Create one above."</p>
                </EmptyState>
            }
            .into_any()
        })
    };
    view! {
        <Heading text="API keys"/>
        <p class="lead">
            "With a key, a client or a build server pushes packages in your name. Give each its own, and only what it needs."
        </p>
        <NewKeyValue new_key/>
        <h2>"Create an API key"</h2>
        <CreateForm owner=PackageOwner::OneOf(owners) lifetimes new_key/>
        <PushCommands/>
        <h2>"Your keys"</h2>
        {empty}
        <div class="articles">
            {rows(move || data.with(|page| page.keys.clone()), move |row| article(row, new_key))}
        </div>
    }
    .into_any()
}
