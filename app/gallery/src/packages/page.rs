//! The page of a package.

use super::used_by::used_by;
use super::versions::{insider, names, table};
use crate::actor::Actor;
use crate::error::Error;
use crate::store::versions::Details;
use crate::{Gallery, store};
use domain::package::metadata::{DependencyGroup, PackageType, Repository};
use domain::package::{PackageMetadata, PackageVersion, WebUrl};
use domain::page::Place;
use domain::profile::{DependencyList, DependencyRow, PackagePage};
use domain::time::Timestamp;
use schema::entity::package;
use std::collections::HashSet;

/// A package at one of its versions; without one, at the newest that lists show, or at the newest of all if none is
/// listed. `id` and `version` may be written in any way that NuGet reads; `place` is that of the table of versions.
///
/// # Errors
/// [`Error::NotFound`] when there is no such package or version.
pub async fn page(
    g: &Gallery,
    a: &Actor,
    id: &str,
    version: Option<&str>,
    place: &Place,
) -> Result<PackagePage, Error> {
    let connection = g.reader();
    let package = store::packages::find(connection, &id.to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    let details = details(g, &package, version).await?;
    let metadata: PackageMetadata = serde_json::from_str(&details.metadata)?;
    let owners = store::owners::of_package(connection, package.id).await?;
    let insider = insider(connection, a, &owners).await?;
    let mut deprecations = store::deprecations::of_versions(connection, [details.id]).await?;
    let address = |url: Option<WebUrl>| url.map(|url| url.as_str().to_owned()).unwrap_or_default();
    Ok(PackagePage {
        newer: newer(g, &package, &details).await?,
        tool: metadata.has_package_type(PackageType::DOTNET_TOOL),
        listed: details.listed,
        deprecation: deprecations.remove(&details.id),
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
        dependencies: dependencies(g, &metadata.dependency_groups).await?,
        versions: table(connection, package.id, insider.as_ref(), place).await?,
        owners: names(&owners),
        used_by: used_by(connection, &package.id_key).await?,
        verified: package.verified,
        insider: insider.is_some(),
        feed: format!("{}/v3/index.json", g.settings().public_url.trim_end_matches('/')),
        version: details.version,
        id: package.name,
    })
}

/// The most different ids that are looked for, so that the question to the database stays one that it answers.
const DEPENDENCIES: usize = 1_000;

/// What it needs, and which of that is here.
async fn dependencies(g: &Gallery, groups: &[DependencyGroup]) -> Result<Vec<DependencyList>, Error> {
    let keys: HashSet<String> = groups
        .iter()
        .flat_map(|group| &group.dependencies)
        .map(|dependency| dependency.id.key())
        .collect();
    let here = store::packages::existing(g.reader(), keys.into_iter().take(DEPENDENCIES)).await?;
    let lists = groups.iter().map(|group| DependencyList {
        framework: group
            .target_framework
            .as_ref()
            .map(|framework| framework.short().to_owned())
            .unwrap_or_default(),
        packages: group
            .dependencies
            .iter()
            .map(|dependency| DependencyRow {
                id: dependency.id.as_str().to_owned(),
                range: dependency.range.human(),
                here: here.contains(&dependency.id.key()),
            })
            .collect(),
    });
    Ok(lists.collect())
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
