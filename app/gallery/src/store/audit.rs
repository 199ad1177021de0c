//! The tables `audit_events` and `audit_trails`, read for pages. They are written by `audit` alone.

use super::keyset;
use super::nul::without_nul;
use crate::authorization::{Authorized, SeeMembershipEvents, SiteRight};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::page::{Page, Place};
use domain::time::Timestamp;
use schema::entity::{audit_event, audit_trail};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// Events on a page.
pub(crate) const PAGE: usize = 50;

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

/// Which index serves a look into a trail. Each look uses exactly one: what else a filter asks for is looked at row by row,
/// so that a look costs the same in a trail of a million events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The primary key: account and event.
    Everything,
    /// Account, package and event; an id in lower case.
    Package(String),
    /// Account, actor and event; nobody for the operator and the gallery itself.
    Actor(Option<AccountKey>),
    /// Account, action and event.
    Action(AuditAction),
}

/// Which way a trail is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From newer events to older ones.
    Back,
    /// From older events to newer ones.
    Forth,
}

/// The events between two numbers, both left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Between {
    pub(crate) above: i64,
    pub(crate) below: i64,
}

/// An event in a trail, with what the trail itself says of it.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct TrailRow {
    pub(crate) event_id: i64,
    pub(crate) action: String,
    pub(crate) actor_id: Option<i64>,
    pub(crate) package_key: String,
}

/// The next events of a trail.
pub(crate) async fn stretch<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembershipEvents>,
    by: &By,
    between: Between,
    direction: Direction,
    limit: u64,
) -> Result<Vec<TrailRow>, Error> {
    let query = audit_trail::Entity::find()
        .select_only()
        .columns([
            audit_trail::Column::EventId,
            audit_trail::Column::Action,
            audit_trail::Column::ActorId,
            audit_trail::Column::PackageKey,
        ])
        .filter(audit_trail::Column::AccountId.eq(authorized.account().0))
        .filter(audit_trail::Column::EventId.gt(between.above))
        .filter(audit_trail::Column::EventId.lt(between.below));
    let served = match by {
        By::Everything => None,
        By::Package(id) => Some(audit_trail::Column::PackageKey.eq(without_nul(id))),
        By::Actor(Some(actor)) => Some(audit_trail::Column::ActorId.eq(actor.0)),
        By::Actor(None) => Some(audit_trail::Column::ActorId.is_null()),
        By::Action(action) => Some(audit_trail::Column::Action.eq(action.value())),
    };
    let query = match served {
        Some(served) => query.filter(few(connection, served)),
        None => query,
    };
    let query = match direction {
        Direction::Back => query.order_by_desc(audit_trail::Column::EventId),
        Direction::Forth => query.order_by_asc(audit_trail::Column::EventId),
    };
    Ok(query.limit(limit).into_model().all(connection).await?)
}

/// Tells SQLite, which keeps no statistics, that few rows are so. Without that it walks along the primary key, whose
/// entries are smaller, past every event of the account.
fn few<C: ConnectionTrait>(connection: &C, condition: SimpleExpr) -> SimpleExpr {
    match connection.get_database_backend() {
        DbBackend::Sqlite => Expr::cust_with_expr("likelihood(?, 0.0001)", condition),
        _ => condition,
    }
}

/// The events of these numbers, in the order of the numbers.
pub(crate) async fn events<C: ConnectionTrait>(
    connection: &C,
    numbers: &[i64],
) -> Result<Vec<audit_event::Model>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Id.is_in(numbers.iter().copied()))
        .all(connection)
        .await?;
    let mut events: HashMap<i64, audit_event::Model> = events.into_iter().map(|event| (event.id, event)).collect();
    Ok(numbers.iter().filter_map(|number| events.remove(number)).collect())
}

/// When an event happened.
pub(crate) async fn time_of<C: ConnectionTrait>(connection: &C, event: i64) -> Result<Option<Timestamp>, Error> {
    let time: Option<i64> = audit_event::Entity::find_by_id(event)
        .select_only()
        .column(audit_event::Column::Time)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(time.map(Timestamp::from_micros))
}

/// So many seconds may lie between a transaction's beginning, which is the time of its events, and their being numbered,
/// and between the clocks of two nodes.
const SLACK: i64 = 60;

/// The numbers between which every event of a time has its own: the index on the time finds the last event that is
/// certainly before it and the first one that is certainly after it. Events around them are for the reader to tell.
pub(crate) async fn between<C: ConnectionTrait>(
    connection: &C,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Result<Between, Error> {
    let number = || {
        audit_event::Entity::find()
            .select_only()
            .column(audit_event::Column::Id)
    };
    let above: Option<i64> = match from {
        Some(from) => {
            number()
                .filter(audit_event::Column::Time.lt(from.plus_seconds(-SLACK).micros()))
                .order_by_desc(audit_event::Column::Time)
                .limit(1)
                .into_tuple()
                .one(connection)
                .await?
        }
        None => None,
    };
    let below: Option<i64> = match until {
        Some(until) => {
            number()
                .filter(audit_event::Column::Time.gte(until.plus_seconds(SLACK).micros()))
                .order_by_asc(audit_event::Column::Time)
                .limit(1)
                .into_tuple()
                .one(connection)
                .await?
        }
        None => None,
    };
    Ok(Between {
        above: above.unwrap_or(0),
        below: below.unwrap_or(i64::MAX),
    })
}

/// The events of the whole site, newest first.
pub(crate) async fn of_site<C: ConnectionTrait>(
    connection: &C,
    _right: &SiteRight,
    place: &Place,
) -> Result<Page<audit_event::Model>, Error> {
    let query = keyset::newest_first(audit_event::Entity::find(), audit_event::Column::Id, place);
    let rows = query.limit(keyset::limit(PAGE)).all(connection).await?;
    Ok(keyset::page(rows, place, PAGE, |event| event.id.to_string()))
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

/// Whether the latest event of a trail happened at a moment or later.
pub(crate) async fn anything_since<C: ConnectionTrait>(
    connection: &C,
    trail: AccountKey,
    since: Timestamp,
) -> Result<bool, Error> {
    // One step in the index, however long the trail is.
    let latest: Option<i64> = audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::EventId)
        .filter(audit_trail::Column::AccountId.eq(trail.0))
        .order_by_desc(audit_trail::Column::EventId)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    let event = match latest {
        Some(latest) => audit_event::Entity::find_by_id(latest).one(connection).await?,
        None => None,
    };
    Ok(event.is_some_and(|event| event.time >= since.micros()))
}
