//! Whether a key works, as the lists tell it: by the same table that judges a push.

use super::authenticate::holder_of;
use crate::actor::KeyHolder;
use crate::authorization::{standing_behind_key, state_of};
use crate::store;
use domain::api_key::ApiKeyState;
use domain::permission::{Action, Denied, PersonState, PushScope, Question, Role, decide};
use domain::time::Timestamp;
use schema::entity::{account, api_key};

/// Whether a key works; of several reasons against it, the one that only a new key cures comes first. `role` is the
/// person's in the owner.
pub(super) fn state(
    row: &api_key::Model,
    now: Timestamp,
    holder: &account::Model,
    owner: Option<&account::Model>,
    role: Option<Role>,
) -> ApiKeyState {
    let Some(owner) = owner else {
        return ApiKeyState::OwnerDeleted;
    };
    if row.cut_off {
        return ApiKeyState::CutOff;
    }
    if row.revoked_at.is_some() {
        return ApiKeyState::Revoked;
    }
    if row.expires_at <= now.micros() {
        return ApiKeyState::Expired;
    }
    match (judged(row, now, holder, owner, role), row.suspended) {
        (Err(Denied::SignIn | Denied::NotFound | Denied::NotAMember | Denied::Role), _) => ApiKeyState::NotAMember,
        (_, true) => ApiKeyState::NeedsConfirmation,
        (Err(Denied::Policy(policy)), _) => ApiKeyState::Policy(policy),
        (Err(Denied::Unconfirmed), _) => ApiKeyState::OwnerUnconfirmed,
        (Err(Denied::PersonLocked), _) if holder.id != owner.id => ApiKeyState::PersonLocked,
        (Err(Denied::PersonLocked | Denied::AccountLocked), _) => ApiKeyState::OwnerLocked,
        // What is about one package is no reason against the key.
        _ => ApiKeyState::Active,
    }
}

/// Asks the permission table about the least that the key is for.
fn judged(
    row: &api_key::Model,
    now: Timestamp,
    person: &account::Model,
    owner: &account::Model,
    role: Option<Role>,
) -> Result<(), Denied> {
    let action = match store::api_keys::scopes(row).push {
        PushScope::None => Action::ChangeListing,
        PushScope::Versions | PushScope::NewPackages => Action::PublishVersion,
    };
    decide(&question(action, &holder_of(row), now, person, owner, role))
}

/// The question whether a key may do something for its owner.
pub(super) fn question<'a>(
    action: Action,
    holder: &'a KeyHolder,
    now: Timestamp,
    person: &account::Model,
    owner: &account::Model,
    role: Option<Role>,
) -> Question<'a> {
    Question {
        action,
        standing: standing_behind_key(person, owner, role),
        account: state_of(owner),
        person: PersonState { locked: person.locked },
        key: Some(holder.grant(now)),
        subject: None,
    }
}
