//! The page "Audit trail of {name}".

use super::filter::{Filter, filter_of_address};
use super::table::table;
use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::time::Time;
use domain::audit::{AuditFilterForm, AuditPage};
use domain::links;
use domain::organization::OrganizationHead;
use domain::permission::{Action, Standing};
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn AuditTrail() -> impl IntoView {
    let organization = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let filter = filter_of_address();
    let read = move || ReadAuditTrail {
        organization: organization.get(),
        filter: filter.get().encoded(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=move |data| page(data, filter)/> }
}

/// What the page shows. The filter comes as the page's address has it.
#[server(prefix = "/rpc", endpoint = "/audit/trail", input = GetUrl)]
pub(crate) async fn read_audit_trail(
    organization: String,
    #[server(default)] filter: String,
    after: String,
    before: String,
) -> Result<AuditPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = gallery::audit_trail::filter_of_query(&filter);
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::audit_trail::filtered(&gallery, &actor, &organization, &form, place).await?)
}

fn page(data: Memo<AuditPage>, filter: Signal<AuditFilterForm>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let empty = Memo::new(move |_| data.with(|page| page.events.items.is_empty()));
    let asked = Memo::new(move |_| filter.with(AuditFilterForm::encoded));
    let searched_to = Memo::new(move |_| data.with(|page| page.searched_to));
    let neighbours = Signal::derive(move || {
        data.with(|page| {
            let path = links::audit_trail(&page.head.name);
            Neighbours::by_key(path.as_str(), &asked.get(), &page.events)
        })
    });
    view! {
        <OrganizationHeader head heading=|name| format!("Audit trail of {name}") current=OrganizationTab::AuditTrail/>
        {move || (!head.with(sees_all)).then(partial)}
        <Filter data filter sees_all=head.with_untracked(sees_all)/>
        <p class="field-hint">"Days are those of UTC, the first and the last included."</p>
        {downloads(head, asked)}
        {move || searched_to.get().map(searched)}
        {move || if empty.get() {
            let path = head.with_untracked(|head| links::audit_trail(&head.name).to_string());
            nothing(!asked.get().is_empty(), path)
        } else {
            table(move || data.with(|page| page.events.items.clone()))
        }}
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

/// The links to the same events as files. The browser is to fetch them itself, not the application.
fn downloads(head: Memo<OrganizationHead>, asked: Memo<String>) -> AnyView {
    let csv = move || head.with(|head| links::audit_csv(&head.name, &asked.get()).to_string());
    let json = move || head.with(|head| links::audit_json(&head.name, &asked.get()).to_string());
    view! {
        <p class="filter">
            <a class="button button-small" href=csv rel="external" download="">"Download CSV"</a>
            <a class="button button-small" href=json rel="external" download="">"Download JSON"</a>
        </p>
    }
    .into_any()
}

/// A rare text is looked for a stretch at a time.
fn searched(to: Timestamp) -> AnyView {
    view! {
        <Notice tone=Tone::Info>
            <p>"Searched as far as " <Time at=to/> ". There is more of the trail: turn the page to search on."</p>
        </Notice>
    }
    .into_any()
}

fn nothing(filtered: bool, path: String) -> AnyView {
    if filtered {
        view! {
            <EmptyState title="No event fits here.">
                <p>"Ask for less in the filter, or " <a href=path>"show all events"</a> "."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title="No events here.">
                <p>"What members change and what keys publish is written here. Come back after the next change."</p>
            </EmptyState>
        }
        .into_any()
    }
}
