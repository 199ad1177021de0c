//! The page of a package.

use super::used_by::used_by;
use super::versions::{insider, names, table};
use crate::actor::Actor;
use crate::error::Error;
use crate::store::versions::Details;
use crate::{Gallery, store};
use domain::package::metadata::Repository;
use domain::package::{PackageMetadata, PackageVersion, WebUrl};
use domain::page::Place;
use domain::profile::PackagePage;
use domain::time::Timestamp;
use schema::entity::package;

/// A package at one of its versions; without one, at the newest that lists show, or at the newest of all if none is
/// listed. `id` and `version` may be written in any way that NuGet reads.
///
/// # Errors
/// [`Error::NotFound`] when there is no such package or version.
pub async fn page(g: &Gallery, a: &Actor, id: &str, version: Option<&str>) -> Result<PackagePage, Error> {
    let connection = g.reader();
    let package = store::packages::find(connection, &id.to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    let details = details(g, &package, version).await?;
    let metadata: PackageMetadata = serde_json::from_str(&details.metadata)?;
    let owners = store::owners::of_package(connection, package.id).await?;
    let insider = insider(connection, a, &owners).await?;
    let address = |url: Option<WebUrl>| url.map(|url| url.as_str().to_owned()).unwrap_or_default();
    Ok(PackagePage {
        newer: newer(g, &package, &details).await?,
        listed: details.listed,
        prerelease: details.prerelease,
        authors: metadata.authors,
        title: metadata.title.unwrap_or_default(),
        description: metadata.description,
        release_notes: metadata.release_notes.unwrap_or_default(),
        copyright: metadata.copyright.unwrap_or_default(),
        tags: metadata.tags,
        project_url: address(metadata.project_url),
        repository_url: address(metadata.repository.as_ref().and_then(Repository::web_url)),
        license: metadata.license,
        readme_html: g.readmes().html(g, details.id).await?,
        icon: details.icon_kind.is_some(),
        signed: details.signed,
        size: u64::try_from(details.size).unwrap_or_default(),
        published: Timestamp::from_micros(details.published_at),
        downloads: u64::try_from(package.downloads).unwrap_or_default(),
        version_downloads: u64::try_from(details.downloads).unwrap_or_default(),
        dependencies: metadata.dependency_groups,
        versions: table(connection, package.id, insider.as_ref(), &Place::Start).await?,
        owners: names(&owners),
        used_by: used_by(connection, &package.id_key).await?,
        verified: false,
        insider: insider.is_some(),
        feed: format!("{}/v3/index.json", g.settings().public_url.trim_end_matches('/')),
        version: details.version,
        id: package.name,
    })
}

async fn details(g: &Gallery, package: &package::Model, version: Option<&str>) -> Result<Details, Error> {
    let number = match version {
        Some(version) => {
            let version = PackageVersion::parse(version).map_err(|_| Error::NotFound)?;
            store::versions::number_of(g.reader(), package.id, &version.key()).await?
        }
        None => match package.latest_stable_id.or(package.latest_id) {
            Some(number) => Some(number),
            None => store::versions::newest(g.reader(), package.id).await?,
        },
    };
    let number = number.ok_or(Error::NotFound)?;
    store::versions::details(g.reader(), number)
        .await?
        .ok_or(Error::NotFound)
}

/// A listed version to move on to: the newest stable one, or for readers of a prerelease the newest of all.
async fn newer(g: &Gallery, package: &package::Model, shown: &Details) -> Result<Option<String>, Error> {
    let newest = package.latest_id.filter(|_| shown.prerelease);
    for number in package.latest_stable_id.into_iter().chain(newest) {
        let details = store::versions::details(g.reader(), number).await?;
        if let Some(found) = details.filter(|found| found.sort_key > shown.sort_key) {
            return Ok(Some(found.version));
        }
    }
    Ok(None)
}
