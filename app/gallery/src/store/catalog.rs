//! The table `catalog_entries`: what changed in the feed, for whoever follows it.

use super::nul::without_nul;
use crate::error::Error;
use crate::tx::Tx;
use schema::entity::catalog_entry;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Select, Statement,
};

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A version was published, listed or unlisted.
    Details,
}

/// Notes a change in the transaction that makes it; the sealer numbers it.
pub(crate) async fn append(tx: &Tx, change: Change, package_key: &str, version_key: &str) -> Result<(), Error> {
    append_all(tx, change, package_key, [version_key.to_owned()]).await
}

/// The same for several versions of a package; at least one.
pub(crate) async fn append_all(
    tx: &Tx,
    change: Change,
    package_key: &str,
    version_keys: impl IntoIterator<Item = String>,
) -> Result<(), Error> {
    let rows = version_keys.into_iter().map(|version_key| catalog_entry::ActiveModel {
        time: Set(tx.now().micros()),
        kind: Set(match change {
            Change::Details => "details".to_owned(),
        }),
        package_key: Set(package_key.to_owned()),
        version_key: Set(version_key),
        ..Default::default()
    });
    catalog_entry::Entity::insert_many(rows)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// How far the catalog has come. Entries are only ever added, but become visible out of order, so their count belongs to
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromQueryResult)]
pub(crate) struct Reach {
    pub(crate) entries: i64,
    pub(crate) last: i64,
    pub(crate) time: i64,
}

/// How far it has come for one id.
pub(crate) async fn reach_of<C: ConnectionTrait>(connection: &C, package_key: &str) -> Result<Reach, Error> {
    let reach = reach_query().filter(catalog_entry::Column::PackageKey.eq(without_nul(package_key)));
    Ok(reach.into_model().one(connection).await?.unwrap_or_default())
}

/// How many entries there are altogether: what is sealed is counted by its last number. In one statement, so that nothing
/// is sealed in between.
pub(crate) async fn entries<C: ConnectionTrait>(connection: &C) -> Result<i64, Error> {
    const SQL: &str = "SELECT (SELECT COALESCE(MAX(sequence), 0) FROM catalog_entries) \
                       + (SELECT COUNT(*) FROM catalog_entries WHERE sequence IS NULL) AS entries";
    let statement = Statement::from_string(connection.get_database_backend(), SQL);
    match connection.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "entries")?),
        None => Ok(0),
    }
}

fn reach_query() -> Select<catalog_entry::Entity> {
    let greatest = |column: catalog_entry::Column| Func::coalesce([column.max(), Expr::value(0_i64)]);
    catalog_entry::Entity::find()
        .select_only()
        .column_as(catalog_entry::Column::Id.count(), "entries")
        .expr_as(greatest(catalog_entry::Column::Id), "last")
        .expr_as(greatest(catalog_entry::Column::Time), "time")
}

/// The number of the last change.
pub(crate) async fn head<C: ConnectionTrait>(connection: &C) -> Result<i64, Error> {
    let last: Option<Option<i64>> = catalog_entry::Entity::find()
        .select_only()
        .column(catalog_entry::Column::Sequence)
        .filter(catalog_entry::Column::Sequence.is_not_null())
        .order_by_desc(catalog_entry::Column::Sequence)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

/// The ids that changed after a number, each with its own, in order.
pub(crate) async fn after<C: ConnectionTrait>(
    connection: &C,
    sequence: i64,
    limit: u64,
) -> Result<Vec<(i64, String)>, Error> {
    let rows: Vec<(Option<i64>, String)> = catalog_entry::Entity::find()
        .select_only()
        .columns([catalog_entry::Column::Sequence, catalog_entry::Column::PackageKey])
        .filter(catalog_entry::Column::Sequence.gt(sequence))
        .order_by_asc(catalog_entry::Column::Sequence)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(sequence, key)| Some((sequence?, key)))
        .collect())
}
