//! What kind of package it is.

use super::fields::check_length;
use crate::bad_package::BadPackage;
use crate::xml::Element;
use domain::package::DependencyId;
use domain::package::metadata::PackageType;

/// The types written. A symbols package is none of ours: it has an endpoint of its own, and other rules.
pub(super) fn read(metadata: &Element) -> Result<Vec<PackageType>, BadPackage> {
    let Some(element) = metadata.child("packageTypes") else {
        return Ok(Vec::new());
    };
    let types: Vec<PackageType> = element
        .children_named("packageType")
        .map(read_one)
        .collect::<Result<_, _>>()?;
    let has = |name: &str| types.iter().any(|own| own.name.eq_ignore_ascii_case(name));
    if has(PackageType::SYMBOLS) {
        return Err(BadPackage::SymbolsPackage);
    }
    if has(PackageType::MCP_SERVER) && !has(PackageType::DOTNET_TOOL) {
        return Err(BadPackage::McpServerWithoutTool);
    }
    Ok(types)
}

fn read_one(element: &Element) -> Result<PackageType, BadPackage> {
    let name = element.attribute("name").unwrap_or_default().trim().to_owned();
    // The name follows the rule of ids (100 characters), which the wider rule for dependencies includes.
    check_length("packageType name", &name, 100)?;
    if DependencyId::parse(&name).is_err() {
        return Err(BadPackage::PackageTypeName { name });
    }
    let version = element
        .attribute("version")
        .map(str::trim)
        .filter(|version| !version.is_empty());
    if let Some(version) = version.filter(|version| !is_version(version)) {
        return Err(BadPackage::PackageTypeVersion {
            name,
            version: version.to_owned(),
        });
    }
    Ok(PackageType {
        name,
        version: version.map(str::to_owned),
    })
}

/// Two to four numbers, as .NET's own versions have.
fn is_version(text: &str) -> bool {
    let numbers = text.split('.').count();
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<i32>().is_ok();
    (2..=4).contains(&numbers) && text.split('.').all(number)
}
