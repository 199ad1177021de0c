//! The form "Publish" of a draft.

use super::publish::PublishDraft;
use super::uploads::Uploads;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::form::{Check, Form};
use crate::ui::select::{Choice, SelectField};
use domain::form::{Done, FieldErrors, UiError};
use domain::upload::{DraftOwner, NO_OWNER, PublishField};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Publishes a draft for the owner that is chosen, or that there is.
pub(super) fn publish_form(uploads: Uploads, draft: i64, owner: DraftOwner) -> AnyView {
    let check = matches!(owner, DraftOwner::Choice { .. }).then_some(owner_is_chosen as Check);
    let on_done = Callback::new(move |done: Done| uploads.published(draft, done));
    view! {
        <Form action=PublishDraft::PATH key=draft.to_string() class="draft-publish" nostrip:check=check on_done>
            <input type="hidden" name="draft" value=draft.to_string()/>
            {owner_field(owner)}
            <Checkbox name="listed" label="List in search results" checked=true/>
            <SubmitButton text="Publish"/>
        </Form>
    }
    .into_any()
}

/// A choice if there is one, else text.
fn owner_field(owner: DraftOwner) -> AnyView {
    match owner {
        DraftOwner::Existing(owners) => owner_text(owners.join(", ")),
        DraftOwner::Only(owner) => owner_text(owner),
        DraftOwner::Choice { owners, preselected } => {
            let choices = std::iter::once(Choice::new("", "Select an owner…"))
                .chain(owners.into_iter().map(Choice::same))
                .collect();
            let value = preselected.unwrap_or_default();
            view! { <SelectField name="owner" label="Owner" choices value/> }.into_any()
        }
    }
}

fn owner_text(owner: String) -> AnyView {
    view! {
        <div class="field">
            <span class="field-label">"Owner"</span>
            <span class="field-text">{owner}</span>
        </div>
    }
    .into_any()
}

fn owner_is_chosen(typed: &Typed) -> Result<(), UiError> {
    if typed.get("owner").is_empty() {
        Err(FieldErrors::one(PublishField::Owner, NO_OWNER).into())
    } else {
        Ok(())
    }
}
