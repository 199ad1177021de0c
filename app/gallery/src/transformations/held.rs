//! The two accounts of a transformation, held, and the request that waits between them.

use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{AnswerInvitation, Authorized, Hold, account_by_key, account_by_name};
use crate::error::Error;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::transformation::RequestProblem;
use schema::entity::{account, transformation};

/// Holds the account that is transformed alone, and others shared; the lower key first, as everybody does.
///
/// The account itself is held alone since it changes; the others must only stay what they are. Whatever the rest of the
/// transaction writes about them finds its rows held already.
pub(super) async fn hold(tx: &Tx, alone: AccountKey, shared: &[AccountKey]) -> Result<(), Error> {
    let mut keys: Vec<AccountKey> = shared.iter().copied().chain([alone]).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let hold = if key == alone { Hold::Alone } else { Hold::Shared };
        account_by_key(tx.connection(), key, hold).await?;
    }
    Ok(())
}

/// A request that its administrator is answering, with both accounts held.
pub(super) struct Asked {
    pub(super) tx: Tx,
    /// The right of the administrator to answer.
    pub(super) authorized: Authorized<AnswerInvitation>,
    /// The account that asked.
    pub(super) account: account::Model,
    pub(super) request: transformation::Model,
}

/// The request of the account of a name to the acting person.
pub(super) async fn asked(g: &Gallery, a: &Actor, account: &str) -> Result<Asked, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, account)?;
    let gone = || Error::conflict(RequestProblem::Gone);
    let tx = g.begin().await?;
    let found = account_by_name(tx.connection(), &name, Hold::No).await?;
    if let Some(found) = &found {
        hold(&tx, AccountKey(found.id), &[person]).await?;
    }
    let authorized = tx.authorize_key::<AnswerInvitation>(a, person).await?;
    let key = AccountKey(found.ok_or_else(gone)?.id);
    let account = account_by_key(tx.connection(), key, Hold::Alone)
        .await?
        .ok_or_else(gone)?;
    let request = store::transformations::unanswered(tx.connection(), key)
        .await?
        .filter(|request| request.administrator_id == person.0)
        .ok_or_else(gone)?;
    Ok(Asked {
        tx,
        authorized,
        account,
        request,
    })
}
