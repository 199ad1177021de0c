//! The table "Members' policies": the personal policies by which members publish for the organization.

use super::article::badge;
use super::cut_off::CutOffPolicy;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::empty_state::EmptyState;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::Time;
use domain::links;
use domain::trusted_publishing::{MemberPolicyRow, OrganizationPoliciesPage, PoliciesOfOrganization, PolicyState};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The table with its heading and the way to its other pages.
pub(super) fn members_policies(data: Memo<OrganizationPoliciesPage>) -> AnyView {
    let lines = Memo::new(move |_| data.with(lines));
    let empty = Memo::new(move |_| lines.with(Vec::is_empty));
    let neighbours = Signal::derive(move || {
        data.with(|page| match &page.policies {
            PoliciesOfOrganization::Managed { members, .. } => {
                let path = links::organization_trusted_publishing(&page.head.name);
                Neighbours::by_key(path.as_str(), "", members)
            }
            PoliciesOfOrganization::Names(_) => Neighbours::default(),
        })
    });
    view! {
        <h2>"Members' policies"</h2>
        <p class="quiet">
            "Personal policies by which members publish for the organization. You can cut a policy off."
        </p>
        {move || if empty.get() { nothing() } else { table(lines) }}
        <Pages neighbours/>
    }
    .into_any()
}

/// A member's policy with the organization that can cut it off.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    organization: String,
    row: MemberPolicyRow,
}

fn lines(page: &OrganizationPoliciesPage) -> Vec<Line> {
    let PoliciesOfOrganization::Managed { members, .. } = &page.policies else {
        return Vec::new();
    };
    let line = |row: &MemberPolicyRow| Line {
        organization: page.head.name.clone(),
        row: row.clone(),
    };
    members.items.iter().map(line).collect()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No member publishes by a personal policy.">
            <p>"Members can create one on their own page of trusted publishing."</p>
        </EmptyState>
    }
    .into_any()
}

fn table(lines: Memo<Vec<Line>>) -> AnyView {
    view! {
        <table class="table" aria-label="Members' policies">
            <thead>
                <tr>
                    <th scope="col">"Policy"</th>
                    <th scope="col">"Member"</th>
                    <th scope="col">"Workload"</th>
                    <th scope="col">"Scopes"</th>
                    <th scope="col">"Packages"</th>
                    <th scope="col">"Last used"</th>
                    <th scope="col"><span class="visually-hidden">"What to do"</span></th>
                </tr>
            </thead>
            <tbody>{rows(move || lines.get(), view_of)}</tbody>
        </table>
    }
    .into_any()
}

fn view_of(line: Line) -> AnyView {
    let button = cut_off(&line);
    let row = line.row;
    let profile = links::profile(&row.member).to_string();
    let last_used = match row.last_used {
        Some(at) => view! { <Time at/> }.into_any(),
        None => "Never".into_any(),
    };
    let badge = (row.state != PolicyState::Active).then(|| view! { " " {badge(row.state)} }.into_any());
    view! {
        <tr>
            <th scope="row">{row.name}{badge}</th>
            <td data-label="Member"><a href=profile>{row.member}</a></td>
            <td data-label="Workload">{row.workload}</td>
            <td data-label="Scopes">{row.scopes.labels().join(", ")}</td>
            <td data-label="Packages"><span class="globs">{row.globs.join(" ")}</span></td>
            <td data-label="Last used">{last_used}</td>
            <td class="table-actions">{button}</td>
        </tr>
    }
    .into_any()
}

fn cut_off(line: &Line) -> AnyView {
    let MemberPolicyRow { key, name, member, .. } = &line.row;
    let key = key.to_string();
    let (member, organization) = (member.clone(), line.organization.clone());
    view! {
        <ConfirmDialog
            action=CutOffPolicy::PATH
            key=key.clone()
            opener=format!("Cut off {name} of {member}")
            title=format!("Cut off the policy {name} of {member}?")
            confirm=format!("Cut off {name}")
        >
            <p>
                "It stops publishing for " <strong>{organization.clone()}</strong>
                " at once and for ever. " {member} " gets a notification."
            </p>
            <input type="hidden" name="organization" value=organization/>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}
