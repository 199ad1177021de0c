//! Keys whose end is near or was reached, and whose holders have not been told.

use crate::error::Error;
use crate::tx::Tx;
use domain::time::Timestamp;
use schema::entity::api_key;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Keys that end until then, and of which nobody was warned.
pub(crate) async fn ending_unwarned<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    until: Timestamp,
    limit: u64,
) -> Result<Vec<api_key::Model>, Error> {
    Ok(working()
        .filter(api_key::Column::ExpiresAt.gt(now.micros()))
        .filter(api_key::Column::ExpiresAt.lte(until.micros()))
        .filter(api_key::Column::WarnedAt.is_null())
        .limit(limit)
        .all(connection)
        .await?)
}

/// Keys that have ended since then, and whose end nobody was told.
pub(crate) async fn ended_unnoted<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<api_key::Model>, Error> {
    Ok(working()
        .filter(api_key::Column::ExpiresAt.lte(now.micros()))
        .filter(api_key::Column::ExpiresAt.gt(since.micros()))
        .filter(api_key::Column::ExpiryNotedAt.is_null())
        .limit(limit)
        .all(connection)
        .await?)
}

/// Notes that the holders are warned of this value's end. False: they were, or the key has changed meanwhile.
pub(crate) async fn note_warning(tx: &Tx, row: &api_key::Model) -> Result<bool, Error> {
    note(tx, row, api_key::Column::WarnedAt).await
}

/// Notes that the holders are told of this value's end. False: they were, or the key has changed meanwhile.
pub(crate) async fn note_end(tx: &Tx, row: &api_key::Model) -> Result<bool, Error> {
    note(tx, row, api_key::Column::ExpiryNotedAt).await
}

/// Keys that nobody has stopped.
fn working() -> Select<api_key::Entity> {
    api_key::Entity::find()
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::Suspended.eq(false))
        .order_by_asc(api_key::Column::ExpiresAt)
}

async fn note(tx: &Tx, row: &api_key::Model, column: api_key::Column) -> Result<bool, Error> {
    let done = api_key::Entity::update_many()
        .col_expr(column, Expr::value(tx.now().micros()))
        .filter(api_key::Column::Id.eq(row.id))
        .filter(api_key::Column::ExpiresAt.eq(row.expires_at))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::Suspended.eq(false))
        .filter(column.is_null())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
