//! Versions to be listed and unlisted.

use super::of_package;
use crate::authorization::{AuthorizedPackage, ChangeListing};
use crate::error::Error;
use crate::tx::Tx;
use schema::entity::version;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

/// A version to be listed or unlisted.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Listable {
    pub(crate) id: i64,
    pub(crate) full_version: String,
    pub(crate) listed: bool,
}

/// The version of a key, if the package has it.
pub(crate) async fn listable<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<Listable>, Error> {
    Ok(of_package(package, version_key)
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::FullVersion,
            version::Column::Listed,
        ])
        .into_model()
        .one(connection)
        .await?)
}

/// Lists or unlists a version of the authorized package.
pub(crate) async fn set_listed(
    tx: &Tx,
    right: &AuthorizedPackage<ChangeListing>,
    version: i64,
    listed: bool,
) -> Result<(), Error> {
    version::Entity::update_many()
        .col_expr(version::Column::Listed, Expr::value(listed))
        .filter(version::Column::Id.eq(version))
        .filter(version::Column::PackageId.eq(right.package().id))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// A version to be changed, with its key.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Keyed {
    pub(crate) id: i64,
    pub(crate) version_key: String,
    pub(crate) full_version: String,
    pub(crate) listed: bool,
}

/// Those of the versions of some keys that the package has.
pub(crate) async fn listables<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_keys: impl IntoIterator<Item = String>,
) -> Result<Vec<Keyed>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::VersionKey,
            version::Column::FullVersion,
            version::Column::Listed,
        ])
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.is_in(version_keys))
        .order_by_asc(version::Column::SortKey)
        .into_model()
        .all(connection)
        .await?)
}

/// Unlists every version of the authorized package; returns how many were listed.
pub(crate) async fn unlist_all(tx: &Tx, right: &AuthorizedPackage<ChangeListing>) -> Result<u64, Error> {
    let done = version::Entity::update_many()
        .col_expr(version::Column::Listed, Expr::value(false))
        .filter(version::Column::PackageId.eq(right.package().id))
        .filter(version::Column::Listed.eq(true))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected)
}
