//! The table `deleted_versions`: versions whose bytes are gone and whose numbers stay taken.

use crate::authorization::SiteRight;
use crate::error::Error;
use crate::tx::Tx;
use schema::entity::{deleted_version, deprecation, package, version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// A version that is to be deleted.
pub(crate) struct Doomed<'a> {
    pub(crate) package: i64,
    pub(crate) version: i64,
    pub(crate) version_key: &'a str,
    pub(crate) full_version: &'a str,
    pub(crate) reason: &'a str,
}

/// Removes a version with everything that hangs on it, and notes that its number is taken for ever. The asker holds the
/// package's row.
pub(crate) async fn delete(tx: &Tx, _right: &SiteRight, doomed: &Doomed<'_>) -> Result<(), Error> {
    deprecation::Entity::delete_many()
        .filter(deprecation::Column::VersionId.eq(doomed.version))
        .exec(tx.connection())
        .await?;
    version::Entity::delete_by_id(doomed.version)
        .exec(tx.connection())
        .await?;
    let row = deleted_version::ActiveModel {
        package_id: Set(doomed.package),
        version_key: Set(doomed.version_key.to_owned()),
        version: Set(doomed.full_version.to_owned()),
        reason: Set(doomed.reason.to_owned()),
        deleted_at: Set(tx.now().micros()),
    };
    deleted_version::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    let latest: Option<Option<i64>> = version::Entity::find()
        .select_only()
        .expr(version::Column::PublishedAt.max())
        .filter(version::Column::PackageId.eq(doomed.package))
        .into_tuple()
        .one(tx.connection())
        .await?;
    let mut change = package::Entity::update_many().col_expr(
        package::Column::VersionCount,
        Expr::col(package::Column::VersionCount).sub(1),
    );
    if let Some(latest) = latest.flatten() {
        change = change.col_expr(package::Column::PublishedAt, Expr::value(latest));
    }
    change
        .filter(package::Column::Id.eq(doomed.package))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Whether the version of a key was deleted.
pub(crate) async fn is_deleted<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<bool, Error> {
    let found = deleted_version::Entity::find_by_id((package, version_key.to_owned()))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// Those of the versions that were deleted, as pairs of the id in lower case and the version's key.
pub(crate) async fn among<C: ConnectionTrait>(
    connection: &C,
    id_keys: Vec<String>,
    version_keys: Vec<String>,
) -> Result<Vec<(String, String)>, Error> {
    Ok(deleted_version::Entity::find()
        .select_only()
        .column(package::Column::IdKey)
        .column(deleted_version::Column::VersionKey)
        .join(
            sea_orm::JoinType::InnerJoin,
            deleted_version::Entity::belongs_to(package::Entity)
                .from(deleted_version::Column::PackageId)
                .to(package::Column::Id)
                .into(),
        )
        .filter(package::Column::IdKey.is_in(id_keys))
        .filter(deleted_version::Column::VersionKey.is_in(version_keys))
        .into_tuple()
        .all(connection)
        .await?)
}

/// The keys of the deleted versions of several packages.
pub(crate) async fn of_packages<C: ConnectionTrait>(
    connection: &C,
    packages: &[i64],
) -> Result<HashMap<i64, Vec<String>>, Error> {
    let rows: Vec<(i64, String)> = deleted_version::Entity::find()
        .select_only()
        .columns([deleted_version::Column::PackageId, deleted_version::Column::VersionKey])
        .filter(deleted_version::Column::PackageId.is_in(packages.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let mut deleted: HashMap<i64, Vec<String>> = HashMap::new();
    for (package, key) in rows {
        deleted.entry(package).or_default().push(key);
    }
    Ok(deleted)
}
