//! One policy of the list.

use super::activate::ActivatePolicy;
use super::delete::DeletePolicy;
use super::edit::EditPolicy;
use super::fields::{fields, name_field};
use crate::ui::button::SubmitButton;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::facts::fact;
use crate::ui::form::Form;
use crate::ui::time::{Day, Time};
use domain::links;
use domain::trusted_publishing::{PolicyRow, PolicyState, WorkloadProvider, workload_text};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// A policy: whom it trusts, with what, and what can be done to it.
pub(super) fn article(row: &PolicyRow, providers: &[WorkloadProvider]) -> AnyView {
    let title = format!("policy-{}", row.key);
    let workload = workload_text(&row.provider_label, &row.repository_owner, &row.repository);
    let last_used = match row.last_used {
        Some(at) => view! { <Time at/> }.into_any(),
        None => "Never".into_any(),
    };
    let note = note(row).map(|note| view! { <p class="article-note">{note}</p> }.into_any());
    let maker = (!row.created_by.is_empty())
        .then(|| view! { <p class="article-note">{format!("Created by {}.", row.created_by)}</p> }.into_any());
    let buttons = buttons(row, providers);
    view! {
        <article class="article" aria-labelledby=title.clone()>
            <h3 class="article-title" id=title.clone()>{row.name.clone()}</h3>
            {badge(row.state)}
            {note}
            {maker}
            <dl class="facts">
                {fact("Workload", workload.into_any())}
                {optional("Workflow file", &row.workflow)}
                {optional("Environment", &row.environment)}
                {fact("Scopes", row.scopes.labels().join(", ").into_any())}
                {owner(row)}
                {fact("Packages", view! { <span class="globs">{row.globs.join(" ")}</span> }.into_any())}
                {fact("Created", view! { <Day at=row.created/> }.into_any())}
                {fact("Last used", last_used)}
            </dl>
            <div class="article-buttons">{buttons}</div>
        </article>
    }
    .into_any()
}

fn optional(name: &'static str, value: &str) -> Option<AnyView> {
    (!value.is_empty()).then(|| fact(name, value.to_owned().into_any()))
}

/// The owner; an organization's own policy stands on its page.
fn owner(row: &PolicyRow) -> Option<AnyView> {
    let profile = links::profile(&row.owner).to_string();
    (!row.owner.is_empty()).then(|| {
        fact(
            "Package owner",
            view! { <a href=profile>{row.owner.clone()}</a> }.into_any(),
        )
    })
}

/// Whether a policy works, in two or three words.
pub(super) fn badge(state: PolicyState) -> AnyView {
    let class = match state {
        PolicyState::Active => "badge badge-success",
        PolicyState::Waiting(_) | PolicyState::Ended | PolicyState::NeedsActivation => "badge badge-warning",
        _ => "badge badge-error",
    };
    view! { <span class=class>{state.label()}</span> }.into_any()
}

/// Why a policy does not work, and what to do.
fn note(row: &PolicyRow) -> Option<AnyView> {
    let owner = &row.owner;
    let text = match row.state {
        PolicyState::Active => return None,
        PolicyState::Waiting(until) => {
            return Some(
                view! {
                    "The workflow must publish once until " <Time at=until/>
                    ". From then on the policy trusts this very repository, and no other one that gets its name."
                }
                .into_any(),
            );
        }
        PolicyState::Ended => "Nobody published by it in time. Activate it to let it wait again.".to_owned(),
        PolicyState::CutOff => {
            format!("An administrator of {owner} has cut this policy off, and it never works again. Ask there.")
        }
        PolicyState::NotAMember => format!("This policy stopped because you are not a member of {owner} any more."),
        PolicyState::NeedsActivation => format!(
            "This policy stopped when you left {owner}. You are a member again: activate the policy if it is to work on."
        ),
        PolicyState::Policy(policy) => format!("A policy of {owner} refuses this. {}", policy.sentence()),
        PolicyState::OwnerUnconfirmed => "It is refused until its owner's email address is confirmed.".to_owned(),
        PolicyState::OwnerLocked => {
            "It is refused while its owner is locked. Ask the operators of this site.".to_owned()
        }
        PolicyState::PersonLocked => {
            "It is refused while your account is locked. Ask the operators of this site.".to_owned()
        }
        PolicyState::NoProvider => {
            "This site does not accept the provider any more. Ask its operators, or choose another one.".to_owned()
        }
    };
    Some(text.into_any())
}

fn buttons(row: &PolicyRow, providers: &[WorkloadProvider]) -> Vec<AnyView> {
    let mut buttons = Vec::new();
    if row.can_be_activated {
        buttons.push(activate(row));
    }
    if row.state != PolicyState::CutOff {
        buttons.push(edit(row, providers.to_vec()));
    }
    buttons.push(delete(row));
    buttons
}

fn activate(row: &PolicyRow) -> AnyView {
    let key = row.key.to_string();
    view! {
        <Form action=ActivatePolicy::PATH key=key.clone() class="form-inline">
            <input type="hidden" name="key" value=key/>
            <SubmitButton class="button button-small" text="Activate"/>
        </Form>
    }
    .into_any()
}

fn edit(row: &PolicyRow, providers: Vec<WorkloadProvider>) -> AnyView {
    let key = row.key.to_string();
    let row = row.clone();
    view! {
        <ConfirmDialog
            action=EditPolicy::PATH
            key=key.clone()
            opener="Edit"
            title=format!("Edit {}", row.name)
            confirm="Save policy"
            confirm_class="button button-primary"
        >
            <input type="hidden" name="key" value=key/>
            {name_field(row.name.clone())}
            {fields(Some(&row), &providers)}
        </ConfirmDialog>
    }
    .into_any()
}

fn delete(row: &PolicyRow) -> AnyView {
    let key = row.key.to_string();
    view! {
        <ConfirmDialog
            action=DeletePolicy::PATH
            key=key.clone()
            opener="Delete"
            title=format!("Delete the policy {}?", row.name)
            confirm=format!("Delete {}", row.name)
        >
            <p>"The workflow cannot publish by it any more, and the keys that it got end at once."</p>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}
