//! Unlinks a sign-in from an account.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ManageAccount;
use crate::error::Error;
use crate::ids::Token;
use crate::jobs::Job;
use crate::sessions::forgotten_at;
use crate::{Gallery, mail, store};
use domain::audit::AuditAction;
use domain::security::SecurityProblem;
use domain::session::SignInChoice;

/// What came of unlinking a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlinked {
    /// What sentences call the provider.
    pub provider: String,
    /// Whether the asker's own session began with it, and has ended.
    pub signed_out: bool,
}

/// Unlinks a sign-in of the person's own account by its handle. The sessions that began with it end at once. `token` is
/// the value of the asker's cookie.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such sign-in (any more); a conflict with
/// [`SecurityProblem::LastSignIn`]; [`Error::Denied`] when the account is locked.
pub async fn unlink(
    g: &Gallery,
    a: &Actor,
    key: i64,
    token: Option<&str>,
    choices: &[SignInChoice],
) -> Result<Unlinked, Error> {
    let person = acting_person(a)?;
    let mut tx = g.begin().await?;
    // The account's row is held alone, so that of two at once one sees what the other has left.
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    let mut linked = store::identities::of_account(tx.connection(), person).await?;
    let at = linked.iter().position(|identity| identity.id == key);
    let identity = linked.swap_remove(at.ok_or(Error::NotFound)?);
    if linked.is_empty() {
        return Err(Error::conflict(SecurityProblem::LastSignIn));
    }
    let hash = Token::received(token.unwrap_or_default()).hash();
    let own = store::sessions::find(tx.connection(), &hash, tx.now(), forgotten_at(tx.now())).await?;
    let signed_out = own.is_some_and(|(session, _)| session.identity_id == Some(key));
    store::identities::delete(&tx, &authorized, key).await?;
    store::sessions::end_those_of(&tx, &authorized, key).await?;
    let provider = SignInChoice::label_of(choices, &identity.provider).to_owned();
    let row = authorized.row();
    if let Some(to) = &row.email {
        let mail = mail::identity::unlinked(to, &row.name, &provider);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let event =
        AuditEvent::new(a, AuditAction::IdentityUnlinked, Subject::text(&identity.provider)).on_behalf_of(person);
    tx.commit(event).await?;
    Ok(Unlinked { provider, signed_out })
}
