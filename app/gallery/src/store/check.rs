//! Rows as `check` holds them against one another: each batch as it was at one moment.

use super::packages::Latest;
use crate::Gallery;
use crate::error::Error;
use schema::entity::{audit_event, audit_trail, draft, package, package_owner, version};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IsolationLevel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};
use std::collections::HashMap;

/// A package with what belongs to it.
pub(crate) struct Checked {
    pub(crate) package: PackageRow,
    pub(crate) versions: Vec<VersionRow>,
    pub(crate) owners: Vec<OwnerRow>,
    /// The keys of its deleted versions.
    pub(crate) deleted: Vec<String>,
}

/// What a package's row claims.
pub(crate) struct PackageRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) downloads: i64,
    pub(crate) version_count: i32,
    pub(crate) latest: Latest,
}

/// What an owner's row repeats of the package.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct OwnerRow {
    package_id: i64,
    pub(crate) downloads: i64,
    pub(crate) listed: bool,
}

/// The columns of a package's row, in the order in which they are read.
type PackageColumns = (
    i64,
    String,
    i64,
    i32,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// What a version's row claims.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct VersionRow {
    pub(crate) id: i64,
    pub(crate) package_id: i64,
    pub(crate) version_key: String,
    pub(crate) full_version: String,
    pub(crate) sort_key: Vec<u8>,
    pub(crate) prerelease: bool,
    pub(crate) semver2: bool,
    pub(crate) listed: bool,
    pub(crate) blob_hash: String,
    pub(crate) blob_key: String,
    pub(crate) size: i64,
}

/// Packages after a number, with everything that belongs to them at the same moment.
pub(crate) async fn packages_after(g: &Gallery, after: i64, limit: u64) -> Result<Vec<Checked>, Error> {
    let snapshot = TransactionOptions {
        // SQLite's readers see one moment anyway.
        isolation_level: match g.reader().get_database_backend() {
            DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            _ => None,
        },
        ..TransactionOptions::default()
    };
    let tx = g.reader().begin_with_options(snapshot).await?;
    let rows: Vec<PackageColumns> = package::Entity::find()
        .select_only()
        .columns([
            package::Column::Id,
            package::Column::Name,
            package::Column::Downloads,
            package::Column::VersionCount,
            package::Column::LatestId,
            package::Column::LatestStableId,
            package::Column::LatestPlainId,
            package::Column::LatestPlainStableId,
        ])
        .filter(package::Column::Id.gt(after))
        .order_by_asc(package::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(&tx)
        .await?;
    let keys: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let mut versions = versions_of(&tx, &keys).await?;
    let mut owners = owners_of(&tx, &keys).await?;
    let mut deleted = super::deletions::of_packages(&tx, &keys).await?;
    tx.rollback().await?;
    let checked = |(id, name, downloads, version_count, latest, stable, plain, plain_stable): PackageColumns| Checked {
        versions: versions.remove(&id).unwrap_or_default(),
        owners: owners.remove(&id).unwrap_or_default(),
        deleted: deleted.remove(&id).unwrap_or_default(),
        package: PackageRow {
            id,
            name,
            downloads,
            version_count,
            latest: Latest {
                latest_id: latest,
                latest_stable_id: stable,
                latest_plain_id: plain,
                latest_plain_stable_id: plain_stable,
            },
        },
    };
    Ok(rows.into_iter().map(checked).collect())
}

async fn versions_of<C: ConnectionTrait>(
    connection: &C,
    packages: &[i64],
) -> Result<HashMap<i64, Vec<VersionRow>>, Error> {
    let rows: Vec<VersionRow> = version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::PackageId,
            version::Column::VersionKey,
            version::Column::FullVersion,
            version::Column::SortKey,
            version::Column::Prerelease,
            version::Column::Semver2,
            version::Column::Listed,
            version::Column::BlobHash,
            version::Column::BlobKey,
            version::Column::Size,
        ])
        .filter(version::Column::PackageId.is_in(packages.iter().copied()))
        .into_model()
        .all(connection)
        .await?;
    let mut versions: HashMap<i64, Vec<VersionRow>> = HashMap::new();
    for row in rows {
        versions.entry(row.package_id).or_default().push(row);
    }
    Ok(versions)
}

async fn owners_of<C: ConnectionTrait>(connection: &C, packages: &[i64]) -> Result<HashMap<i64, Vec<OwnerRow>>, Error> {
    let rows: Vec<OwnerRow> = package_owner::Entity::find()
        .select_only()
        .columns([
            package_owner::Column::PackageId,
            package_owner::Column::Downloads,
            package_owner::Column::Listed,
        ])
        .filter(package_owner::Column::PackageId.is_in(packages.iter().copied()))
        .into_model()
        .all(connection)
        .await?;
    let mut owners: HashMap<i64, Vec<OwnerRow>> = HashMap::new();
    for row in rows {
        owners.entry(row.package_id).or_default().push(row);
    }
    Ok(owners)
}

/// A draft that can be published.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct DraftRow {
    pub(crate) file_name: String,
    pub(crate) blob_hash: String,
    pub(crate) blob_key: String,
    pub(crate) size: i64,
}

/// The drafts that can be published.
pub(crate) async fn drafts(g: &Gallery) -> Result<Vec<DraftRow>, Error> {
    Ok(draft::Entity::find()
        .select_only()
        .columns([
            draft::Column::FileName,
            draft::Column::BlobHash,
            draft::Column::BlobKey,
            draft::Column::Size,
        ])
        .filter(draft::Column::Refused.is_null())
        .into_model()
        .all(g.reader())
        .await?)
}

/// The events of which some trail says another action or another actor than they do themselves, at most `limit`: filters
/// would not find them.
pub(crate) async fn events_with_another_trail(g: &Gallery, limit: u64) -> Result<Vec<i64>, Error> {
    let actor = |column: Expr| Func::coalesce([column, Expr::value(0)]);
    let other = Condition::any()
        .add(
            Expr::col((audit_trail::Entity, audit_trail::Column::Action))
                .ne(Expr::col((audit_event::Entity, audit_event::Column::Action))),
        )
        .add(
            Expr::from(actor(Expr::col((audit_trail::Entity, audit_trail::Column::ActorId)))).ne(Expr::from(actor(
                Expr::col((audit_event::Entity, audit_event::Column::ActorId)),
            ))),
        );
    Ok(audit_trail::Entity::find()
        .select_only()
        .column(audit_trail::Column::EventId)
        .distinct()
        .join(
            JoinType::InnerJoin,
            audit_trail::Entity::belongs_to(audit_event::Entity)
                .from(audit_trail::Column::EventId)
                .to(audit_event::Column::Id)
                .into(),
        )
        .filter(other)
        .order_by_asc(audit_trail::Column::EventId)
        .limit(limit)
        .into_tuple()
        .all(g.reader())
        .await?)
}

/// The events that are missing in the trail of the account they were done for, at most `limit`: the page "Audit trail"
/// would not show them.
pub(crate) async fn events_without_trail(g: &Gallery, limit: u64) -> Result<Vec<i64>, Error> {
    let shown = Query::select()
        .expr(Expr::value(1))
        .from(audit_trail::Entity)
        .and_where(
            Expr::col((audit_trail::Entity, audit_trail::Column::AccountId))
                .equals((audit_event::Entity, audit_event::Column::AccountId)),
        )
        .and_where(
            Expr::col((audit_trail::Entity, audit_trail::Column::EventId))
                .equals((audit_event::Entity, audit_event::Column::Id)),
        )
        .to_owned();
    Ok(audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Id)
        .filter(audit_event::Column::AccountId.is_not_null())
        .filter(Expr::exists(shown).not())
        .order_by_asc(audit_event::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(g.reader())
        .await?)
}
