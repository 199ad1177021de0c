//! The page "Trusted publishing of {name}".

use super::article::article;
use super::fields::create_form;
use super::members_policies::members_policies;
use super::read::ReadOrganizationPolicies;
use super::snippets::snippets;
use crate::layout::navigation::{path_part, query_value};
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::package_owner::PackageOwner;
use crate::ui::rows::rows;
use domain::trusted_publishing::{OrganizationPoliciesPage, PoliciesOfOrganization, PolicyRow, WorkloadProvider};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn OrganizationTrustedPublishing() -> impl IntoView {
    let organization = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadOrganizationPolicies {
        organization: organization.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=page/> }
}

fn page(data: Memo<OrganizationPoliciesPage>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let manages = Memo::new(move |_| data.with(|page| matches!(page.policies, PoliciesOfOrganization::Managed { .. })));
    view! {
        <OrganizationHeader
            head
            heading=|name| format!("Trusted publishing of {name}")
            current=OrganizationTab::TrustedPublishing
        />
        <p class="lead">
            "A workflow publishes for the organization without a key that anybody keeps: it shows that it runs in a repository that a policy trusts, and gets a key for one hour."
        </p>
        {move || if manages.get() { managed(data) } else { names(data) }}
    }
    .into_any()
}

/// What an administrator sees.
fn managed(data: Memo<OrganizationPoliciesPage>) -> AnyView {
    // As on one's own page, the form stays as it was when the page came.
    let (name, providers) = untrack(|| data.with(|page| (page.head.name.clone(), providers(page))));
    let none = Memo::new(move |_| data.with(|page| own(page).is_empty()));
    let empty = move || {
        none.get().then(|| {
            view! {
                <EmptyState title="The organization has no publishing policies yet.">
                    <p>"Create one above, then run the workflow within seven days."</p>
                </EmptyState>
            }
            .into_any()
        })
    };
    let how_to = snippets(&name, &providers);
    let form = create_form(PackageOwner::Organization(name), &providers);
    view! {
        <h2>"Create a policy"</h2>
        {form}
        {how_to}
        <h2>"Policies of the organization"</h2>
        {empty}
        <div class="articles">
            {rows(move || data.with(|page| own(page).to_vec()), move |row| article(&row, &providers))}
        </div>
        {members_policies(data)}
    }
    .into_any()
}

fn own(page: &OrganizationPoliciesPage) -> &[PolicyRow] {
    match &page.policies {
        PoliciesOfOrganization::Managed { own, .. } => own,
        PoliciesOfOrganization::Names(_) => &[],
    }
}

fn providers(page: &OrganizationPoliciesPage) -> Vec<WorkloadProvider> {
    match &page.policies {
        PoliciesOfOrganization::Managed { providers, .. } => providers.clone(),
        PoliciesOfOrganization::Names(_) => Vec::new(),
    }
}

/// What a collaborator sees.
fn names(data: Memo<OrganizationPoliciesPage>) -> AnyView {
    let list = move || data.with(|page| list_of_names(&page.policies));
    view! { {list} }.into_any()
}

fn list_of_names(policies: &PoliciesOfOrganization) -> AnyView {
    match policies {
        PoliciesOfOrganization::Names(names) if !names.is_empty() => {
            let names = names.iter().map(|name| view! { <li>{name.clone()}</li> }.into_any());
            view! {
                <p>"Administrators manage these policies."</p>
                <ul aria-label="Publishing policies">{names.collect::<Vec<_>>()}</ul>
            }
            .into_any()
        }
        _ => view! {
            <EmptyState title="The organization has no publishing policies yet.">
                <p>"An administrator can create one."</p>
            </EmptyState>
        }
        .into_any(),
    }
}
