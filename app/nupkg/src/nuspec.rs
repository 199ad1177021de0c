//! From a nuspec to what the gallery shows and serves.
//!
//! Every schema that NuGet ever had is read, and none at all: elements are found by their local name, as clients find
//! them. The rules are those of NuGet.org at upload, in the order in which an author would want to hear of them.

mod dependencies;
mod fields;
mod frameworks;
mod license;
mod package_types;

use crate::bad_package::BadPackage;
use crate::limits::Limits;
use crate::warning::Warning;
use crate::xml::{self, Element};
use domain::package::metadata::{License, PackageMetadata, Repository};
use domain::package::{PackageId, PackageVersion};
use fields::Fields;
use unicode_normalization::is_nfc;

/// A nuspec read and found right.
pub(crate) struct Nuspec {
    pub(crate) metadata: PackageMetadata,
    pub(crate) warnings: Vec<Warning>,
}

/// Reads a nuspec. The files it names are not looked at.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Nuspec, BadPackage> {
    let document = xml::parse(bytes)?;
    let metadata = find_metadata(&document.root)?;
    let fields = Fields::of(metadata)?;
    let package_types = package_types::read(metadata)?;

    let id = fields.text("id").ok_or(BadPackage::MissingElement { name: "id" })?;
    let id = PackageId::parse(&id).map_err(BadPackage::Id)?;
    let version = fields
        .text("version")
        .ok_or(BadPackage::MissingElement { name: "version" })?;
    let version = PackageVersion::parse(&version).map_err(BadPackage::Version)?;
    check_identity(&id, &version)?;

    let mut read = PackageMetadata::new(id, version);
    read.package_types = package_types;
    read.min_client_version = min_client_version(metadata, limits)?;
    read.authors = authors(&fields)?;
    read.description = fields
        .limited("description", 4_000)?
        .ok_or(BadPackage::MissingElement { name: "description" })?;
    read.title = fields.limited("title", 256)?;
    read.summary = fields.limited("summary", 4_000)?;
    read.release_notes = fields.limited("releaseNotes", 35_000)?;
    read.copyright = fields.limited("copyright", 4_000)?;
    read.language = fields.limited("language", 20)?;
    read.tags = tags(&fields)?;
    read.project_url = fields.web_url("projectUrl")?;
    read.icon_url = fields.web_url("iconUrl")?;
    read.license_url = fields.web_url("licenseUrl")?;
    read.require_license_acceptance = fields.boolean("requireLicenseAcceptance")?;
    read.development_dependency = fields.boolean("developmentDependency")?;
    fields.boolean("serviceable")?;
    read.repository = repository(metadata)?;
    read.license = license::read(metadata, read.license_url.as_ref())?;
    read.icon = fields.file("icon")?;
    read.readme = fields.file("readme")?;
    read.dependency_groups = dependencies::read(metadata)?;
    read.framework_assemblies = frameworks::read_assemblies(metadata)?;
    read.framework_references = frameworks::read_references(metadata)?;

    let warnings = warnings(&read, is_nfc(&document.text));
    Ok(Nuspec {
        metadata: read,
        warnings,
    })
}

fn find_metadata(root: &Element) -> Result<&Element, BadPackage> {
    if root.name() != "package" {
        return Err(BadPackage::MissingElement { name: "package" });
    }
    let mut found = root.children_named("metadata");
    let metadata = found.next().ok_or(BadPackage::MissingElement { name: "metadata" })?;
    if found.next().is_some() {
        return Err(BadPackage::DuplicateElement {
            name: "metadata".to_owned(),
        });
    }
    Ok(metadata)
}

/// The longest id and version together: file names and addresses hold both.
const LONGEST_IDENTITY: u64 = 160;

fn check_identity(id: &PackageId, version: &PackageVersion) -> Result<(), BadPackage> {
    if version.is_unsafe_for_old_clients() {
        return Err(BadPackage::LabelUnsafeForOldClients {
            version: version.normalized(),
        });
    }
    let length = (id.as_str().len() + version.normalized().len()) as u64;
    if length > LONGEST_IDENTITY {
        return Err(BadPackage::IdAndVersionTooLong {
            length,
            limit: LONGEST_IDENTITY,
        });
    }
    Ok(())
}

fn min_client_version(metadata: &Element, limits: &Limits) -> Result<Option<PackageVersion>, BadPackage> {
    let Some(value) = metadata
        .attribute("minClientVersion")
        .filter(|value| !value.trim().is_empty())
    else {
        return Ok(None);
    };
    let asked = PackageVersion::parse(value).map_err(|_| BadPackage::MinClientVersion {
        value: value.to_owned(),
    })?;
    if asked > limits.newest_client {
        return Err(BadPackage::MinClientVersionTooNew {
            asked: asked.normalized(),
            newest: limits.newest_client.normalized(),
        });
    }
    Ok(Some(asked))
}

fn authors(fields: &Fields<'_>) -> Result<String, BadPackage> {
    let written = fields.limited("authors", 4_000)?.unwrap_or_default();
    let names: Vec<&str> = written
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(BadPackage::MissingElement { name: "authors" });
    }
    Ok(names.join(", "))
}

/// Tags are separated by spaces; many authors write commas or semicolons.
fn tags(fields: &Fields<'_>) -> Result<Vec<String>, BadPackage> {
    let written = fields.limited("tags", 4_000)?.unwrap_or_default();
    let separator = |character: char| character.is_whitespace() || matches!(character, ',' | ';');
    Ok(written
        .split(separator)
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect())
}

fn repository(metadata: &Element) -> Result<Option<Repository>, BadPackage> {
    let Some(element) = metadata.child("repository") else {
        return Ok(None);
    };
    let attribute = |name| element.attribute(name).unwrap_or_default().trim().to_owned();
    let repository = Repository {
        kind: attribute("type"),
        url: attribute("url"),
        branch: attribute("branch"),
        commit: attribute("commit"),
    };
    fields::check_length("repository type", &repository.kind, 100)?;
    fields::check_length("repository url", &repository.url, 4_000)?;
    fields::check_length("repository branch", &repository.branch, 4_000)?;
    fields::check_length("repository commit", &repository.commit, 4_000)?;
    Ok((repository != Repository::default()).then_some(repository))
}

fn warnings(metadata: &PackageMetadata, is_composed: bool) -> Vec<Warning> {
    let warnings = [
        (metadata.license == License::None, Warning::MissingLicense),
        (matches!(metadata.license, License::Url(_)), Warning::LicenseUrl),
        (metadata.icon.is_none() && metadata.icon_url.is_some(), Warning::IconUrl),
        (metadata.readme.is_none(), Warning::MissingReadme),
        (!is_composed, Warning::NotNormalized),
        (
            metadata.repository.as_ref().is_some_and(is_insecure),
            Warning::RepositoryUrl,
        ),
    ];
    warnings
        .into_iter()
        .filter_map(|(applies, warning)| applies.then_some(warning))
        .collect()
}

fn is_insecure(repository: &Repository) -> bool {
    let begins = |scheme: &str| {
        repository
            .url
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let git = repository.kind.eq_ignore_ascii_case("git") && begins("git://");
    !repository.url.is_empty() && !begins("https://") && !git
}

#[cfg(test)]
mod tests;
