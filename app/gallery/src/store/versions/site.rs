//! Versions as those who administer the site see and delete them.

use super::of_package;
use crate::error::Error;
use schema::entity::version;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

/// A version as those who administer the site see it.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct SiteRow {
    pub(crate) version: String,
    pub(crate) listed: bool,
    pub(crate) published_at: i64,
}

/// The newest versions of a package, listed or not, or the one of a key.
pub(crate) async fn of_site<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: Option<String>,
    limit: u64,
) -> Result<Vec<SiteRow>, Error> {
    let query = version::Entity::find()
        .select_only()
        .columns([
            version::Column::Version,
            version::Column::Listed,
            version::Column::PublishedAt,
        ])
        .filter(version::Column::PackageId.eq(package));
    let query = match version_key {
        Some(key) => query.filter(version::Column::VersionKey.eq(key)),
        None => query,
    };
    Ok(query
        .order_by_desc(version::Column::SortKey)
        .limit(limit)
        .into_model()
        .all(connection)
        .await?)
}

/// A version that may be deleted.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Deletable {
    pub(crate) id: i64,
    pub(crate) full_version: String,
    pub(crate) blob_key: String,
}

/// The version of a key with the place of its bytes, if the package has it.
pub(crate) async fn deletable<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<Deletable>, Error> {
    Ok(of_package(package, version_key)
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::FullVersion,
            version::Column::BlobKey,
        ])
        .into_model()
        .one(connection)
        .await?)
}
