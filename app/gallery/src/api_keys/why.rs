//! Why a key can push, or cannot.

use super::authenticate::holder_of;
use super::state::{question, state};
use domain::account::AccountKind;
use domain::permission::{Action, Named, NamedKey, Role, WhyAnswer, explain, key_at_rest};
use domain::time::Timestamp;
use schema::entity::{account, api_key};

/// What the pages explain.
const RIGHTS: [Action; 3] = [Action::PublishVersion, Action::PublishNewId, Action::ChangeListing];

/// What a key may do and why. `role` is the person's in the owner.
pub(super) fn why(
    row: &api_key::Model,
    now: Timestamp,
    person: &account::Model,
    owner: Option<&account::Model>,
    role: Option<Role>,
) -> Vec<WhyAnswer> {
    let named = Named {
        person: &person.name,
        account: owner.map(|owner| owner.name.as_str()).unwrap_or_default(),
        organization: owner.is_none_or(|owner| owner.kind == AccountKind::Organization.value()),
        key: Some(NamedKey {
            name: &row.name,
            expires: Timestamp::from_micros(row.expires_at),
        }),
    };
    let resting = key_at_rest(state(row, now, person, owner, role), &named);
    match (resting, owner) {
        (Some(resting), _) => vec![resting],
        (None, Some(owner)) => {
            let holder = holder_of(row);
            let told = |action| {
                let question = question(action, &holder, now, person, owner, role);
                explain(&question, &named).into()
            };
            RIGHTS.into_iter().map(told).collect()
        }
        (None, None) => Vec::new(),
    }
}
