//! The files of a version: the package itself and what was read out of it.

use super::{kind_of, one_of};
use crate::error::Error;
use nupkg::IconKind;
use schema::entity::version;
use sea_orm::{ConnectionTrait, FromQueryResult, QuerySelect};

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
