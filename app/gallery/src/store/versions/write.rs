//! Versions as they are written.

use super::{kind_value, of_package, with_packages};
use crate::blobs::BlobRef;
use crate::error::Error;
use crate::packages::PublishRight;
use crate::store::nul::without_nul;
use crate::tx::Tx;
use domain::account::AccountKey;
use nupkg::Inspected;
use schema::entity::{package, version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, TryInsertResult};
use std::collections::HashSet;

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
    let deleted = crate::store::deletions::among(connection, id_keys.clone(), version_keys.clone()).await?;
    let rows: Vec<(String, String)> = with_packages()
        .select_only()
        .column(package::Column::IdKey)
        .column(version::Column::VersionKey)
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
    Ok(of_package(package, version_key)
        .select_only()
        .column(version::Column::FullVersion)
        .into_tuple()
        .one(connection)
        .await?)
}

/// The number of a version of an id, if it is there.
pub(crate) async fn number_of<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    version_key: &str,
) -> Result<Option<i64>, Error> {
    Ok(of_package(package, version_key)
        .select_only()
        .column(version::Column::Id)
        .into_tuple()
        .one(connection)
        .await?)
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
