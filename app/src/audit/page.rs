//! The page "Audit trail of {name}".

use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::Time;
use domain::audit::{AuditAction, AuditPage, AuditRow};
use domain::links;
use domain::organization::OrganizationHead;
use domain::permission::{Action, Standing};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn AuditTrail() -> impl IntoView {
    let organization = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadAuditTrail {
        organization: organization.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/audit/trail", input = GetUrl)]
pub(crate) async fn read_audit_trail(
    organization: String,
    after: String,
    before: String,
) -> Result<AuditPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::audit_trail::of_organization(&gallery, &actor, &organization, place).await?)
}

fn page(data: Memo<AuditPage>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let empty = Memo::new(move |_| data.with(|page| page.events.items.is_empty()));
    let neighbours = Signal::derive(move || {
        data.with(|page| {
            let path = links::audit_trail(&page.head.name);
            Neighbours::by_key(path.as_str(), "", &page.events)
        })
    });
    view! {
        <OrganizationHeader head heading=|name| format!("Audit trail of {name}") current=OrganizationTab::AuditTrail/>
        {move || (!head.with(sees_all)).then(partial)}
        {move || if empty.get() { nothing() } else { table(data) }}
        <Pages neighbours/>
    }
    .into_any()
}

/// Whether the viewer gets every event; the permission table says so.
fn sees_all(head: &OrganizationHead) -> bool {
    head.role
        .is_some_and(|role| Action::SeeAuditTrail.allows(Standing::Member(role)))
}

fn partial() -> AnyView {
    view! {
        <Notice tone=Tone::Info>
            <p>"As a collaborator you see what happened to packages and members. Administrators see everything."</p>
        </Notice>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No events here.">
            <p>"What members change and what keys publish is written here. Come back after the next change."</p>
        </EmptyState>
    }
    .into_any()
}

fn table(data: Memo<AuditPage>) -> AnyView {
    view! {
        <table class="table" aria-label="Audit trail">
            <thead>
                <tr>
                    <th scope="col">"Time"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"Subject"</th>
                    <th scope="col">"Change"</th>
                    <th scope="col">"Credential"</th>
                </tr>
            </thead>
            <tbody>{rows(move || data.with(|page| page.events.items.clone()), row)}</tbody>
        </table>
    }
    .into_any()
}

fn row(event: AuditRow) -> AnyView {
    let what = AuditAction::parse(&event.action).map_or(event.action, |action| action.words().to_owned());
    let who = if event.who_is_account {
        let href = links::profile(&event.who).to_string();
        view! { <a href=href>{event.who}</a> }.into_any()
    } else {
        view! { {event.who} }.into_any()
    };
    view! {
        <tr>
            <td class="table-time" data-label="Time"><Time at=event.time/></td>
            <td data-label="Who">{who}</td>
            <td data-label="What">{what}</td>
            <td data-label="Subject">{event.subject}</td>
            <td data-label="Change">{change(event.before, event.after)}</td>
            <td data-label="Credential">{event.credential}</td>
        </tr>
    }
    .into_any()
}

/// What it was, struck out, and what it is since. The element around both keeps them on one line in narrow tables.
fn change(before: String, after: String) -> Option<AnyView> {
    let arrow = (!before.is_empty() && !after.is_empty()).then_some(" → ");
    let any = !before.is_empty() || !after.is_empty();
    let before = (!before.is_empty()).then(|| view! { <del class="change">{before}</del> }.into_any());
    let after = (!after.is_empty()).then(|| view! { <ins class="change">{after}</ins> }.into_any());
    any.then(|| view! { <span>{before} {arrow} {after}</span> }.into_any())
}
