//! Versions as the documents of the feed tell them.

use super::{newest::Among, of_id};
use crate::error::Error;
use schema::entity::{package, version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

/// The keys of all versions of an id, oldest first, listed or not. Nothing: there is no such id, or it has none.
pub(crate) async fn keys_of<C: ConnectionTrait>(connection: &C, id_key: &str) -> Result<Vec<String>, Error> {
    Ok(of_id(id_key)
        .select_only()
        .column(version::Column::VersionKey)
        .order_by_asc(version::Column::SortKey)
        .into_tuple()
        .all(connection)
        .await?)
}

/// A version as registrations show it.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Leaf {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) full_version: String,
    pub(crate) listed: bool,
    pub(crate) published_at: i64,
    pub(crate) metadata: String,
    pub(crate) icon_kind: Option<String>,
    pub(crate) downloads: i64,
}

/// The versions of an id with what registrations show, oldest first; from one sort key to another, both included.
pub(crate) async fn leaves<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    semver2: bool,
    range: Option<(Vec<u8>, Vec<u8>)>,
) -> Result<Vec<Leaf>, Error> {
    let query = of_id(id_key)
        .select_only()
        .column(package::Column::Name)
        .columns([
            version::Column::Id,
            version::Column::FullVersion,
            version::Column::Listed,
            version::Column::PublishedAt,
            version::Column::Metadata,
            version::Column::IconKind,
            version::Column::Downloads,
        ])
        .order_by_asc(version::Column::SortKey);
    let query = Among {
        prereleases: true,
        semver2,
    }
    .only(query);
    let query = match range {
        Some((lower, upper)) => query
            .filter(version::Column::SortKey.gte(lower))
            .filter(version::Column::SortKey.lte(upper)),
        None => query,
    };
    Ok(query.into_model().all(connection).await?)
}

/// The versions of an id as shown, oldest first.
pub(crate) async fn shown_of<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    semver2: bool,
) -> Result<Vec<String>, Error> {
    let query = of_id(id_key)
        .select_only()
        .column(version::Column::Version)
        .order_by_asc(version::Column::SortKey);
    let query = Among {
        prereleases: true,
        semver2,
    }
    .only(query);
    Ok(query.into_tuple().all(connection).await?)
}

/// The listed versions of an id in full, oldest first.
pub(crate) async fn listed_of<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    among: Among,
) -> Result<Vec<String>, Error> {
    let query = of_id(id_key)
        .select_only()
        .column(version::Column::FullVersion)
        .filter(version::Column::Listed.eq(true))
        .order_by_asc(version::Column::SortKey);
    Ok(among.only(query).into_tuple().all(connection).await?)
}

/// A listed version of one of several packages.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Sibling {
    pub(crate) package_id: i64,
    pub(crate) full_version: String,
    pub(crate) downloads: i64,
}

/// The listed versions of several packages, oldest first.
pub(crate) async fn siblings<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
    among: Among,
) -> Result<Vec<Sibling>, Error> {
    let query = version::Entity::find()
        .select_only()
        .columns([
            version::Column::PackageId,
            version::Column::FullVersion,
            version::Column::Downloads,
        ])
        .filter(version::Column::PackageId.is_in(packages))
        .filter(version::Column::Listed.eq(true))
        .order_by_asc(version::Column::PackageId)
        .order_by_asc(version::Column::SortKey);
    Ok(among.only(query).into_model().all(connection).await?)
}
