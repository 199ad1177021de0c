//! The account that a workload names.

use super::refusal::TokenRefused;
use crate::authorization::{Hold, account_by_name};
use crate::store;
use domain::account::AccountName;
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// The account of a name: a user, or an organization by its present name.
///
/// # Errors
/// What is told about a name that no account has.
pub(super) async fn named<C: ConnectionTrait>(connection: &C, name: &str) -> Result<account::Model, TokenRefused> {
    let sent = name.trim().to_owned();
    let Ok(parsed) = AccountName::parse(&sent) else {
        return Err(TokenRefused::UnknownName { name: sent });
    };
    if let Some(account) = account_by_name(connection, &parsed, Hold::No).await? {
        return Ok(account);
    }
    if store::accounts::is_deleted(connection, &parsed).await? {
        return Err(TokenRefused::DeletedAccount { name: sent });
    }
    let present = store::former_names::present_name(connection, &parsed.key()).await?;
    Err(match present {
        Some(present) => TokenRefused::Renamed { name: sent, present },
        None => TokenRefused::UnknownName { name: sent },
    })
}
