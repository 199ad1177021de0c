//! Frameworks that a package is for, and what of them it needs.

use crate::bad_package::BadPackage;
use crate::xml::Element;
use domain::package::TargetFramework;
use domain::package::metadata::{FrameworkAssembly, FrameworkReferenceGroup};

/// The framework of a group; nothing if the attribute is missing or empty, which means any.
pub(super) fn read_target(group: &Element) -> Result<Option<TargetFramework>, BadPackage> {
    let written = group
        .attribute("targetFramework")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    Ok(written.map(TargetFramework::parse).transpose()?)
}

/// `frameworkAssemblies/frameworkAssembly`, each with a list of frameworks separated by commas.
pub(super) fn read_assemblies(metadata: &Element) -> Result<Vec<FrameworkAssembly>, BadPackage> {
    let Some(element) = metadata.child("frameworkAssemblies") else {
        return Ok(Vec::new());
    };
    element.children_named("frameworkAssembly").map(read_assembly).collect()
}

fn read_assembly(element: &Element) -> Result<FrameworkAssembly, BadPackage> {
    let name = element.attribute("assemblyName").unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Err(BadPackage::MissingAttribute {
            element: "frameworkAssembly",
            name: "assemblyName",
        });
    }
    let written = element.attribute("targetFramework").unwrap_or_default();
    // One framework as .NET names it (.NETFramework,Version=v4.0) has commas of its own.
    let parts: Vec<&str> = if written.contains('=') {
        vec![written]
    } else {
        written.split(',').collect()
    };
    let target_frameworks = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(TargetFramework::parse)
        .collect::<Result<_, _>>()?;
    Ok(FrameworkAssembly {
        name,
        target_frameworks,
    })
}

/// `frameworkReferences/group/frameworkReference`.
pub(super) fn read_references(metadata: &Element) -> Result<Vec<FrameworkReferenceGroup>, BadPackage> {
    let Some(element) = metadata.child("frameworkReferences") else {
        return Ok(Vec::new());
    };
    element.children_named("group").map(read_reference_group).collect()
}

fn read_reference_group(group: &Element) -> Result<FrameworkReferenceGroup, BadPackage> {
    let target_framework = match read_target(group)? {
        Some(framework) => framework,
        None => TargetFramework::parse("any")?,
    };
    let names = group
        .children_named("frameworkReference")
        .filter_map(|reference| reference.attribute("name"));
    Ok(FrameworkReferenceGroup {
        target_framework,
        names: names.map(|name| name.trim().to_owned()).collect(),
    })
}
