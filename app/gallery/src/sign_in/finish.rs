//! What comes of an identity: a session, "Create your account", or a refusal (product contract, section 4).

use crate::actor::Origin;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::ids::Token;
use crate::jobs::Job;
use crate::sessions::{Beginning, person_actor, start};
use crate::store::registrations::Registration;
use crate::tx::{Bookkeeping, Tx};
use crate::{Gallery, mail, store};
use domain::account::{AccountKey, AccountKind, EmailAddress};
use domain::audit::AuditAction;
use domain::form::{UiError, UiErrorKind};
use domain::links::LocalPath;
use schema::entity::account;

/// How long "Create your account" may take, in seconds.
const REGISTRATION_SECONDS: i64 = 60 * 60;

/// What a person reads whose address another account has.
pub(crate) const ADDRESS_OF_ANOTHER_ACCOUNT: &str =
    "This address belongs to another account. Sign in there and link this sign-in.";

/// Somebody, as a provider tells it. The pair of issuer and subject is who it is, never the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider's name in the configuration.
    pub provider: String,
    /// The issuer.
    pub issuer: String,
    /// The issuer's unchanging name for the person.
    pub subject: String,
    /// What the person is called there, or empty.
    pub proposed_name: String,
    /// The person's address, if the provider tells one of the right form.
    pub email: Option<EmailAddress>,
    /// Whether the provider vouches for the address.
    pub vouched: bool,
    /// Whether a second factor was used.
    pub second_factor: bool,
}

impl Identity {
    /// The address that is vouched for, in lower case.
    pub(crate) fn vouched_key(&self) -> Option<String> {
        self.email.as_ref().filter(|_| self.vouched).map(EmailAddress::key)
    }
}

/// What came of a sign-in.
#[derive(Debug)]
pub enum SignedIn {
    /// The person is signed in.
    Session {
        /// The cookie's value.
        token: Token,
        /// Where the person goes.
        next: LocalPath,
    },
    /// It was the first time: "Create your account" is next.
    Register {
        /// The value of the cookie that carries the registration.
        token: Token,
        /// Where the person goes: `/register`.
        next: LocalPath,
    },
    /// Neither, with the reason.
    Refused(UiError),
}

/// Ends the way through a provider.
///
/// # Errors
/// When the database fails; every answer to the person is a [`SignedIn`].
pub async fn finish(g: &Gallery, origin: Origin, identity: Identity, return_to: LocalPath) -> Result<SignedIn, Error> {
    let tx = g.begin().await?;
    if let Some(known) = store::identities::find(&tx, &identity.issuer, &identity.subject).await? {
        // Whoever unlinks a sign-in ends the sessions that began with it, so none may begin behind that.
        if !store::identities::note_use(&tx, known.id, &identity).await? {
            return Err(Error::conflict(
                "This sign-in was unlinked at the same moment. Sign in again.",
            ));
        }
        return enter(
            g,
            tx,
            origin,
            &identity,
            AccountKey(known.account_id),
            known.id,
            return_to,
        )
        .await;
    }
    let holder = match &identity.email {
        Some(email) => store::accounts::by_address(tx.connection(), &email.key()).await?,
        None => None,
    };
    match holder {
        Some(account) if may_claim(&account, &identity) => claim(g, tx, origin, &identity, &account, return_to).await,
        Some(_) => Ok(SignedIn::Refused(UiError::new(
            UiErrorKind::Conflict,
            ADDRESS_OF_ANOTHER_ACCOUNT,
        ))),
        None => {
            let token = Token::random(g.ids())?;
            let expires = tx.now().plus_seconds(REGISTRATION_SECONDS);
            let registration = Registration { identity, return_to };
            store::registrations::insert(&tx, token.hash(), &registration, expires).await?;
            tx.commit_bookkeeping(Bookkeeping::SignIn).await?;
            let next = domain::links::register();
            Ok(SignedIn::Register { token, next })
        }
    }
}

fn may_claim(account: &account::Model, identity: &Identity) -> bool {
    identity.vouched && account.claimable && !account.locked && account.kind == AccountKind::User.value()
}

async fn claim(
    g: &Gallery,
    mut tx: Tx,
    origin: Origin,
    identity: &Identity,
    account: &account::Model,
    return_to: LocalPath,
) -> Result<SignedIn, Error> {
    let key = AccountKey(account.id);
    let raced = || Error::conflict("Somebody else signed in at the same moment. Sign in again.");
    if !store::accounts::claim(&tx, key).await? {
        return Err(raced());
    }
    let linked = store::identities::insert(&tx, key, identity).await?.ok_or_else(raced)?;
    if let Some(address) = &account.email {
        let mail = mail::identity::claimed(address, &account.name, &identity.provider);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let actor = person_actor(key, identity, origin);
    let claimed = AuditEvent::new(&actor, AuditAction::IdentityClaimed, Subject::text(&identity.provider));
    let (token, started) = start(g, &tx, &Beginning::of(key, linked, identity, &actor.origin)).await?;
    tx.commit_all(vec![claimed, started]).await?;
    Ok(SignedIn::Session { token, next: return_to })
}

async fn enter(
    g: &Gallery,
    tx: Tx,
    origin: Origin,
    identity: &Identity,
    account: AccountKey,
    linked: i64,
    return_to: LocalPath,
) -> Result<SignedIn, Error> {
    let (token, started) = start(g, &tx, &Beginning::of(account, linked, identity, &origin)).await?;
    tx.commit(started).await?;
    Ok(SignedIn::Session { token, next: return_to })
}
