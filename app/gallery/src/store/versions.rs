//! The table `versions`. Lists read only the columns they show: a row can hold megabytes of texts and icon.

use super::keyset;
use super::nul::without_nul;
use crate::authorization::{AuthorizedPackage, ChangeListing};
use crate::blobs::BlobRef;
use crate::error::Error;
use crate::packages::PublishRight;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::package::PackageMetadata;
use domain::page::{Page, Place};
use nupkg::{IconKind, Inspected};
use schema::entity::{package, version};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SubQueryStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, Select, TryInsertResult,
};
use std::collections::{HashMap, HashSet};

/// A version to be written.
pub(crate) struct NewVersion<'a> {
    pub(crate) package: i64,
    pub(crate) inspected: &'a Inspected,
    pub(crate) blob: &'a BlobRef,
    pub(crate) listed: bool,
    pub(crate) publisher: Publisher,
}

/// Who published a version; nobody for the operator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Publisher {
    /// A person.
    pub(crate) person: Option<AccountKey>,
    /// The name of an organization's own key.
    pub(crate) key: Option<String>,
    /// A workload that an organization trusts: `GitHub: contoso/json`.
    pub(crate) workload: Option<String>,
}

impl Publisher {
    /// A person.
    pub(crate) fn person(account: AccountKey) -> Self {
        Self {
            person: Some(account),
            ..Self::default()
        }
    }
}

/// Writes a version; returns its number. Nothing: the version is there.
pub(crate) async fn insert(tx: &Tx, right: &PublishRight, new: &NewVersion<'_>) -> Result<Option<i64>, Error> {
    let inserted = version::Entity::insert(row(tx, right, new)?)
        .on_conflict_do_nothing_on([version::Column::PackageId, version::Column::VersionKey])
        .exec(tx.connection())
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(inserted) => Some(inserted.last_insert_id),
        TryInsertResult::Empty | TryInsertResult::Conflicted => None,
    })
}

/// Writes several versions at once. An error: one of them is there.
pub(crate) async fn insert_all(tx: &Tx, right: &PublishRight, new: &[NewVersion<'_>]) -> Result<(), Error> {
    let rows = new
        .iter()
        .map(|new| row(tx, right, new))
        .collect::<Result<Vec<_>, _>>()?;
    version::Entity::insert_many(rows)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

fn row(tx: &Tx, right: &PublishRight, new: &NewVersion<'_>) -> Result<version::ActiveModel, Error> {
    let Inspected { metadata, .. } = new.inspected;
    let icon = new.inspected.icon.as_ref();
    Ok(version::ActiveModel {
        package_id: Set(new.package),
        version_key: Set(metadata.version.key()),
        version: Set(metadata.version.normalized()),
        full_version: Set(metadata.version.full()),
        sort_key: Set(metadata.version.sort_key()),
        prerelease: Set(metadata.version.is_prerelease()),
        semver2: Set(metadata.is_semver2()),
        listed: Set(new.listed),
        published_at: Set(tx.now().micros()),
        published_by: Set(new.publisher.person.map(|account| account.0)),
        published_for: Set(right.account().0),
        published_key: Set(new.publisher.key.clone()),
        published_workload: Set(new.publisher.workload.clone()),
        blob_hash: Set(new.blob.hash.clone()),
        blob_key: Set(new.blob.key.clone()),
        size: Set(i64::try_from(new.blob.size).unwrap_or(i64::MAX)),
        signed: Set(new.inspected.signed),
        metadata: Set(serde_json::to_string(metadata)?),
        nuspec: Set(new.inspected.nuspec.clone()),
        readme: Set(new.inspected.readme.as_deref().map(without_nul)),
        icon_kind: Set(icon.map(|icon| kind_value(icon.kind).to_owned())),
        icon: Set(icon.map(|icon| icon.bytes.clone())),
        license_text: Set(new.inspected.license_text.as_deref().map(without_nul)),
        downloads: Set(0),
        ..Default::default()
    })
}

/// Those of the versions that are there, or were deleted, as pairs of the id in lower case and the version's key.
pub(crate) async fn there_among<C: ConnectionTrait>(
    connection: &C,
    id_keys: Vec<String>,
    version_keys: Vec<String>,
) -> Result<HashSet<(String, String)>, Error> {
    let deleted = super::deletions::among(connection, id_keys.clone(), version_keys.clone()).await?;
    let rows: Vec<(String, String)> = version::Entity::find()
        .select_only()
        .column(package::Column::IdKey)
        .column(version::Column::VersionKey)
        .join(
            JoinType::InnerJoin,
            version::Entity::belongs_to(package::Entity)
                .from(version::Column::PackageId)
                .to(package::Column::Id)
                .into(),
        )
        .filter(package::Column::IdKey.is_in(id_keys))
        .filter(version::Column::VersionKey.is_in(version_keys))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().chain(deleted).collect())
}

/// The version of a key as it is written in full, if the package has it.
pub(crate) async fn full_version<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<String>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .column(version::Column::FullVersion)
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.eq(version_key))
        .into_tuple()
        .one(connection)
        .await?)
}

/// Which versions a search for the newest one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Among {
    pub(crate) prereleases: bool,
    pub(crate) semver2: bool,
}

impl Among {
    /// Those that are visible to this kind of client.
    fn only(self, query: Select<version::Entity>) -> Select<version::Entity> {
        let query = if self.prereleases {
            query
        } else {
            query.filter(version::Column::Prerelease.eq(false))
        };
        if self.semver2 {
            query
        } else {
            query.filter(version::Column::Semver2.eq(false))
        }
    }
}

/// The newest listed version of a package.
pub(crate) async fn newest_listed<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    among: Among,
) -> Result<Option<i64>, Error> {
    let query = version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::Listed.eq(true))
        .order_by_desc(version::Column::SortKey);
    Ok(among.only(query).limit(1).into_tuple().one(connection).await?)
}

/// The newest version of a package, listed or not.
pub(crate) async fn newest<C: ConnectionTrait>(connection: &C, package: i64) -> Result<Option<i64>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::PackageId.eq(package))
        .order_by_desc(version::Column::SortKey)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?)
}

/// The newest version of each of several packages, listed or not, by the packages' numbers.
pub(crate) async fn newest_of<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, i64>, Error> {
    let newest = Query::select()
        .column(version::Column::Id)
        .from(version::Entity)
        .and_where(
            Expr::col((version::Entity, version::Column::PackageId)).equals((package::Entity, package::Column::Id)),
        )
        .order_by(version::Column::SortKey, Order::Desc)
        .limit(1)
        .to_owned();
    let rows: Vec<(i64, Option<i64>)> = package::Entity::find()
        .select_only()
        .column(package::Column::Id)
        .expr_as(Expr::from(SubQueryStatement::SelectStatement(newest)), "newest")
        .filter(package::Column::Id.is_in(packages))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(package, newest)| Some((package, newest?)))
        .collect())
}

/// A version to be listed or unlisted.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Listable {
    pub(crate) id: i64,
    pub(crate) full_version: String,
    pub(crate) listed: bool,
}

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
    Ok(version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::FullVersion,
            version::Column::BlobKey,
        ])
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.eq(version_key))
        .into_model()
        .one(connection)
        .await?)
}

/// The version of a key, if the package has it.
pub(crate) async fn listable<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<Listable>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::FullVersion,
            version::Column::Listed,
        ])
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.eq(version_key))
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

/// A version to be changed, with its key.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Keyed {
    pub(crate) id: i64,
    pub(crate) version_key: String,
    pub(crate) full_version: String,
    pub(crate) listed: bool,
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

/// Adds downloads, counted elsewhere.
pub(crate) async fn add_downloads(tx: &Tx, version: i64, count: i64) -> Result<(), Error> {
    version::Entity::update_many()
        .col_expr(
            version::Column::Downloads,
            Expr::col(version::Column::Downloads).add(count),
        )
        .filter(version::Column::Id.eq(version))
        .exec(tx.connection())
        .await?;
    Ok(())
}

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

/// Where the bytes of a version are.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct File {
    pub(crate) id: i64,
    pub(crate) package_id: i64,
    pub(crate) blob_key: String,
    pub(crate) blob_hash: String,
    pub(crate) size: i64,
    pub(crate) published_at: i64,
}

/// Where the bytes of a version of an id are.
pub(crate) async fn file<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    version_key: &str,
) -> Result<Option<File>, Error> {
    Ok(one_of(id_key, version_key)
        .select_only()
        .columns([
            version::Column::Id,
            version::Column::PackageId,
            version::Column::BlobKey,
            version::Column::BlobHash,
            version::Column::Size,
            version::Column::PublishedAt,
        ])
        .into_model()
        .one(connection)
        .await?)
}

/// The nuspec of a version, byte for byte.
pub(crate) async fn nuspec<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    version_key: &str,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(one_of(id_key, version_key)
        .select_only()
        .column(version::Column::Nuspec)
        .into_tuple()
        .one(connection)
        .await?)
}

/// The icon of a version, if it has one.
pub(crate) async fn icon<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    version_key: &str,
) -> Result<Option<(IconKind, Vec<u8>)>, Error> {
    let found: Option<(Option<String>, Option<Vec<u8>>)> = one_of(id_key, version_key)
        .select_only()
        .columns([version::Column::IconKind, version::Column::Icon])
        .into_tuple()
        .one(connection)
        .await?;
    let Some((Some(kind), Some(bytes))) = found else {
        return Ok(None);
    };
    Ok(kind_of(&kind).map(|kind| (kind, bytes)))
}

/// One of the texts of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// The README's Markdown.
    Readme,
    /// The licence.
    License,
}

/// A text of a version, if it has it.
pub(crate) async fn text<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    version_key: &str,
    text: Text,
) -> Result<Option<String>, Error> {
    let column = match text {
        Text::Readme => version::Column::Readme,
        Text::License => version::Column::LicenseText,
    };
    let found: Option<Option<String>> = one_of(id_key, version_key)
        .select_only()
        .column(column)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.flatten())
}

/// The number of a version of an id, if it is there.
pub(crate) async fn number_of<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<i64>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.eq(version_key))
        .into_tuple()
        .one(connection)
        .await?)
}

/// What an icon is, as rows have it.
pub(crate) const fn kind_value(kind: IconKind) -> &'static str {
    match kind {
        IconKind::Png => "png",
        IconKind::Jpeg => "jpeg",
    }
}

/// Reads what rows say of an icon.
pub(crate) fn kind_of(value: &str) -> Option<IconKind> {
    [IconKind::Png, IconKind::Jpeg]
        .into_iter()
        .find(|kind| kind_value(*kind) == value)
}

fn of_id(id_key: &str) -> Select<version::Entity> {
    version::Entity::find()
        .join(
            JoinType::InnerJoin,
            version::Entity::belongs_to(package::Entity)
                .from(version::Column::PackageId)
                .to(package::Column::Id)
                .into(),
        )
        .filter(package::Column::IdKey.eq(without_nul(id_key)))
}

fn one_of(id_key: &str, version_key: &str) -> Select<version::Entity> {
    of_id(id_key).filter(version::Column::VersionKey.eq(version_key))
}
