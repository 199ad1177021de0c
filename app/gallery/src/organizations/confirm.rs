//! Confirms an organization's address: one of its administrators does, with the token of the mail.

use crate::accounts::{Confirmation, ConfirmationProblem, name_in_address, resend};
use crate::actor::Actor;
use crate::authorization::ManageAccount;
use crate::error::Error;
use crate::ids::Token;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountName, EmailAddress};
use domain::permission::Denied;

/// Confirms the address of an organization; returns it.
///
/// # Errors
/// A [`ConfirmationProblem`], as a refusal, also for somebody who holds the right token but is no member of the
/// organization; a conflict when another account was faster with the same address.
pub async fn confirm_email(g: &Gallery, a: &Actor, name: &str, token: &str) -> Result<EmailAddress, Error> {
    let name = name_in_address(a, name)?;
    let tx = g.begin().await?;
    let authorized = match tx.authorize::<ManageAccount>(a, &name).await {
        Err(Error::NotFound) => return Err(stranger(&tx, &name, token).await?),
        authorized => authorized?.of_organization()?,
    };
    Confirmation::check(&tx, &authorized, token).await?.commit(tx, a).await
}

/// What somebody is told who may not know the organization: whoever reads its mail knows of it.
async fn stranger(tx: &Tx, name: &AccountName, token: &str) -> Result<Error, Error> {
    let of_token = store::accounts::by_email_token(tx.connection(), &Token::received(token).hash()).await?;
    Ok(match of_token {
        Some(account) if account.name_key == name.key() => Error::refuse(ConfirmationProblem::AnotherAccount),
        _ => Denied::NotFound.into(),
    })
}

/// Sends the confirmation mail of an organization again, with a new token; returns the address.
///
/// # Errors
/// [`ConfirmationProblem::Confirmed`] when no address waits.
pub async fn resend_confirmation(g: &Gallery, a: &Actor, name: &str) -> Result<EmailAddress, Error> {
    let name = name_in_address(a, name)?;
    let tx = g.begin().await?;
    let authorized = tx.authorize::<ManageAccount>(a, &name).await?.of_organization()?;
    resend(g, tx, a, &authorized).await
}
