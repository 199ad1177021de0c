//! The table "Members' keys": the personal keys with which members push for the organization.

use super::article::badge;
use super::cut_off::CutOffApiKey;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::empty_state::EmptyState;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::{Day, Time};
use crate::ui::why::why_key;
use domain::api_key::{ApiKeyState, KeysOfOrganization, MemberKeyRow, OrganizationKeysPage};
use domain::links;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The table with its heading and the way to its other pages.
pub(super) fn members_keys(data: Memo<OrganizationKeysPage>) -> AnyView {
    let lines = Memo::new(move |_| data.with(lines));
    let empty = Memo::new(move |_| lines.with(Vec::is_empty));
    let neighbours = Signal::derive(move || {
        data.with(|page| match &page.keys {
            KeysOfOrganization::Managed { members, .. } => {
                let path = links::organization_api_keys(&page.head.name);
                Neighbours::by_key(path.as_str(), "", members)
            }
            KeysOfOrganization::Names(_) => Neighbours::default(),
        })
    });
    view! {
        <h2>"Members' keys"</h2>
        <p class="quiet">
            "Personal keys with which members push for the organization. Their values are theirs alone; you can cut a key off."
        </p>
        {move || if empty.get() { nothing() } else { table(lines) }}
        <Pages neighbours/>
    }
    .into_any()
}

/// A member's key with the organization that can cut it off.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    organization: String,
    row: MemberKeyRow,
}

fn lines(page: &OrganizationKeysPage) -> Vec<Line> {
    let KeysOfOrganization::Managed { members, .. } = &page.keys else {
        return Vec::new();
    };
    let line = |row: &MemberKeyRow| Line {
        organization: page.head.name.clone(),
        row: row.clone(),
    };
    members.items.iter().map(line).collect()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No member pushes with a personal key.">
            <p>"Members can create one on their own page of API keys, with the organization as its owner."</p>
        </EmptyState>
    }
    .into_any()
}

fn table(lines: Memo<Vec<Line>>) -> AnyView {
    view! {
        <table class="table" aria-label="Members' keys">
            <thead>
                <tr>
                    <th scope="col">"Key"</th>
                    <th scope="col">"Member"</th>
                    <th scope="col">"Scopes"</th>
                    <th scope="col">"Packages"</th>
                    <th scope="col">"Last used"</th>
                    <th scope="col">"Expires"</th>
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
    let why = why_key(format!("member-key-{}-why", row.key), row.why);
    let badge = (row.state != ApiKeyState::Active).then(|| view! { " " {badge(row.state)} }.into_any());
    view! {
        <tr>
            <th scope="row">{row.name}{badge}</th>
            <td data-label="Member"><a href=profile>{row.member}</a></td>
            <td data-label="Scopes"><div>{row.scopes.labels().join(", ")} {why}</div></td>
            <td data-label="Packages"><span class="globs">{row.globs.join(" ")}</span></td>
            <td data-label="Last used">{last_used}</td>
            <td class="table-time" data-label="Expires"><Day at=row.expires/></td>
            <td class="table-actions">{button}</td>
        </tr>
    }
    .into_any()
}

fn cut_off(line: &Line) -> AnyView {
    let MemberKeyRow { key, name, member, .. } = &line.row;
    let key = key.to_string();
    let (member, organization) = (member.clone(), line.organization.clone());
    view! {
        <ConfirmDialog
            action=CutOffApiKey::PATH
            key=key.clone()
            opener=format!("Cut off {name} of {member}")
            title=format!("Cut off the key {name} of {member}?")
            confirm=format!("Cut off {name}")
        >
            <p>
                "It stops pushing for " <strong>{organization.clone()}</strong>
                " at once and for ever. " {member} " is told by mail."
            </p>
            <input type="hidden" name="organization" value=organization/>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}
