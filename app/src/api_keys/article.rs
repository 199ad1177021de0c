//! One key of the list.

use super::confirm::ConfirmApiKey;
use super::create_form::GLOB_HINT;
use super::delete::DeleteApiKey;
use super::edit::EditApiKey;
use super::new_key::NewKey;
use super::regenerate::RegenerateApiKey;
use super::revoke::RevokeApiKey;
use crate::ui::button::SubmitButton;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::form::Form;
use crate::ui::text_field::TextField;
use crate::ui::time::{Day, Time};
use domain::api_key::{ApiKeyRow, ApiKeyState};
use domain::links;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// A key: what it is good for, and what can be done to it.
pub(super) fn article(row: ApiKeyRow, new_key: NewKey) -> AnyView {
    let title = format!("api-key-{}", row.key);
    let profile = links::profile(&row.owner).to_string();
    let (badge, state) = state(row.state);
    let last_used = match row.last_used {
        Some(at) => view! { <Time at/> }.into_any(),
        None => "Never".into_any(),
    };
    let note = note(&row).map(|note| view! { <p class="article-note">{note}</p> }.into_any());
    let buttons = buttons(&row, new_key);
    view! {
        <article class="article" aria-labelledby=title.clone()>
            <h3 class="article-title" id=title.clone()>{row.name}</h3>
            <span class=badge>{state}</span>
            {note}
            <dl class="facts">
                {fact("Scopes", row.scopes.labels().join(", ").into_any())}
                {fact("Package owner", view! { <a href=profile>{row.owner}</a> }.into_any())}
                {fact("Packages", view! { <span class="globs">{row.globs.join(" ")}</span> }.into_any())}
                {fact("Created", view! { <Day at=row.created/> }.into_any())}
                {fact("Last used", last_used)}
                {fact(expiry_label(row.state), view! { <Day at=row.expires/> }.into_any())}
            </dl>
            <div class="article-buttons">{buttons}</div>
        </article>
    }
    .into_any()
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

const fn state(state: ApiKeyState) -> (&'static str, &'static str) {
    match state {
        ApiKeyState::Active => ("badge badge-success", "Active"),
        ApiKeyState::Expired => ("badge badge-warning", "Expired"),
        ApiKeyState::Revoked => ("badge badge-error", "Revoked"),
        ApiKeyState::NotAMember => ("badge badge-error", "Not a member any more"),
        ApiKeyState::NeedsConfirmation => ("badge badge-warning", "To be confirmed"),
    }
}

const fn expiry_label(state: ApiKeyState) -> &'static str {
    match state {
        ApiKeyState::Expired => "Expired",
        _ => "Expires",
    }
}

/// Why a key does not work, and what to do.
fn note(row: &ApiKeyRow) -> Option<String> {
    match row.state {
        ApiKeyState::Active => None,
        ApiKeyState::Expired => {
            Some("This key does not work any more. Regenerate it to get a new value for as long again.".to_owned())
        }
        ApiKeyState::Revoked => Some("This key never works again. Create a new one in its place.".to_owned()),
        ApiKeyState::NotAMember => Some(format!(
            "This key stopped because you are not a member of {} any more.",
            row.owner
        )),
        ApiKeyState::NeedsConfirmation => Some(format!(
            "This key stopped when you left {}. You are a member again: confirm the key if it is to work on.",
            row.owner
        )),
    }
}

/// What can be done to a key of this state.
fn buttons(row: &ApiKeyRow, new_key: NewKey) -> Vec<AnyView> {
    let state = row.state;
    let works = state == ApiKeyState::Active;
    let mut buttons = Vec::new();
    if state == ApiKeyState::NeedsConfirmation {
        buttons.push(confirm(row));
    }
    if state != ApiKeyState::Revoked {
        buttons.push(edit(row));
    }
    if works || state == ApiKeyState::Expired {
        buttons.push(regenerate(row, new_key));
    }
    if state != ApiKeyState::Revoked && state != ApiKeyState::Expired {
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

fn regenerate(row: &ApiKeyRow, new_key: NewKey) -> AnyView {
    let key = row.key.to_string();
    view! {
        <ConfirmDialog
            action=RegenerateApiKey::PATH
            key=key.clone()
            opener="Regenerate"
            title=format!("Regenerate the key {}?", row.name)
            confirm=format!("Regenerate {}", row.name)
            on_done=new_key.on_done()
        >
            <p>"The value in use stops working at once. You get a new one, for as long as the key was made for."</p>
            <input type="hidden" name="key" value=key/>
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
