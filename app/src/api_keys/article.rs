//! One key of the list.

use super::confirm::ConfirmApiKey;
use super::create_form::GLOB_HINT;
use super::delete::DeleteApiKey;
use super::edit::EditApiKey;
use super::new_key::NewKey;
use super::regenerate::regenerate_button;
use super::revoke::RevokeApiKey;
use crate::ui::button::SubmitButton;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::facts::fact;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use crate::ui::text_field::TextField;
use crate::ui::time::{Day, Time};
use crate::ui::why::why_key;
use domain::api_key::{ApiKeyRow, ApiKeyState, KeyHistory};
use domain::links;
use domain::permission::Policy;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// A key: what it is good for, and what can be done to it.
pub(super) fn article(row: ApiKeyRow, new_key: NewKey) -> AnyView {
    let title = format!("api-key-{}", row.key);
    let last_used = match row.last_used {
        Some(at) => view! { <Time at/> }.into_any(),
        None => "Never".into_any(),
    };
    let note = note(&row).map(|note| view! { <p class="article-note">{note}</p> }.into_any());
    let buttons = buttons(&row, new_key);
    let known = row.history.as_ref().map(history);
    let owner = owner(&row);
    view! {
        <article class="article" aria-labelledby=title.clone()>
            <h3 class="article-title" id=title.clone()>{row.name}</h3>
            {badge(row.state)}
            {note}
            {known}
            <dl class="facts">
                {fact("Scopes", row.scopes.labels().join(", ").into_any())}
                {owner}
                {fact("Packages", view! { <span class="globs">{row.globs.join(" ")}</span> }.into_any())}
                {fact("Created", view! { <Day at=row.created/> }.into_any())}
                {fact("Last used", last_used)}
                {fact(expiry_label(row.state), view! { <Day at=row.expires/> }.into_any())}
            </dl>
            {why_key(format!("{title}-why"), row.why)}
            <div class="article-buttons">{buttons}</div>
        </article>
    }
    .into_any()
}

/// The owner; an organization's own key stands on its page, and a deleted owner has no name.
fn owner(row: &ApiKeyRow) -> Option<AnyView> {
    if row.history.is_some() || row.owner.is_empty() {
        return None;
    }
    let profile = links::profile(&row.owner).to_string();
    Some(fact(
        "Package owner",
        view! { <a href=profile>{row.owner.clone()}</a> }.into_any(),
    ))
}

/// Who had to do with an organization's key, and who should not know its value any more.
fn history(history: &KeyHistory) -> AnyView {
    let shown_to = match history.shown_to.as_slice() {
        [] => "nobody here".to_owned(),
        people => people.join(", "),
    };
    let gone = history.gone.iter().map(|person| {
        let text = format!("{person}, who is no member any more, knows this value. Regenerate it.");
        view! { <Notice tone=Tone::Warning><p>{text}</p></Notice> }.into_any()
    });
    view! {
        <p class="article-note">{format!("Created by {}. Shown to {shown_to}.", history.created_by)}</p>
        {gone.collect::<Vec<_>>()}
    }
    .into_any()
}

/// Whether a key works, in two or three words.
pub(super) fn badge(state: ApiKeyState) -> AnyView {
    let class = match state {
        ApiKeyState::Active => "badge badge-success",
        ApiKeyState::Expired | ApiKeyState::NeedsConfirmation => "badge badge-warning",
        _ => "badge badge-error",
    };
    view! { <span class=class>{state.label()}</span> }.into_any()
}

const fn expiry_label(state: ApiKeyState) -> &'static str {
    match state {
        ApiKeyState::Expired => "Expired",
        _ => "Expires",
    }
}

/// Why a key does not work, and what to do.
fn note(row: &ApiKeyRow) -> Option<String> {
    let owner = &row.owner;
    Some(match row.state {
        ApiKeyState::Active => return None,
        ApiKeyState::Expired => {
            "This key does not work any more. Regenerate it to get a new value for as long again.".to_owned()
        }
        ApiKeyState::Revoked => "This key never works again. Create a new one in its place.".to_owned(),
        ApiKeyState::CutOff => {
            format!(
                "An administrator of {owner} has cut this key off, and it never works again. Ask there for the reason."
            )
        }
        ApiKeyState::NotAMember => format!("This key stopped because you are not a member of {owner} any more."),
        ApiKeyState::NeedsConfirmation => {
            format!(
                "This key stopped when you left {owner}. You are a member again: confirm the key if it is to work on."
            )
        }
        ApiKeyState::Policy(Policy::KeyLifetime) => {
            format!("This key is older than a policy of {owner} allows. Regenerate it to get a new value that works.")
        }
        ApiKeyState::Policy(policy) => format!("A policy of {owner} refuses this key. {}", policy.sentence()),
        ApiKeyState::OwnerUnconfirmed => {
            format!("This key is refused until the email address of {owner} is confirmed.")
        }
        ApiKeyState::OwnerLocked => {
            format!("This key is refused while {owner} is locked. Ask the operators of this site.")
        }
        ApiKeyState::OwnerDeleted => "The owner of this key is deleted, so it never works again. Delete it.".to_owned(),
        ApiKeyState::PersonLocked => {
            "This key is refused while your account is locked. Ask the operators of this site.".to_owned()
        }
    })
}

/// What can be done to a key of this state.
fn buttons(row: &ApiKeyRow, new_key: NewKey) -> Vec<AnyView> {
    let state = row.state;
    let renewable = matches!(
        state,
        ApiKeyState::Active | ApiKeyState::Expired | ApiKeyState::Policy(Policy::KeyLifetime)
    );
    let mut buttons = Vec::new();
    if state == ApiKeyState::NeedsConfirmation {
        buttons.push(confirm(row));
    }
    if !state.is_final() {
        buttons.push(edit(row));
    }
    if renewable {
        buttons.push(regenerate_button(row.key, &row.name, new_key));
    }
    if !state.is_final() && state != ApiKeyState::Expired {
        buttons.push(revoke(row));
    }
    buttons.push(delete(row));
    buttons
}

fn confirm(row: &ApiKeyRow) -> AnyView {
    let key = row.key.to_string();
    let text = format!("Confirm {}", row.name);
    view! {
        <Form action=ConfirmApiKey::PATH key=key.clone() class="form-inline">
            <input type="hidden" name="key" value=key/>
            <SubmitButton class="button button-small button-primary" text/>
        </Form>
    }
    .into_any()
}

fn edit(row: &ApiKeyRow) -> AnyView {
    let key = row.key.to_string();
    let globs = row.globs.join(" ");
    view! {
        <ConfirmDialog
            action=EditApiKey::PATH
            key=key.clone()
            opener="Edit"
            title=format!("Edit {}", row.name)
            confirm="Save"
            confirm_class="button button-primary"
        >
            <input type="hidden" name="key" value=key/>
            <TextField name="globs" label="Glob pattern" value=globs hint=GLOB_HINT/>
        </ConfirmDialog>
    }
    .into_any()
}

fn revoke(row: &ApiKeyRow) -> AnyView {
    let key = row.key.to_string();
    view! {
        <ConfirmDialog
            action=RevokeApiKey::PATH
            key=key.clone()
            opener="Revoke"
            title=format!("Revoke the key {}?", row.name)
            confirm=format!("Revoke {}", row.name)
        >
            <p>"It stops working at once and for ever. It stays in the list."</p>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}

fn delete(row: &ApiKeyRow) -> AnyView {
    let key = row.key.to_string();
    view! {
        <ConfirmDialog
            action=DeleteApiKey::PATH
            key=key.clone()
            opener="Delete"
            title=format!("Delete the key {}?", row.name)
            confirm=format!("Delete {}", row.name)
        >
            <p>"It stops working at once and is gone from the list."</p>
            <input type="hidden" name="key" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}
