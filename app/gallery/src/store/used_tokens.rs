//! The table `used_tokens`: each token of a workload works once.

use crate::error::Error;
use crate::tx::Tx;
use domain::time::Timestamp;
use schema::entity::used_token;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};

/// Uses a token up, until it is worth nothing anyway. False: it was used up before; of several at once one is first, on
/// whatever node they come.
pub(crate) async fn use_up(tx: &Tx, hash: Vec<u8>, until: Timestamp) -> Result<bool, Error> {
    let row = used_token::ActiveModel {
        hash: Set(hash),
        expires_at: Set(until.micros()),
    };
    let inserted = used_token::Entity::insert(row)
        .on_conflict_do_nothing_on([used_token::Column::Hash])
        .exec_without_returning(tx.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
}

/// Forgets tokens that are worth nothing any more.
pub(crate) async fn sweep(tx: &Tx) -> Result<(), Error> {
    used_token::Entity::delete_many()
        .filter(used_token::Column::ExpiresAt.lt(tx.now().micros()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
