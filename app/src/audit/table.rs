//! The table "Audit trail": of an organization, and of the whole site.

use crate::ui::rows::rows;
use crate::ui::time::Time;
use domain::audit::{AuditAction, AuditRow};
use domain::links;
use leptos::prelude::*;

/// The table.
pub(crate) fn table(events: impl Fn() -> Vec<AuditRow> + Send + Sync + 'static) -> AnyView {
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
            <tbody>{rows(events, row)}</tbody>
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
