//! The table `outcomes`: what came of forms that were sent without script, sealed.

use crate::error::Error;
use crate::tx::Tx;
use domain::time::Timestamp;
use schema::entity::outcome;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// Keeps a sealed outcome.
pub(crate) async fn insert(tx: &Tx, id_hash: Vec<u8>, sealed: Vec<u8>, expires: Timestamp) -> Result<(), Error> {
    let row = outcome::ActiveModel {
        id_hash: Set(id_hash),
        sealed: Set(sealed),
        expires_at: Set(expires.micros()),
    };
    outcome::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A sealed outcome that has not ended.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    id_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let row = outcome::Entity::find_by_id(id_hash.to_vec())
        .filter(outcome::Column::ExpiresAt.gt(now.micros()))
        .one(connection)
        .await?;
    Ok(row.map(|row| row.sealed))
}

/// Removes an outcome. False: it was removed already.
pub(crate) async fn delete(tx: &Tx, id_hash: &[u8]) -> Result<bool, Error> {
    let done = outcome::Entity::delete_by_id(id_hash.to_vec())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
