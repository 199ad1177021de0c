//! Sign-ins, sessions and deletion on the page "Account settings".

use super::acting_person;
use crate::actor::Actor;
use crate::error::Error;
use crate::ids::Token;
use crate::sessions::forgotten_at;
use crate::{Gallery, deletion, sessions, sign_in, store};
use domain::security::AccountSecurity;
use domain::session::SignInChoice;

/// The person's sign-ins and sessions, and what stands in the way of deleting the account. `token` is the value of the
/// asker's cookie, `choices` are the providers of the configuration.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn security(
    g: &Gallery,
    a: &Actor,
    token: Option<&str>,
    choices: &[SignInChoice],
) -> Result<AccountSecurity, Error> {
    let person = acting_person(a)?;
    let (reader, now) = (g.reader(), g.now());
    let hash = Token::received(token.unwrap_or_default()).hash();
    let own = store::sessions::find(reader, &hash, now, forgotten_at(now)).await?;
    let (session, identity) = match own {
        Some((session, account)) if account.id == person.0 => (Some(session.id), session.identity_id),
        _ => (None, None),
    };
    Ok(AccountSecurity {
        sign_ins: sign_in::list(reader, person, identity, choices).await?,
        links: choices.to_vec(),
        sessions: sessions::list(reader, person, session, now, choices).await?,
        deletion: deletion::of_account(g, a).await?,
    })
}
