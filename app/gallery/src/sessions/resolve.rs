//! Who is behind a cookie.

use super::forgotten_at;
use crate::actor::Person;
use crate::error::Error;
use crate::ids::Token;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::session::Viewer;
use domain::time::Timestamp;

/// A session's last use is noted to the minute.
const NOTED_SECONDS: i64 = 60;

/// A session and its person.
#[derive(Clone, Debug)]
pub struct SessionContext {
    /// The person, as an actor.
    pub person: Person,
    /// The person, as every page's header shows them.
    pub viewer: Viewer,
    /// SHA-256 of the cookie's value.
    pub token_hash: Vec<u8>,
}

/// The session of a cookie's value, if it has not ended and its person's account is there.
///
/// # Errors
/// When the database cannot be read.
pub async fn resolve(g: &Gallery, token: &str) -> Result<Option<SessionContext>, Error> {
    let token_hash = Token::received(token).hash();
    let now = g.now();
    let Some((session, account)) = store::sessions::find(g.reader(), &token_hash, now, forgotten_at(now)).await? else {
        return Ok(None);
    };
    if Timestamp::from_micros(session.seen_at).plus_seconds(NOTED_SECONDS) <= now
        && let Err(error) = note_use(g, session.id).await
    {
        // Reading goes on while nothing can be written.
        tracing::warn!(%error, "the use of a session cannot be noted");
    }
    let key = AccountKey(account.id);
    let unread = store::notifications::count_unread(g.reader(), key).await?;
    let transformation = store::transformations::pending(g.reader(), key, now).await?;
    Ok(Some(SessionContext {
        person: Person {
            account: key,
            provider: session.provider,
            second_factor: session.second_factor,
        },
        viewer: Viewer {
            name: account.name,
            confirmed: account.email.is_some(),
            site_administrator: account.site_administrator,
            unread,
            transformation: transformation.map(|pending| pending.administrator),
        },
        token_hash,
    }))
}

/// The person of a cookie's value, if the session has not ended. Unlike [`resolve`] it is no use of the session: an open
/// page that is told of changes asks again and again.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(g: &Gallery, token: &str) -> Result<Option<Person>, Error> {
    let now = g.now();
    let found = store::sessions::find(g.reader(), &Token::received(token).hash(), now, forgotten_at(now)).await?;
    Ok(found.map(|(session, account)| Person {
        account: AccountKey(account.id),
        provider: session.provider,
        second_factor: session.second_factor,
    }))
}

async fn note_use(g: &Gallery, key: i64) -> Result<(), Error> {
    let tx = g.begin_relaxed().await?;
    store::sessions::note_use(&tx, key).await?;
    tx.commit_bookkeeping(Bookkeeping::SignIn).await
}
