//! Confirms that an address is an account's: by a person for their own account. Organizations do it in
//! `organizations::confirm_email`; both ask the same questions here.

use super::acting_person;
use crate::account_settings::masked_address;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::ids::Token;
use crate::jobs::Job;
use crate::store::accounts::Address;
use crate::tx::Tx;
use crate::{Gallery, mail, store};
use domain::account::{EmailAddress, EmailProblem};
use domain::audit::AuditAction;
use domain::invitation::CONFIRMATION_SECONDS;
use domain::time::Timestamp;
use subtle::ConstantTimeEq;

/// Why an address is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmationProblem {
    /// The account's address is confirmed, and no other one waits.
    Confirmed,
    /// The token is none that is good now: used, or replaced by a newer mail's.
    Used,
    /// The token's 7 days are over.
    Expired,
    /// The token is another account's.
    AnotherAccount,
}

impl std::fmt::Display for ConfirmationProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Confirmed => "The email address is confirmed already.",
            Self::Used => "This link is not good any more. Use the one in the newest mail, or have it sent again.",
            Self::Expired => "This link has expired. Have the mail sent again.",
            Self::AnotherAccount => {
                "This link is for another account. Sign in as the person it was sent to, or as an administrator of the organization."
            }
        })
    }
}

impl std::error::Error for ConfirmationProblem {}

/// Confirms the address of the person's own account; returns it.
///
/// # Errors
/// A [`ConfirmationProblem`], as a refusal; a conflict when another account was faster with the same address.
pub async fn confirm_email(g: &Gallery, a: &Actor, token: &str) -> Result<EmailAddress, Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    Confirmation::check(&tx, &authorized, token).await?.commit(tx, a).await
}

/// Sends the confirmation mail of the person's own account again, with a new token; returns the address.
///
/// # Errors
/// [`ConfirmationProblem::Confirmed`] when no address waits.
pub async fn resend_confirmation(g: &Gallery, a: &Actor) -> Result<EmailAddress, Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    resend(g, tx, a, &authorized).await
}

/// A token for a confirmation mail, and how it is kept.
pub(crate) fn new_email_token(g: &Gallery, tx: &Tx) -> Result<(Token, Address), Error> {
    let token = Token::random(g.ids())?;
    let pending = Address::Pending {
        token_hash: token.hash(),
        expires: tx.now().plus_seconds(CONFIRMATION_SECONDS),
    };
    Ok((token, pending))
}

/// A confirmation whose token was found to be right.
pub(crate) struct Confirmation<'a> {
    authorized: &'a Authorized<ManageAccount>,
    address: EmailAddress,
}

impl<'a> Confirmation<'a> {
    /// Holds a token against the account's pending address.
    pub(crate) async fn check(tx: &Tx, authorized: &'a Authorized<ManageAccount>, token: &str) -> Result<Self, Error> {
        let hash = Token::received(token).hash();
        let row = authorized.row();
        let right = row
            .email_token_hash
            .as_ref()
            .is_some_and(|kept| kept.ct_eq(&hash).into());
        if !right {
            let others = store::accounts::by_email_token(tx.connection(), &hash).await?;
            return Err(Error::refuse(match (&row.pending_email, others) {
                (_, Some(_)) => ConfirmationProblem::AnotherAccount,
                (None, None) => ConfirmationProblem::Confirmed,
                (Some(_), None) => ConfirmationProblem::Used,
            }));
        }
        let ended = row
            .email_token_expires
            .is_none_or(|expires| Timestamp::from_micros(expires) <= tx.now());
        if ended {
            return Err(Error::refuse(ConfirmationProblem::Expired));
        }
        Ok(Self {
            authorized,
            address: pending_address(authorized)?,
        })
    }

    /// The address becomes the account's.
    pub(crate) async fn commit(self, mut tx: Tx, actor: &Actor) -> Result<EmailAddress, Error> {
        let row = self.authorized.row();
        if store::accounts::confirm_email(&tx, self.authorized).await?.is_err() {
            return Err(Error::conflict(EmailProblem::Taken));
        }
        if let Some(old) = &row.email {
            tx.after_commit(&Job::Mail(mail::confirmation::changed(old, row)))
                .await?;
        }
        let event = AuditEvent::new(actor, AuditAction::EmailConfirmed, Subject::address(&self.address))
            .on_behalf_of(self.authorized.account())
            .before(masked_address(row));
        tx.commit(event).await?;
        Ok(self.address)
    }
}

/// Sends a confirmation mail again.
pub(crate) async fn resend(
    g: &Gallery,
    mut tx: Tx,
    actor: &Actor,
    authorized: &Authorized<ManageAccount>,
) -> Result<EmailAddress, Error> {
    let address = pending_address(authorized)?;
    let token = Token::random(g.ids())?;
    let expires = tx.now().plus_seconds(CONFIRMATION_SECONDS);
    store::accounts::renew_email_token(&tx, authorized, token.hash(), expires).await?;
    let mail = mail::confirmation::again(address.as_str(), authorized.row(), token.expose());
    g.throttle().mail(g, &actor.origin, &mail)?;
    tx.after_commit(&Job::Mail(mail)).await?;
    let event = AuditEvent::new(actor, AuditAction::EmailRequested, Subject::address(&address))
        .on_behalf_of(authorized.account());
    tx.commit(event).await?;
    Ok(address)
}

fn pending_address(authorized: &Authorized<ManageAccount>) -> Result<EmailAddress, Error> {
    let pending = authorized.row().pending_email.as_deref();
    let pending = pending.ok_or_else(|| Error::refuse(ConfirmationProblem::Confirmed))?;
    EmailAddress::parse(pending).map_err(|_| Error::internal("a kept address is malformed"))
}
