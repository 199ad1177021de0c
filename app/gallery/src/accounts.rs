//! Accounts: registering after a first sign-in, confirming an address, and what the operator does.

mod confirm;
mod open;
mod operate;
mod register;
mod security;

pub(crate) use confirm::{Confirmation, new_email_token, resend};
pub use confirm::{ConfirmationProblem, confirm_email, resend_confirmation};
pub(crate) use open::open_account;
pub(crate) use operate::future_member;
pub use operate::{create, demote, lock, promote, set_locked_by_name, unlock};
pub use register::{register, registration};
pub use security::security;

use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::store;
use domain::account::{AccountKey, AccountName};
use domain::permission::Denied;
use sea_orm::ConnectionTrait;

/// The account of the person who acts, or a request to sign in.
pub(crate) fn acting_person(actor: &Actor) -> Result<AccountKey, Error> {
    match &actor.who {
        Who::Person(person) => Ok(person.account),
        Who::Anonymous | Who::Key(_) | Who::Operator | Who::System => Err(Denied::SignIn.into()),
    }
}

/// Reads a name out of an address. One that cannot be a name is not found like any unknown one; whoever is not signed
/// in is asked to sign in for both.
pub(crate) fn name_in_address(actor: &Actor, name: &str) -> Result<AccountName, Error> {
    AccountName::parse(name).map_err(|_| match actor.who {
        Who::Anonymous => Denied::SignIn.into(),
        _ => Error::NotFound,
    })
}

/// What the actor is called in mails and notifications.
pub(crate) async fn name_of<C: ConnectionTrait>(connection: &C, actor: &Actor) -> Result<String, Error> {
    let Some(key) = actor.account() else {
        return Ok("The operator of this site".to_owned());
    };
    let mut names = store::accounts::names(connection, [key.0]).await?;
    names.remove(&key.0).ok_or(Error::NotFound)
}
