//! The tables `audit_events` and `audit_trails`, read for pages. They are written by `audit` alone.

use super::keyset;
use crate::authorization::{Authorized, SeeMembershipEvents};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::page::{Page, Place};
use domain::time::Timestamp;
use schema::entity::{audit_event, audit_trail};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// Events on a page.
const PAGE: usize = 50;

/// When the newest event of these actions in an account's trail was, after leaving out so many; nothing if there are no
/// more than those.
pub(crate) async fn newest_but(
    tx: &Tx,
    account: AccountKey,
    actions: &[AuditAction],
    left_out: u64,
) -> Result<Option<Timestamp>, Error> {
    let event: Option<i64> = audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::EventId)
        .filter(audit_trail::Column::AccountId.eq(account.0))
        .filter(audit_trail::Column::Action.is_in(actions.iter().map(|action| action.value())))
        .order_by_desc(audit_trail::Column::EventId)
        .offset(left_out)
        .limit(1)
        .into_tuple()
        .one(tx.connection())
        .await?;
    let Some(event) = event else { return Ok(None) };
    let time: Option<i64> = audit_event::Entity::find_by_id(event)
        .select_only()
        .column(audit_event::Column::Time)
        .into_tuple()
        .one(tx.connection())
        .await?;
    Ok(time.map(Timestamp::from_micros))
}

/// Which of these actions stand in an account's trail since the newest event of another action in it, each with whether
/// it was done for this account; the other owners of its packages act for themselves. Nothing without such an event.
pub(crate) async fn actions_since<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    since: AuditAction,
    actions: impl IntoIterator<Item = AuditAction>,
) -> Result<Vec<(AuditAction, bool)>, Error> {
    let beginning: Option<i64> = audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::EventId)
        .filter(audit_trail::Column::AccountId.eq(account.0))
        .filter(audit_trail::Column::Action.eq(since.value()))
        .order_by_desc(audit_trail::Column::EventId)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    let Some(beginning) = beginning else {
        return Ok(Vec::new());
    };
    let found: Vec<(String, Option<i64>)> = audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::Action)
        .column(audit_event::Column::AccountId)
        .distinct()
        .join(
            JoinType::InnerJoin,
            audit_trail::Entity::belongs_to(audit_event::Entity)
                .from(audit_trail::Column::EventId)
                .to(audit_event::Column::Id)
                .into(),
        )
        .filter(audit_trail::Column::AccountId.eq(account.0))
        .filter(audit_trail::Column::EventId.gt(beginning))
        .filter(audit_trail::Column::Action.is_in(actions.into_iter().map(AuditAction::value)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found
        .into_iter()
        .filter_map(|(action, by)| Some((AuditAction::parse(&action)?, by == Some(account.0))))
        .collect())
}

/// The events in an account's trail, newest first; of these actions only, if they are given.
pub(crate) async fn page<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembershipEvents>,
    shown: Option<&[AuditAction]>,
    place: &Place,
) -> Result<Page<audit_event::Model>, Error> {
    let mut query = audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::EventId)
        .filter(audit_trail::Column::AccountId.eq(authorized.account().0));
    if let Some(shown) = shown {
        query = query.filter(audit_trail::Column::Action.is_in(shown.iter().map(|action| action.value())));
    }
    let query = match place {
        Place::Start => query.order_by_desc(audit_trail::Column::EventId),
        Place::After(cursor) => query
            .filter(audit_trail::Column::EventId.lt(keyset::number(cursor)))
            .order_by_desc(audit_trail::Column::EventId),
        Place::Before(cursor) => query
            .filter(audit_trail::Column::EventId.gt(keyset::number(cursor)))
            .order_by_asc(audit_trail::Column::EventId),
    };
    let keys: Vec<i64> = query.limit(keyset::limit(PAGE)).into_tuple().all(connection).await?;
    let keys = keyset::page(keys, place, PAGE, i64::to_string);
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Id.is_in(keys.items.iter().copied()))
        .all(connection)
        .await?;
    let mut events: HashMap<i64, audit_event::Model> = events.into_iter().map(|event| (event.id, event)).collect();
    Ok(Page {
        items: keys.items.iter().filter_map(|key| events.remove(key)).collect(),
        previous: keys.previous,
        next: keys.next,
    })
}

/// How many events an account's trail has.
pub(crate) async fn count<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<u64, Error> {
    Ok(audit_trail::Entity::find()
        .filter(audit_trail::Column::AccountId.eq(account.0))
        .count(connection)
        .await?)
}

/// The number of the latest event; 0 if there is none.
pub(crate) async fn latest<C: ConnectionTrait>(connection: &C) -> Result<i64, Error> {
    let latest: Option<i64> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Id)
        .order_by_desc(audit_event::Column::Id)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(latest.unwrap_or_default())
}

/// The trails in which events after a number stand, with the event and its action; oldest first.
pub(crate) async fn trails_after<C: ConnectionTrait>(
    connection: &C,
    event: i64,
    limit: u64,
) -> Result<Vec<(i64, i64, String)>, Error> {
    Ok(audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::AccountId)
        .column(audit_trail::Column::EventId)
        .column(audit_trail::Column::Action)
        .filter(audit_trail::Column::EventId.gt(event))
        .order_by_asc(audit_trail::Column::EventId)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}
