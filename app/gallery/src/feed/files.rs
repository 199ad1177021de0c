//! The files of a version: the package itself, and what was read out of it.

use crate::error::Error;
use crate::store::versions::Text;
use crate::{Gallery, store};
use bytes::Bytes;
use domain::package::PackageVersion;
use domain::time::Timestamp;
use futures::stream::BoxStream;
pub use nupkg::IconFile as Icon;

/// A package file: everything that a client is told before its bytes come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFile {
    /// Bytes.
    pub size: u64,
    /// SHA-512 in base64, as NuGet writes it.
    pub hash: String,
    /// When the version was published.
    pub published: Timestamp,
    /// `{id}.{version}.nupkg` in lower case.
    pub name: String,
    pub(super) package: i64,
    pub(super) version: i64,
    blob_key: String,
}

impl PackageFile {
    /// The bytes.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store fails; [`Error::NotFound`] when it has lost them.
    pub async fn open(&self, g: &Gallery) -> Result<BoxStream<'static, Result<Bytes, std::io::Error>>, Error> {
        let (_, stream) = g.blobs().read(&self.blob_key).await?;
        Ok(stream)
    }
}

/// Where the file of a version is, listed or not. Asked again, this does not touch the database.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version.
pub async fn package_file(g: &Gallery, id: &str, version: &str) -> Result<PackageFile, Error> {
    let key = keys(id, version)?;
    let generation = g.feed().generation(&key.0);
    if let Some((known_at, file)) = g.feed().files.get(&key).await
        && known_at == generation
    {
        return Ok(file);
    }
    let row = store::versions::file(g.reader(), &key.0, &key.1)
        .await?
        .ok_or(Error::NotFound)?;
    let file = PackageFile {
        size: u64::try_from(row.size).unwrap_or_default(),
        hash: row.blob_hash,
        published: Timestamp::from_micros(row.published_at),
        name: format!("{}.{}.nupkg", key.0, key.1),
        package: row.package_id,
        version: row.id,
        blob_key: row.blob_key,
    };
    g.feed().files.insert(key, (generation, file.clone())).await;
    Ok(file)
}

/// The nuspec of a version, byte for byte.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version.
pub async fn nuspec(g: &Gallery, id: &str, version: &str) -> Result<Vec<u8>, Error> {
    let (id_key, version_key) = keys(id, version)?;
    store::versions::nuspec(g.reader(), &id_key, &version_key)
        .await?
        .ok_or(Error::NotFound)
}

/// The icon of a version.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version, or it has none.
pub async fn icon(g: &Gallery, id: &str, version: &str) -> Result<Icon, Error> {
    let (id_key, version_key) = keys(id, version)?;
    let (kind, bytes) = store::versions::icon(g.reader(), &id_key, &version_key)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Icon { bytes, kind })
}

/// The README of a version, as Markdown.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version, or it has none.
pub async fn readme(g: &Gallery, id: &str, version: &str) -> Result<String, Error> {
    text(g, id, version, Text::Readme).await
}

/// The text of a version's licence, if that is a file in the package.
///
/// # Errors
/// [`Error::NotFound`] when there is no such id or version, or it has none.
pub async fn license(g: &Gallery, id: &str, version: &str) -> Result<String, Error> {
    text(g, id, version, Text::License).await
}

async fn text(g: &Gallery, id: &str, version: &str, text: Text) -> Result<String, Error> {
    let (id_key, version_key) = keys(id, version)?;
    store::versions::text(g.reader(), &id_key, &version_key, text)
        .await?
        .ok_or(Error::NotFound)
}

/// Id and version as columns have them.
fn keys(id: &str, version: &str) -> Result<(String, String), Error> {
    let version = PackageVersion::parse(version).map_err(|_| Error::NotFound)?;
    Ok((id.to_lowercase(), version.key()))
}
