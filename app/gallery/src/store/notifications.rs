//! The table `notifications`: what people should know. Rows are written with the event that causes them.

use super::keyset;
use super::transformations::Accepted;
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::page::{Page, Place};
use schema::entity::notification;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Notifications on a page.
const PAGE: usize = 50;

/// Unread notifications are counted up to here; nobody reads a greater number.
const COUNTED: u64 = 999;

/// How many notifications a person has not read.
pub(crate) async fn count_unread<C: ConnectionTrait>(connection: &C, person: AccountKey) -> Result<u32, Error> {
    let keys: Vec<i64> = notification::Entity::find()
        .select_only()
        .column(notification::Column::Id)
        .filter(notification::Column::AccountId.eq(person.0))
        .filter(notification::Column::ReadAt.is_null())
        .limit(COUNTED)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(u32::try_from(keys.len()).unwrap_or(u32::MAX))
}

/// A person's notifications, newest first.
pub(crate) async fn page<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    place: &Place,
) -> Result<Page<notification::Model>, Error> {
    let query = notification::Entity::find().filter(notification::Column::AccountId.eq(person.0));
    let query = match place {
        Place::Start => query.order_by_desc(notification::Column::EventId),
        Place::After(cursor) => query
            .filter(notification::Column::EventId.lt(keyset::number(cursor)))
            .order_by_desc(notification::Column::EventId),
        Place::Before(cursor) => query
            .filter(notification::Column::EventId.gt(keyset::number(cursor)))
            .order_by_asc(notification::Column::EventId),
    };
    let rows = query.limit(keyset::limit(PAGE)).all(connection).await?;
    Ok(keyset::page(rows, place, PAGE, |row| row.event_id.to_string()))
}

/// A person has seen them all.
pub(crate) async fn mark_all_read(tx: &Tx, person: AccountKey) -> Result<(), Error> {
    notification::Entity::update_many()
        .col_expr(notification::Column::ReadAt, Expr::value(tx.now().micros()))
        .filter(notification::Column::AccountId.eq(person.0))
        .filter(notification::Column::ReadAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Forgets what the person of an account was told that becomes an organization: nobody reads it any more.
pub(crate) async fn forget_all(tx: &Tx, accepted: &Accepted) -> Result<(), Error> {
    notification::Entity::delete_many()
        .filter(notification::Column::AccountId.eq(accepted.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}
