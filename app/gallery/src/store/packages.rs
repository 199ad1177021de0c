//! The table `packages`: ids with what their lists show.

use super::nul::without_nul;
use crate::authorization::{Authorized, PublishNewId, SiteRight};
use crate::error::Error;
use crate::packages::PublishRight;
use crate::tx::Tx;
use domain::package::PackageId;
use schema::entity::{package, package_owner};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, TryInsertResult,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The package of an id in lower case.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, id_key: &str) -> Result<Option<package::Model>, Error> {
    Ok(by_key(id_key).one(connection).await?)
}

/// Those of some ids in lower case of which there is a package with a version.
pub(crate) async fn existing<C: ConnectionTrait>(
    connection: &C,
    id_keys: impl IntoIterator<Item = String>,
) -> Result<HashSet<String>, Error> {
    let found: Vec<String> = package::Entity::find()
        .select_only()
        .column(package::Column::IdKey)
        .filter(package::Column::IdKey.is_in(id_keys))
        .filter(package::Column::VersionCount.gt(0))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found.into_iter().collect())
}

/// The package of an id, held until the end of the transaction: who publishes or lists its versions does so alone.
/// SQLite has one writer, who holds everything anyway.
pub(crate) async fn lock(tx: &Tx, id_key: &str) -> Result<Option<package::Model>, Error> {
    let query = match tx.connection().get_database_backend() {
        DbBackend::Postgres => by_key(id_key).lock(LockType::Update),
        _ => by_key(id_key),
    };
    Ok(query.one(tx.connection()).await?)
}

/// The same for a package of a number.
pub(crate) async fn lock_number(tx: &Tx, package: i64) -> Result<Option<package::Model>, Error> {
    let query = package::Entity::find_by_id(package);
    let query = match tx.connection().get_database_backend() {
        DbBackend::Postgres => query.lock(LockType::Update),
        _ => query,
    };
    Ok(query.one(tx.connection()).await?)
}

/// The ids of packages by their numbers.
pub(crate) async fn names<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>, Error> {
    let rows: Vec<(i64, String)> = package::Entity::find()
        .select_only()
        .columns([package::Column::Id, package::Column::Name])
        .filter(package::Column::Id.is_in(packages))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Makes a package with its first owner. Nothing: somebody else was faster.
pub(crate) async fn insert(tx: &Tx, right: &Authorized<PublishNewId>, id: &PackageId) -> Result<Option<i64>, Error> {
    let row = package::ActiveModel {
        id_key: Set(id.key()),
        name: Set(id.as_str().to_owned()),
        locked: Set(false),
        downloads: Set(0),
        created_at: Set(tx.now().micros()),
        latest_id: Set(None),
        latest_stable_id: Set(None),
        latest_plain_id: Set(None),
        latest_plain_stable_id: Set(None),
        search_text: Set(String::new()),
        version_count: Set(0),
        published_at: Set(tx.now().micros()),
        verified: Set(false),
        ..Default::default()
    };
    let inserted = package::Entity::insert(row)
        .on_conflict_do_nothing_on([package::Column::IdKey])
        .exec(tx.connection())
        .await?;
    let TryInsertResult::Inserted(inserted) = inserted else {
        return Ok(None);
    };
    let owner = package_owner::ActiveModel {
        package_id: Set(inserted.last_insert_id),
        account_id: Set(right.account().0),
        id_key: Set(id.key()),
        since: Set(tx.now().micros()),
        downloads: Set(0),
        listed: Set(false),
    };
    package_owner::Entity::insert(owner)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(Some(inserted.last_insert_id))
}

/// Notes new versions: how many more, published now, and the id as it was written this time.
pub(crate) async fn count_versions(
    tx: &Tx,
    _right: &PublishRight,
    package: i64,
    id: &PackageId,
    count: i32,
) -> Result<(), Error> {
    package::Entity::update_many()
        .col_expr(package::Column::Name, Expr::value(id.as_str()))
        .col_expr(
            package::Column::VersionCount,
            Expr::col(package::Column::VersionCount).add(count),
        )
        .col_expr(package::Column::PublishedAt, Expr::value(tx.now().micros()))
        .filter(package::Column::Id.eq(package))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// The newest listed versions of a package, one for each kind of client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Latest {
    /// Of all.
    pub(crate) latest_id: Option<i64>,
    /// Of those that are no prereleases.
    pub(crate) latest_stable_id: Option<i64>,
    /// Of those that old clients understand.
    pub(crate) latest_plain_id: Option<i64>,
    /// Of those that old clients understand and that are no prereleases.
    pub(crate) latest_plain_stable_id: Option<i64>,
}

/// Points at the newest listed versions. What is derived from rows needs no right of its own.
pub(crate) async fn point(tx: &Tx, package: i64, latest: Latest) -> Result<(), Error> {
    package::Entity::update_many()
        .col_expr(package::Column::LatestId, Expr::value(latest.latest_id))
        .col_expr(package::Column::LatestStableId, Expr::value(latest.latest_stable_id))
        .col_expr(package::Column::LatestPlainId, Expr::value(latest.latest_plain_id))
        .col_expr(
            package::Column::LatestPlainStableId,
            Expr::value(latest.latest_plain_stable_id),
        )
        .filter(package::Column::Id.eq(package))
        .exec(tx.connection())
        .await?;
    super::owners::follow(tx, [package]).await
}

/// Where a package points at present.
pub(crate) async fn pointers(tx: &Tx, package: i64) -> Result<Latest, Error> {
    let found = package::Entity::find_by_id(package)
        .select_only()
        .columns([
            package::Column::LatestId,
            package::Column::LatestStableId,
            package::Column::LatestPlainId,
            package::Column::LatestPlainStableId,
        ])
        .into_model()
        .one(tx.connection())
        .await?;
    Ok(found.unwrap_or_default())
}

/// Locks or unlocks a package.
pub(crate) async fn set_locked(tx: &Tx, _right: &SiteRight, package: i64, locked: bool) -> Result<(), Error> {
    package::Entity::update_many()
        .col_expr(package::Column::Locked, Expr::value(locked))
        .filter(package::Column::Id.eq(package))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Replaces what is searched.
pub(crate) async fn set_search_text(tx: &Tx, package: i64, text: String) -> Result<(), Error> {
    package::Entity::update_many()
        .col_expr(package::Column::SearchText, Expr::value(text))
        .filter(package::Column::Id.eq(package))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Adds downloads, counted elsewhere; `counts` has a package once, in the order of keys.
pub(crate) async fn add_downloads(tx: &Tx, counts: &BTreeMap<i64, i64>) -> Result<(), Error> {
    for (package, count) in counts {
        package::Entity::update_many()
            .col_expr(
                package::Column::Downloads,
                Expr::col(package::Column::Downloads).add(*count),
            )
            .filter(package::Column::Id.eq(*package))
            .exec(tx.connection())
            .await?;
    }
    super::owners::follow(tx, counts.keys().copied()).await
}

/// A package without what only search reads.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Head {
    pub(crate) id: i64,
    pub(crate) id_key: String,
    pub(crate) name: String,
    pub(crate) downloads: i64,
    pub(crate) latest_id: Option<i64>,
    pub(crate) latest_stable_id: Option<i64>,
    pub(crate) version_count: i32,
    pub(crate) verified: bool,
}

impl Head {
    /// The version that lists show: the newest stable one, or the newest prerelease if there is no other.
    pub(crate) fn shown(&self) -> Option<i64> {
        self.latest_stable_id.or(self.latest_id)
    }
}

/// The columns of a [`Head`].
pub(super) const HEAD: [package::Column; 8] = [
    package::Column::Id,
    package::Column::IdKey,
    package::Column::Name,
    package::Column::Downloads,
    package::Column::LatestId,
    package::Column::LatestStableId,
    package::Column::VersionCount,
    package::Column::Verified,
];

/// The packages whose newest version depends on an id, most downloaded first; those with a listed version.
pub(crate) async fn depending_on<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    limit: u64,
) -> Result<Vec<Head>, Error> {
    let depending = Query::select()
        .column(schema::entity::dependency::Column::PackageId)
        .from(schema::entity::dependency::Entity)
        .and_where(schema::entity::dependency::Column::DependencyKey.eq(id_key))
        .to_owned();
    Ok(package::Entity::find()
        .select_only()
        .columns(HEAD)
        .filter(package::Column::LatestId.is_not_null())
        .filter(package::Column::Id.in_subquery(depending))
        .order_by_desc(package::Column::Downloads)
        .order_by_asc(package::Column::Id)
        .limit(limit)
        .into_model()
        .all(connection)
        .await?)
}

fn by_key(id_key: &str) -> sea_orm::Select<package::Entity> {
    package::Entity::find().filter(package::Column::IdKey.eq(without_nul(id_key)))
}
