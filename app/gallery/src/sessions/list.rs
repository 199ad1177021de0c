//! The signed-in browsers of a person.

use super::forgotten_at;
use crate::error::Error;
use crate::store;
use domain::account::AccountKey;
use domain::security::{SessionRow, browser};
use domain::session::SignInChoice;
use domain::time::Timestamp;
use schema::entity::session;
use sea_orm::ConnectionTrait;

/// Sessions read at most; nobody looks through more.
const LIMIT: u64 = 200;

/// The sessions of an account: the asker's own first, then the others, numbered from 1, the last used first.
pub(crate) async fn list<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    here: Option<i64>,
    now: Timestamp,
    choices: &[SignInChoice],
) -> Result<Vec<SessionRow>, Error> {
    let sessions = store::sessions::of_account(connection, account, now, forgotten_at(now), LIMIT).await?;
    let (own, others): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| here == Some(session.id));
    let own = own.into_iter().map(|session| row(&session, None, choices));
    let others = (1..)
        .zip(others)
        .map(|(number, session)| row(&session, Some(number), choices));
    Ok(own.chain(others).collect())
}

fn row(session: &session::Model, number: Option<u32>, choices: &[SignInChoice]) -> SessionRow {
    SessionRow {
        key: session.id,
        number,
        browser: browser(&session.user_agent),
        provider: SignInChoice::label_of(choices, &session.provider).to_owned(),
        since: Timestamp::from_micros(session.created_at),
        seen: Timestamp::from_micros(session.seen_at),
    }
}
