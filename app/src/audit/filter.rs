//! The filter of an audit trail. What it says is in the address.

use crate::layout::navigation::query_value;
use crate::ui::filter::{FilterSelect, FilterText};
use crate::ui::query_form::QueryForm;
use crate::ui::select::Choice;
use domain::audit::{AuditAction, AuditFilterField, AuditFilterForm, AuditPage};
use domain::form::Field;
use domain::links;
use leptos::prelude::*;

/// The filter that the page's address names.
pub(super) fn filter_of_address() -> Signal<AuditFilterForm> {
    let values = AuditFilterField::ALL.map(|field| (field.name(), query_value(field.name())));
    let filter = Memo::new(move |_| AuditFilterForm::of_query(values.iter().map(|(name, value)| (name, value.get()))));
    filter.into()
}

/// The form: nothing is asked for before "Filter" is pressed, since several things can be chosen together.
#[component]
pub(super) fn Filter(
    /// The page, which knows its members and what of the filter is wrong.
    data: Memo<AuditPage>,
    /// What the address says.
    filter: Signal<AuditFilterForm>,
    /// Whether the viewer sees every action.
    sees_all: bool,
) -> impl IntoView {
    let path = Signal::derive(move || data.with(|page| links::audit_trail(&page.head.name).to_string()));
    let members = Memo::new(move |_| data.with(|page| page.members.clone()));
    let value =
        move |field: AuditFilterField| Signal::derive(move || filter.with(|filter| filter.value(field).to_owned()));
    let error = move |field: AuditFilterField| {
        Signal::derive(move || {
            data.with(|page| {
                let told = page.problems.iter().find(|problem| problem.field == field.name());
                told.map(|problem| problem.message.clone())
            })
        })
    };
    let text = move |field: AuditFilterField, label: &'static str, placeholder: &'static str| {
        view! { <FilterText name=field.name() label value=value(field) error=error(field) placeholder/> }.into_any()
    };
    view! {
        <QueryForm action=path class="filters">
            {move || {
                let field = AuditFilterField::Member;
                select(field, "Member", choices("Everybody", members.get()), value(field), error(field))
            }}
            {select(
                AuditFilterField::Action,
                "Action",
                actions(sees_all),
                value(AuditFilterField::Action),
                error(AuditFilterField::Action),
            )}
            {text(AuditFilterField::Package, "Package", "Contoso.Json")}
            {text(AuditFilterField::Text, "Search", "")}
            {text(AuditFilterField::From, "From", "2026-11-22")}
            {text(AuditFilterField::To, "To", "2026-11-22")}
            <button class="button button-small" type="submit">"Filter"</button>
        </QueryForm>
    }
}

fn select(
    field: AuditFilterField,
    label: &'static str,
    choices: Vec<Choice>,
    value: Signal<String>,
    error: Signal<Option<String>>,
) -> AnyView {
    view! {
        <div class="field">
            <FilterSelect name=field.name() label choices value instant=false error/>
        </div>
    }
    .into_any()
}

fn choices(all: &'static str, each: Vec<String>) -> Vec<Choice> {
    std::iter::once(Choice::new("", all))
        .chain(each.into_iter().map(Choice::same))
        .collect()
}

/// The actions in words, those that the viewer gets to see.
fn actions(sees_all: bool) -> Vec<Choice> {
    let seen = AuditAction::ALL
        .iter()
        .filter(|action| sees_all || action.is_for_collaborators())
        .map(|action| Choice::new(action.value(), action.words()));
    std::iter::once(Choice::new("", "Everything")).chain(seen).collect()
}
