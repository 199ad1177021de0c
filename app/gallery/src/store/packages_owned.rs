//! The table `package_owners` by account: the lists of packages, and their counts. Each list follows an index in its order,
//! from the place on, so that a page takes as long for an account with thousands of packages as for one with few.

use super::keyset;
use super::nul::without_nul;
use super::packages::{HEAD, Head};
use crate::error::Error;
use domain::account::AccountKey;
use domain::page::{Page, Place};
use schema::entity::{package, package_owner};
use sea_orm::sea_query::{ExprTrait, Order, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Accounts of one statement; SQLite puts at most 500 selects together.
const ACCOUNTS: usize = 200;

/// The packages of which one of the accounts is an owner, by id.
pub(crate) async fn owned_by<C: ConnectionTrait>(
    connection: &C,
    accounts: &[AccountKey],
    place: &Place,
    size: usize,
) -> Result<Page<Head>, Error> {
    let mut owned: Vec<i64> = Vec::new();
    for some in accounts.chunks(ACCOUNTS) {
        let Some(query) = next_by_id(some, place, size) else {
            continue;
        };
        for row in connection.query_all(&query).await? {
            owned.push(row.try_get("", "package_id")?);
        }
    }
    // Once more, for the database knows the order of ids, and there may be more than a page's from several statements.
    let rows = package::Entity::find()
        .select_only()
        .columns(HEAD)
        .filter(package::Column::Id.is_in(owned))
        .order_by(package::Column::IdKey, by_id(place))
        .limit(keyset::limit(size))
        .into_model::<Head>()
        .all(connection)
        .await?;
    Ok(keyset::page(rows, place, size, |row| row.id_key.clone()))
}

/// The next packages of some accounts together, each once. Nothing: there is no account.
fn next_by_id(accounts: &[AccountKey], place: &Place, size: usize) -> Option<SelectStatement> {
    let mut parts = accounts.iter().map(|account| next_of_one(*account, place, size));
    let first = parts.next()?;
    let mut others = parts.peekable();
    if others.peek().is_none() {
        return Some(first);
    }
    // Each account brings no more than a page, whatever it owns. The select around it is there for SQLite, which has no
    // LIMIT for one part of a union otherwise.
    let part = |of_one: SelectStatement| {
        Query::select()
            .columns([package_owner::Column::IdKey, package_owner::Column::PackageId])
            .from_subquery(of_one, "owned")
            .to_owned()
    };
    let mut together = part(first);
    for other in others {
        // A package of several of the accounts must not take the place of another.
        together.union(UnionType::Distinct, part(other));
    }
    together
        .order_by(package_owner::Column::IdKey, by_id(place))
        .limit(keyset::limit(size));
    Some(together)
}

fn next_of_one(account: AccountKey, place: &Place, size: usize) -> SelectStatement {
    let mut query = Query::select()
        .columns([package_owner::Column::IdKey, package_owner::Column::PackageId])
        .from(package_owner::Entity)
        .and_where(package_owner::Column::AccountId.eq(account.0))
        .order_by(package_owner::Column::IdKey, by_id(place))
        .limit(keyset::limit(size))
        .to_owned();
    match place {
        Place::Start => {}
        Place::After(cursor) => {
            query.and_where(package_owner::Column::IdKey.gt(without_nul(cursor)));
        }
        Place::Before(cursor) => {
            query.and_where(package_owner::Column::IdKey.lt(without_nul(cursor)));
        }
    }
    query
}

const fn by_id(place: &Place) -> Order {
    match place {
        Place::Start | Place::After(_) => Order::Asc,
        Place::Before(_) => Order::Desc,
    }
}

/// The packages of an account that have a listed version, most downloaded first.
pub(crate) async fn listed_of<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    place: &Place,
    size: usize,
) -> Result<Page<Head>, Error> {
    let (downloads_order, package_order) = match place {
        Place::Start | Place::After(_) => (Order::Desc, Order::Asc),
        Place::Before(_) => (Order::Asc, Order::Desc),
    };
    let mut rows: Vec<(i64, i64)> = Vec::new();
    for stretch in stretches(place) {
        let left = keyset::limit(size).saturating_sub(rows.len() as u64);
        if left == 0 {
            break;
        }
        let more: Vec<(i64, i64)> = package_owner::Entity::find()
            .select_only()
            .columns([package_owner::Column::Downloads, package_owner::Column::PackageId])
            .filter(package_owner::Column::AccountId.eq(account.0))
            .filter(package_owner::Column::Listed.eq(true))
            .filter(stretch)
            .order_by(package_owner::Column::Downloads, downloads_order.clone())
            .order_by(package_owner::Column::PackageId, package_order.clone())
            .limit(left)
            .into_tuple()
            .all(connection)
            .await?;
        rows.extend(more);
    }
    let page = keyset::page(rows, place, size, |(downloads, id)| format!("{downloads}.{id}"));
    let mut heads = heads(connection, page.items.iter().map(|(_, id)| *id)).await?;
    Ok(Page {
        items: page.items.iter().filter_map(|(_, id)| heads.remove(id)).collect(),
        previous: page.previous,
        next: page.next,
    })
}

/// What follows a place in the order of downloads, one after the other: first the rest of those with as many downloads as
/// the cursor's, then those with others. Together they would be an OR, for which no index is followed in its order.
fn stretches(place: &Place) -> Vec<Condition> {
    let (downloads, package) = (package_owner::Column::Downloads, package_owner::Column::PackageId);
    match place {
        Place::Start => vec![Condition::all()],
        Place::After(cursor) => {
            let (count, id) = downloads_cursor(cursor);
            vec![
                Condition::all().add(downloads.eq(count)).add(package.gt(id)),
                Condition::all().add(downloads.lt(count)),
            ]
        }
        Place::Before(cursor) => {
            let (count, id) = downloads_cursor(cursor);
            vec![
                Condition::all().add(downloads.eq(count)).add(package.lt(id)),
                Condition::all().add(downloads.gt(count)),
            ]
        }
    }
}

/// `{downloads}.{number}`; one that is none leads to the end of the list.
fn downloads_cursor(cursor: &str) -> (i64, i64) {
    let (downloads, id) = cursor.split_once('.').unwrap_or_default();
    (keyset::number(downloads), keyset::number(id))
}

async fn heads<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Head>, Error> {
    let rows: Vec<Head> = package::Entity::find()
        .select_only()
        .columns(HEAD)
        .filter(package::Column::Id.is_in(packages))
        .into_model()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|head| (head.id, head)).collect())
}

/// How many packages of an account have a listed version, and the downloads of all its packages.
pub(crate) async fn totals_of<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<(u32, u64), Error> {
    let rows: Vec<(bool, i64, i64)> = package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::Listed)
        .column_as(package_owner::Column::AccountId.count(), "packages")
        .column_as(package_owner::Column::Downloads.sum().cast_as("bigint"), "downloads")
        .filter(package_owner::Column::AccountId.eq(account.0))
        .group_by(package_owner::Column::Listed)
        .into_tuple()
        .all(connection)
        .await?;
    let listed = rows.iter().filter(|(listed, ..)| *listed).map(|(_, count, _)| *count);
    let downloads = rows.iter().map(|(.., downloads)| *downloads);
    Ok((
        u32::try_from(listed.sum::<i64>()).unwrap_or(u32::MAX),
        u64::try_from(downloads.sum::<i64>()).unwrap_or_default(),
    ))
}

/// How many packages each of the accounts owns; who owns none is missing.
pub(crate) async fn counts<C: ConnectionTrait>(
    connection: &C,
    accounts: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u32>, Error> {
    let rows: Vec<(i64, i64)> = package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::AccountId)
        // A column that every index by account has, so that no row is read.
        .column_as(package_owner::Column::AccountId.count(), "packages")
        .filter(package_owner::Column::AccountId.is_in(accounts))
        .group_by(package_owner::Column::AccountId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(account, count)| (account, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}
