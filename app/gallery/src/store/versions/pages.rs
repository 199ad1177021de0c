//! Versions as lists and package pages show them.

use crate::error::Error;
use crate::store::keyset;
use domain::package::PackageMetadata;
use domain::page::{Page, Place};
use schema::entity::version;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

/// What a list shows of a version.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) id: i64,
    pub(crate) version: String,
    pub(crate) full_version: String,
    pub(crate) published_at: i64,
    pub(crate) icon: bool,
    pub(crate) metadata: PackageMetadata,
}

/// The versions of these numbers, in no order.
pub(crate) async fn cards<C: ConnectionTrait>(
    connection: &C,
    versions: impl IntoIterator<Item = i64>,
) -> Result<Vec<Card>, Error> {
    let rows: Vec<(i64, String, String, i64, Option<String>, String)> = version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::Version,
            version::Column::FullVersion,
            version::Column::PublishedAt,
            version::Column::IconKind,
            version::Column::Metadata,
        ])
        .filter(version::Column::Id.is_in(versions))
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(id, version, full_version, published_at, icon, metadata)| {
            Ok(Card {
                id,
                version,
                full_version,
                published_at,
                icon: icon.is_some(),
                metadata: serde_json::from_str(&metadata)?,
            })
        })
        .collect()
}

/// What a version says of itself.
pub(crate) async fn metadata<C: ConnectionTrait>(connection: &C, version: i64) -> Result<PackageMetadata, Error> {
    let text: Option<String> = version::Entity::find_by_id(version)
        .select_only()
        .column(version::Column::Metadata)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(serde_json::from_str(&text.ok_or(Error::NotFound)?)?)
}

/// A version in the table of a package page.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) version: String,
    pub(crate) sort_key: Vec<u8>,
    pub(crate) listed: bool,
    pub(crate) published_at: i64,
    pub(crate) published_by: Option<i64>,
    pub(crate) published_for: i64,
    pub(crate) published_key: Option<String>,
    pub(crate) published_workload: Option<String>,
    pub(crate) downloads: i64,
}

/// Versions of a package, newest first.
pub(crate) async fn rows<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    unlisted_too: bool,
    place: &Place,
    size: usize,
) -> Result<Page<Row>, Error> {
    let query = version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::Version,
            version::Column::SortKey,
            version::Column::Listed,
            version::Column::PublishedAt,
            version::Column::PublishedBy,
            version::Column::PublishedFor,
            version::Column::PublishedKey,
            version::Column::PublishedWorkload,
            version::Column::Downloads,
        ])
        .filter(version::Column::PackageId.eq(package));
    let query = if unlisted_too {
        query
    } else {
        query.filter(version::Column::Listed.eq(true))
    };
    let query = match place {
        Place::Start => query.order_by_desc(version::Column::SortKey),
        Place::After(cursor) => query
            .filter(version::Column::SortKey.lt(hex::decode(cursor).unwrap_or_default()))
            .order_by_desc(version::Column::SortKey),
        Place::Before(cursor) => query
            .filter(version::Column::SortKey.gt(hex::decode(cursor).unwrap_or_default()))
            .order_by_asc(version::Column::SortKey),
    };
    let rows = query
        .limit(keyset::limit(size))
        .into_model::<Row>()
        .all(connection)
        .await?;
    Ok(keyset::page(rows, place, size, |row| hex::encode(&row.sort_key)))
}

/// Everything that a package page shows of one version, without the icon's bytes.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Details {
    pub(crate) id: i64,
    pub(crate) version: String,
    pub(crate) sort_key: Vec<u8>,
    pub(crate) listed: bool,
    pub(crate) prerelease: bool,
    pub(crate) published_at: i64,
    pub(crate) size: i64,
    pub(crate) signed: bool,
    pub(crate) metadata: String,
    pub(crate) icon_kind: Option<String>,
    pub(crate) downloads: i64,
}

/// The version of a number.
pub(crate) async fn details<C: ConnectionTrait>(connection: &C, version: i64) -> Result<Option<Details>, Error> {
    Ok(version::Entity::find_by_id(version)
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::Version,
            version::Column::SortKey,
            version::Column::Listed,
            version::Column::Prerelease,
            version::Column::PublishedAt,
            version::Column::Size,
            version::Column::Signed,
            version::Column::Metadata,
            version::Column::IconKind,
            version::Column::Downloads,
        ])
        .into_model()
        .one(connection)
        .await?)
}

/// The README of a version.
pub(crate) async fn readme<C: ConnectionTrait>(connection: &C, version: i64) -> Result<Option<String>, Error> {
    let found: Option<Option<String>> = version::Entity::find_by_id(version)
        .select_only()
        .column(version::Column::Readme)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.flatten())
}
