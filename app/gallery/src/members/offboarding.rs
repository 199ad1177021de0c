//! What became of the rights of somebody who is no member any more.

use crate::Gallery;
use crate::authorization::{Authorized, SeeMembers};
use crate::error::Error;
use crate::store;
use domain::account::AccountKey;
use domain::member::{KnownKey, Offboarding};
use domain::permission::Action;

/// The off-boarding summary of the account of a number, for whoever may remove members. Nothing for a member, and for a
/// number that is no account.
pub(super) async fn of(
    g: &Gallery,
    authorized: &Authorized<SeeMembers>,
    left: &str,
) -> Result<Option<Offboarding>, Error> {
    let standing = authorized.standing();
    let organization = authorized.account();
    let Ok(person) = left.parse().map(AccountKey) else {
        return Ok(None);
    };
    if !Action::ManageMembers.allows(standing) || person == organization {
        return Ok(None);
    }
    let role = store::memberships::role_of(g.reader(), organization, person).await?;
    let name = store::accounts::names(g.reader(), [person.0]).await?.remove(&person.0);
    let (None, Some(member)) = (role, name) else {
        return Ok(None);
    };
    let now = g.now().micros();
    let known = if Action::ManageAccountKeys.allows(standing) {
        let keys = store::api_keys::known_to(g.reader(), organization, person, now).await?;
        Some(keys.into_iter().map(|(key, name)| KnownKey { key, name }).collect())
    } else {
        None
    };
    Ok(Some(Offboarding {
        member,
        stopped: store::api_keys::count_stopped(g.reader(), organization, person, now).await?,
        known,
    }))
}
