//! Begins a session, in the transaction of the sign-in.

use super::LONGEST_DAYS;
use crate::actor::{Actor, Origin, Person, Who};
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::ids::Token;
use crate::sign_in::Identity;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;

/// What a session begins with.
pub(crate) struct Beginning<'a> {
    pub(crate) account: AccountKey,
    /// The linked sign-in's row.
    pub(crate) identity: i64,
    pub(crate) provider: &'a str,
    pub(crate) second_factor: bool,
    pub(crate) origin: &'a Origin,
}

impl<'a> Beginning<'a> {
    pub(crate) fn of(account: AccountKey, linked: i64, identity: &'a Identity, origin: &'a Origin) -> Self {
        Self {
            account,
            identity: linked,
            provider: &identity.provider,
            second_factor: identity.second_factor,
            origin,
        }
    }
}

/// The person who has just proved to be an account's.
pub(crate) fn person_actor(account: AccountKey, identity: &Identity, origin: Origin) -> Actor {
    let person = Person {
        account,
        provider: identity.provider.clone(),
        second_factor: identity.second_factor,
    };
    Actor {
        who: Who::Person(person),
        origin,
    }
}

/// Begins a session; returns the cookie's value and the event to commit with it.
pub(crate) async fn start(g: &Gallery, tx: &Tx, beginning: &Beginning<'_>) -> Result<(Token, AuditEvent), Error> {
    let token = Token::random(g.ids())?;
    let expires = tx.now().plus_days(LONGEST_DAYS);
    store::sessions::insert(tx, token.hash(), beginning, expires).await?;
    let actor = Actor {
        who: Who::Person(Person {
            account: beginning.account,
            provider: beginning.provider.to_owned(),
            second_factor: beginning.second_factor,
        }),
        origin: beginning.origin.clone(),
    };
    let event = AuditEvent::new(&actor, AuditAction::SessionStarted, Subject::text(beginning.provider));
    Ok((token, event))
}
