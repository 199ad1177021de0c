//! "Create your account": the end of a first sign-in.

use super::confirm::new_email_token;
use super::open::open_account;
use crate::actor::{Actor, Origin};
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::ids::Token;
use crate::jobs::Job;
use crate::sessions::{Beginning, person_actor, start};
use crate::sign_in::ADDRESS_OF_ANOTHER_ACCOUNT;
use crate::store::accounts::{Address, Wanted};
use crate::{Gallery, mail, store};
use domain::account::{AccountKey, AccountKind, AccountName, NAME_LENGTH};
use domain::audit::AuditAction;
use domain::links::LocalPath;
use domain::permission::Denied;
use domain::session::{RegistrationForm, RegistrationPage};

/// What "Create your account" proposes to somebody whose first sign-in waits for it.
///
/// # Errors
/// [`Denied::SignIn`] when no sign-in is under way.
pub async fn registration(g: &Gallery, token: &str) -> Result<RegistrationPage, Error> {
    let waiting = store::registrations::find(g.reader(), &Token::received(token).hash(), g.now())
        .await?
        .ok_or(Denied::SignIn)?;
    let identity = waiting.identity;
    Ok(RegistrationPage {
        name: propose_name(g, &identity.proposed_name).await?,
        email: identity.email.map_or_else(String::new, String::from),
        provider: identity.provider,
    })
}

/// Makes the account, links the sign-in, and signs the person in.
///
/// # Errors
/// [`Denied::SignIn`] when no sign-in is under way; refusals at the fields `name` and `email`.
pub async fn register(
    g: &Gallery,
    origin: Origin,
    token: &str,
    form: RegistrationForm,
) -> Result<(Token, LocalPath), Error> {
    let hash = Token::received(token).hash();
    let mut tx = g.begin().await?;
    let waiting = store::registrations::find(tx.connection(), &hash, tx.now())
        .await?
        .ok_or(Denied::SignIn)?;
    let wanted = form.parse()?;
    let identity = waiting.identity;
    let vouched = identity.vouched_key() == Some(wanted.email.key());
    let (email_token, pending) = new_email_token(g, &tx)?;
    let address = if vouched { Address::Confirmed } else { pending };
    let account = open_account(
        &tx,
        &Wanted {
            kind: AccountKind::User,
            name: &wanted.name,
            email: &wanted.email,
            address,
            claimable: false,
        },
        ADDRESS_OF_ANOTHER_ACCOUNT,
    )
    .await?;
    let key = AccountKey(account.id);
    let raced = || Error::conflict("You have an account already. Sign in again.");
    // PostgreSQL does nothing more in a transaction in which a row was refused.
    let linked = store::identities::insert(&tx, key, &identity)
        .await?
        .ok_or_else(raced)?;
    if !store::registrations::delete(&tx, &hash).await? {
        return Err(raced());
    }
    if !vouched {
        let mail = mail::confirmation::account(wanted.email.as_str(), &account.name, email_token.expose());
        g.throttle().mail(g, &origin, &mail)?;
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let actor: Actor = person_actor(key, &identity, origin);
    let created = AuditEvent::new(&actor, AuditAction::AccountCreated, Subject::account(key));
    let (session, started) = start(g, &tx, &Beginning::of(key, linked, &identity, &actor.origin)).await?;
    tx.commit_all(vec![created, started]).await?;
    Ok((session, waiting.return_to))
}

/// A free name like the one that the provider told, or nothing.
async fn propose_name(g: &Gallery, told: &str) -> Result<String, Error> {
    let allowed: String = told
        .chars()
        .map(|c| if c == ' ' { '-' } else { c })
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .take(NAME_LENGTH - 1)
        .collect();
    let stem = allowed.trim_matches(['-', '_', '.']);
    let candidates: Vec<AccountName> = std::iter::once(stem.to_owned())
        .chain((2..=9).map(|number| format!("{stem}{number}")))
        .filter_map(|name| AccountName::parse_new(&name).ok())
        .collect();
    let free = store::accounts::free_names(g.reader(), &candidates).await?;
    Ok(free.into_iter().next().map_or_else(String::new, String::from))
}
