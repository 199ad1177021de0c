//! What a package depends on.

use super::fields::check_length;
use super::frameworks::read_target;
use crate::bad_package::BadPackage;
use crate::xml::Element;
use domain::package::metadata::{Dependency, DependencyGroup};
use domain::package::{DependencyId, PackageVersion, TargetFramework, VersionRange};
use std::collections::HashSet;

/// The longest list of dependencies, in the one-line form that V2 feeds carry.
const LONGEST_LIST: u64 = 32_767;

/// The groups, or one group for any framework of the dependencies that stand alone. Where there are groups, clients
/// overlook those that stand alone, and so does the gallery.
pub(super) fn read(metadata: &Element) -> Result<Vec<DependencyGroup>, BadPackage> {
    let Some(element) = metadata.child("dependencies") else {
        return Ok(Vec::new());
    };
    let mut groups = Vec::new();
    let mut frameworks = HashSet::new();
    for group in element.children_named("group") {
        let target_framework = read_target(group)?;
        if !frameworks.insert(target_framework.as_ref().map(|framework| framework.short().to_owned())) {
            return Err(BadPackage::DuplicateGroup {
                framework: shown(target_framework.as_ref()),
            });
        }
        groups.push(read_group(group, target_framework)?);
    }
    if groups.is_empty() {
        let group = read_group(element, None)?;
        if !group.dependencies.is_empty() {
            groups.push(group);
        }
    }
    check_list(&groups)?;
    Ok(groups)
}

fn read_group(element: &Element, target_framework: Option<TargetFramework>) -> Result<DependencyGroup, BadPackage> {
    let mut dependencies = Vec::new();
    let mut ids = HashSet::new();
    for child in element.children_named("dependency") {
        let dependency = read_one(child)?;
        if !ids.insert(dependency.id.key()) {
            let framework = shown(target_framework.as_ref());
            return Err(BadPackage::DuplicateDependency {
                id: dependency.id.to_string(),
                framework,
            });
        }
        dependencies.push(dependency);
    }
    Ok(DependencyGroup {
        target_framework,
        dependencies,
    })
}

fn read_one(element: &Element) -> Result<Dependency, BadPackage> {
    let id = element.attribute("id").map(str::trim).unwrap_or_default();
    if id.is_empty() {
        return Err(BadPackage::MissingAttribute {
            element: "dependency",
            name: "id",
        });
    }
    let id = DependencyId::parse(id).map_err(|problem| BadPackage::DependencyId {
        id: id.to_owned(),
        problem,
    })?;
    let written = element.attribute("version").unwrap_or_default();
    check_length("dependency version", written, 256)?;
    let range = VersionRange::parse(written).map_err(|problem| BadPackage::DependencyRange {
        id: id.to_string(),
        range: written.to_owned(),
        problem,
    })?;
    if range.bounds().any(PackageVersion::has_metadata) {
        return Err(BadPackage::DependencyMetadata {
            id: id.to_string(),
            range: written.to_owned(),
        });
    }
    if let Some(version) = range.bounds().find(|version| version.is_unsafe_for_old_clients()) {
        return Err(BadPackage::LabelUnsafeForOldClients {
            version: version.normalized(),
        });
    }
    Ok(Dependency { id, range })
}

/// `id:range:framework` joined by `|`, which V2 feeds carry in one field.
fn check_list(groups: &[DependencyGroup]) -> Result<(), BadPackage> {
    let mut length = 0;
    for group in groups {
        let framework = group
            .target_framework
            .as_ref()
            .map_or(0, |framework| framework.short().len());
        for dependency in &group.dependencies {
            length +=
                dependency.id.as_str().encode_utf16().count() + dependency.range.to_string().len() + framework + 3;
        }
    }
    let length = (length as u64).saturating_sub(1);
    if length > LONGEST_LIST {
        return Err(BadPackage::FieldTooLong {
            name: "dependencies",
            length,
            limit: LONGEST_LIST,
        });
    }
    Ok(())
}

fn shown(framework: Option<&TargetFramework>) -> String {
    framework.map_or("any", TargetFramework::canonical).to_owned()
}
