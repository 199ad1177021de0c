//! Whether a policy works, as its list shows it, and who is behind the keys that it makes.

use super::provider;
use crate::Gallery;
use crate::actor::KeyHolder;
use crate::authorization::{standing_behind_key, state_of};
use crate::store::publishing_policies as policies;
use domain::account::AccountKey;
use domain::permission::{Action, Denied, PersonState, PushScope, Question, Role, decide};
use domain::time::Timestamp;
use domain::trusted_publishing::PolicyState;
use schema::entity::{account, publishing_policy, short_lived_key};

/// Who shows a key that a policy has made.
pub(crate) fn holder_of(policy: &publishing_policy::Model, key: &short_lived_key::Model) -> KeyHolder {
    let (made, ends) = (key.created_at, key.expires_at);
    holder(
        policy,
        key.id,
        key.name.clone(),
        Timestamp::from_micros(made),
        Timestamp::from_micros(ends),
    )
}

/// Who would show a key that a policy makes.
pub(super) fn holder(
    policy: &publishing_policy::Model,
    key: i64,
    name: String,
    issued: Timestamp,
    expires: Timestamp,
) -> KeyHolder {
    KeyHolder {
        key,
        policy: Some(policy.id),
        name,
        account: AccountKey(policy.account_id),
        owner: AccountKey(policy.owner_id),
        scopes: policies::scopes(policy),
        globs: policies::globs(policy),
        expires,
        issued,
    }
}

/// The least that a policy is for.
pub(super) fn least_of(policy: &publishing_policy::Model) -> Action {
    match policies::scopes(policy).push {
        PushScope::None => Action::ChangeListing,
        PushScope::Versions | PushScope::NewPackages => Action::PublishVersion,
    }
}

/// Whether a policy works; of several reasons against it, the one that nothing cures comes first. `role` is the person's
/// in the owner.
pub(super) fn state(
    g: &Gallery,
    row: &publishing_policy::Model,
    account: &account::Model,
    owner: &account::Model,
    role: Option<Role>,
) -> PolicyState {
    let now = g.now();
    if row.cut_off {
        return PolicyState::CutOff;
    }
    match (judged(row, now, account, owner, role), row.suspended) {
        (Err(Denied::SignIn | Denied::NotFound | Denied::NotAMember | Denied::Role), _) => PolicyState::NotAMember,
        (_, true) => PolicyState::NeedsActivation,
        (Err(Denied::Policy(policy)), _) => PolicyState::Policy(policy),
        (Err(Denied::Unconfirmed), _) => PolicyState::OwnerUnconfirmed,
        (Err(Denied::PersonLocked), _) if account.id != owner.id => PolicyState::PersonLocked,
        (Err(Denied::PersonLocked | Denied::AccountLocked), _) => PolicyState::OwnerLocked,
        // What is about one package is no reason against the policy.
        _ if provider(g, &row.provider).is_none() => PolicyState::NoProvider,
        _ if policies::binding(row).is_some() => PolicyState::Active,
        _ => match row.active_until.map(Timestamp::from_micros) {
            Some(until) if until > now => PolicyState::Waiting(until),
            _ => PolicyState::Ended,
        },
    }
}

fn judged(
    row: &publishing_policy::Model,
    now: Timestamp,
    account: &account::Model,
    owner: &account::Model,
    role: Option<Role>,
) -> Result<(), Denied> {
    decide(&Question {
        action: least_of(row),
        standing: standing_behind_key(account, owner, role),
        account: state_of(owner),
        person: PersonState { locked: account.locked },
        key: Some(holder(row, 0, String::new(), now, now).grant(now)),
        subject: None,
    })
}
