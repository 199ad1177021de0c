//! The table `sign_in_attempts`: sign-ins on their way through a provider.

use crate::error::Error;
use crate::ids::Token;
use crate::sign_in::Attempt;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::links::LocalPath;
use domain::time::Timestamp;
use schema::entity::sign_in_attempt;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use subtle::ConstantTimeEq;

/// Keeps an attempt; state and browser are kept as hashes.
pub(crate) async fn insert(tx: &Tx, attempt: &Attempt, expires: Timestamp) -> Result<(), Error> {
    let row = sign_in_attempt::ActiveModel {
        state_hash: Set(Token::received(&attempt.state).hash()),
        browser_hash: Set(Token::received(&attempt.browser_token).hash()),
        provider: Set(attempt.provider.clone()),
        nonce: Set(attempt.nonce.clone()),
        verifier: Set(attempt.verifier.clone()),
        return_to: Set(attempt.return_to.to_string()),
        linking_account_id: Set(attempt.linking.map(|account| account.0)),
        expires_at: Set(expires.micros()),
    };
    sign_in_attempt::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes an attempt away, if it has not ended and this browser began it.
pub(crate) async fn take(tx: &Tx, state: &str, browser_token: &str) -> Result<Option<Attempt>, Error> {
    let key = Token::received(state).hash();
    let row = sign_in_attempt::Entity::find_by_id(key.clone())
        .filter(sign_in_attempt::Column::ExpiresAt.gt(tx.now().micros()))
        .one(tx.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    if !bool::from(Token::received(browser_token).hash().ct_eq(&row.browser_hash)) {
        return Ok(None);
    }
    let done = sign_in_attempt::Entity::delete_by_id(key).exec(tx.connection()).await?;
    Ok((done.rows_affected == 1).then(|| Attempt {
        provider: row.provider,
        nonce: row.nonce,
        verifier: row.verifier,
        state: state.to_owned(),
        browser_token: browser_token.to_owned(),
        return_to: LocalPath::parse(&row.return_to).unwrap_or_else(LocalPath::home),
        linking: row.linking_account_id.map(AccountKey),
    }))
}
