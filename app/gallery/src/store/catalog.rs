//! The table `catalog_entries`: what changed in the feed, for whoever follows it.

use super::nul::without_nul;
use crate::error::Error;
use crate::tx::Tx;
use schema::entity::catalog_entry;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

/// Entries written by one statement.
const BATCH: usize = 500;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A version was published, listed, unlisted, deprecated, or something else that is shown of it changed.
    Details,
    /// A version was deleted.
    Delete,
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
    let rows = version_keys
        .into_iter()
        .map(|version_key| row(tx, change, package_key, version_key));
    catalog_entry::Entity::insert_many(rows)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Notes a change of several packages, each with one of its versions.
pub(crate) async fn append_of_packages(tx: &Tx, change: Change, changed: &[(String, String)]) -> Result<(), Error> {
    for some in changed.chunks(BATCH) {
        let rows = some
            .iter()
            .map(|(package_key, version_key)| row(tx, change, package_key, version_key.clone()));
        catalog_entry::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

fn row(tx: &Tx, change: Change, package_key: &str, version_key: String) -> catalog_entry::ActiveModel {
    catalog_entry::ActiveModel {
        time: Set(tx.now().micros()),
        kind: Set(match change {
            Change::Details => "details".to_owned(),
            Change::Delete => "delete".to_owned(),
        }),
        package_key: Set(package_key.to_owned()),
        version_key: Set(version_key),
        ..Default::default()
    }
}

/// Notes that all listed versions of a package change.
pub(crate) async fn append_listed(tx: &Tx, package: i64) -> Result<(), Error> {
    let select = "SELECT $1, 'details', package.id_key, version.version_key FROM versions AS version \
                  INNER JOIN packages AS package ON package.id = version.package_id \
                  WHERE version.package_id = $2 AND version.listed ORDER BY version.sort_key";
    append_selected(tx, select, [tx.now().micros().into(), package.into()]).await
}

/// Notes that what is shown of a package besides its versions has changed: its owners, its mark. Its newest version
/// stands for it.
pub(crate) async fn append_newest(tx: &Tx, package: i64) -> Result<(), Error> {
    let select = "SELECT $1, 'details', package.id_key, version.version_key FROM versions AS version \
                  INNER JOIN packages AS package ON package.id = version.package_id \
                  WHERE version.package_id = $2 ORDER BY version.sort_key DESC LIMIT 1";
    append_selected(tx, select, [tx.now().micros().into(), package.into()]).await
}

async fn append_selected(tx: &Tx, select: &str, values: [sea_orm::Value; 2]) -> Result<(), Error> {
    let sql = format!("INSERT INTO catalog_entries (time, kind, package_key, version_key) {select}");
    let statement = Statement::from_sql_and_values(tx.connection().get_database_backend(), sql, values);
    tx.connection().execute_raw(statement).await?;
    Ok(())
}

/// How far the catalog has come. Entries are only ever added, but those of different ids become visible out of order: for
/// all of them together their count tells it, for one id the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Reach {
    pub(crate) entries: i64,
    pub(crate) last: i64,
    pub(crate) time: i64,
}

/// How far it has come for one id. Whoever changes a package holds its row until the commit, so the entries of one id do
/// become visible in their order, and its last one says it all: one look at an index, however many versions there are.
pub(crate) async fn reach_of<C: ConnectionTrait>(connection: &C, package_key: &str) -> Result<Reach, Error> {
    let last: Option<(i64, i64)> = catalog_entry::Entity::find()
        .select_only()
        .columns([catalog_entry::Column::Id, catalog_entry::Column::Time])
        .filter(catalog_entry::Column::PackageKey.eq(without_nul(package_key)))
        .order_by_desc(catalog_entry::Column::Id)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    let (last, time) = last.unwrap_or_default();
    Ok(Reach { entries: 0, last, time })
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
