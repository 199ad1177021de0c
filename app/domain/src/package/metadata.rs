//! Everything a nuspec says that the gallery shows or serves.

use super::framework::TargetFramework;
use super::id::{DependencyId, PackageId};
pub use super::license::License;
use super::range::VersionRange;
use super::version::PackageVersion;
use super::web_url::WebUrl;
use serde::{Deserialize, Serialize};

/// What was read from the nuspec of one version.
///
/// It is stored as JSON beside the version's row. Every field but the identity has a default, so that what an older
/// release stored stays readable when a field is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageMetadata {
    /// The id in the author's case.
    pub id: PackageId,
    /// The version as authored.
    pub version: PackageVersion,
    /// The authors, joined by `, `.
    #[serde(default)]
    pub authors: String,
    /// A name for people, if it differs from the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the package is for: plain text.
    #[serde(default)]
    pub description: String,
    /// A shorter description, the old way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What is new: plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_notes: Option<String>,
    /// Copyright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copyright: Option<String>,
    /// The locale of the package, such as `en-US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Tags, as the author ordered them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The project's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_url: Option<WebUrl>,
    /// An icon outside the package, the old way. It is never fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<WebUrl>,
    /// The address that old clients show for the licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license_url: Option<WebUrl>,
    /// The licence.
    #[serde(default)]
    pub license: License,
    /// The icon's path inside the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The README's path inside the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme: Option<String>,
    /// Where the sources are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
    /// The oldest client that may install it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_client_version: Option<PackageVersion>,
    /// Whether a client must ask before installing.
    #[serde(default)]
    pub require_license_acceptance: bool,
    /// Whether it is needed for building only.
    #[serde(default)]
    pub development_dependency: bool,
    /// The types written in the nuspec; none means `Dependency`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub package_types: Vec<PackageType>,
    /// What it needs, by target framework.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependency_groups: Vec<DependencyGroup>,
    /// Assemblies of .NET Framework that a project gets with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub framework_assemblies: Vec<FrameworkAssembly>,
    /// Shared frameworks (such as `Microsoft.AspNetCore.App`) that a project gets with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub framework_references: Vec<FrameworkReferenceGroup>,
}

impl PackageMetadata {
    /// Metadata that says nothing yet but whose it is.
    #[must_use]
    pub fn new(id: PackageId, version: PackageVersion) -> Self {
        Self {
            id,
            version,
            authors: String::new(),
            title: None,
            description: String::new(),
            summary: None,
            release_notes: None,
            copyright: None,
            language: None,
            tags: Vec::new(),
            project_url: None,
            icon_url: None,
            license_url: None,
            license: License::None,
            icon: None,
            readme: None,
            repository: None,
            min_client_version: None,
            require_license_acceptance: false,
            development_dependency: false,
            package_types: Vec::new(),
            dependency_groups: Vec::new(),
            framework_assemblies: Vec::new(),
            framework_references: Vec::new(),
        }
    }

    /// Whether clients before NuGet 4.3 must not see it: its version or an end of a dependency's range is SemVer 2.
    #[must_use]
    pub fn is_semver2(&self) -> bool {
        let dependencies = self.dependency_groups.iter().flat_map(|group| &group.dependencies);
        self.version.is_semver2() || dependencies.into_iter().any(|dependency| dependency.range.is_semver2())
    }

    /// The names of its types: those written, or `Dependency`.
    #[must_use]
    pub fn package_type_names(&self) -> Vec<&str> {
        if self.package_types.is_empty() {
            return vec![PackageType::DEPENDENCY];
        }
        self.package_types
            .iter()
            .map(|package_type| package_type.name.as_str())
            .collect()
    }

    /// Whether it is of this type. Names differ in more than case.
    #[must_use]
    pub fn has_package_type(&self, name: &str) -> bool {
        self.package_type_names()
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// What kind of package it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageType {
    /// The name: `Dependency`, `DotnetTool`, `Template`, `MSBuildSdk`, or one's own.
    pub name: String,
    /// The version of the type, if written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

impl PackageType {
    /// A package that projects reference; the type of a package that names none.
    pub const DEPENDENCY: &str = "Dependency";
    /// A command-line tool.
    pub const DOTNET_TOOL: &str = "DotnetTool";
    /// A server of the Model Context Protocol.
    pub const MCP_SERVER: &str = "McpServer";
    /// Debugging symbols, which have an endpoint of their own.
    pub const SYMBOLS: &str = "SymbolsPackage";
}

/// Where the sources are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// The kind, such as `git`, or empty.
    #[serde(default)]
    pub kind: String,
    /// The address as written; link to it only through [`Repository::web_url`].
    #[serde(default)]
    pub url: String,
    /// The branch, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub branch: String,
    /// The commit, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commit: String,
}

impl Repository {
    /// The address for a link, if it is one of the web.
    #[must_use]
    pub fn web_url(&self) -> Option<WebUrl> {
        WebUrl::parse(&self.url)
    }
}

/// What a package needs on one target framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyGroup {
    /// The framework; nothing means any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<TargetFramework>,
    /// The dependencies; none says that the framework is supported and needs nothing.
    #[serde(default)]
    pub dependencies: Vec<Dependency>,
}

/// Another package that this one needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// Its id.
    pub id: DependencyId,
    /// The versions that do.
    #[serde(default)]
    pub range: VersionRange,
}

/// An assembly of .NET Framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkAssembly {
    /// Its name, such as `System.Xml`.
    pub name: String,
    /// The frameworks it is for; none means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_frameworks: Vec<TargetFramework>,
}

/// Shared frameworks needed on one target framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkReferenceGroup {
    /// The target framework.
    pub target_framework: TargetFramework,
    /// The shared frameworks by name.
    #[serde(default)]
    pub names: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(version: &str) -> PackageMetadata {
        PackageMetadata::new(PackageId::parse("A").unwrap(), PackageVersion::parse(version).unwrap())
    }

    #[test]
    fn what_an_older_release_stored_stays_readable() {
        let stored = r#"{"id":"A","version":"1.0","future":true}"#;
        assert_eq!(
            serde_json::from_str::<PackageMetadata>(stored).unwrap(),
            metadata("1.0")
        );
    }

    #[test]
    fn json_reads_back_as_the_same_metadata() {
        let mut full = metadata("1.0-beta.1+sha");
        full.license = License::Expression("MIT".into());
        full.project_url = WebUrl::parse("https://contoso.example");
        full.repository = Some(Repository {
            kind: "git".into(),
            url: "git://a".into(),
            ..Repository::default()
        });
        full.dependency_groups = vec![DependencyGroup {
            target_framework: Some(TargetFramework::parse(".NETStandard2.0").unwrap()),
            dependencies: vec![Dependency {
                id: DependencyId::parse("B").unwrap(),
                range: VersionRange::parse("1.0").unwrap(),
            }],
        }];
        let json = serde_json::to_string(&full).unwrap();
        insta::assert_snapshot!(json);
        assert_eq!(serde_json::from_str::<PackageMetadata>(&json).unwrap(), full);
    }

    #[test]
    fn a_dependency_on_a_semver2_version_makes_the_package_semver2() {
        let mut package = metadata("1.0");
        assert!(!package.is_semver2());
        package.dependency_groups = vec![DependencyGroup {
            target_framework: None,
            dependencies: vec![Dependency {
                id: DependencyId::parse("B").unwrap(),
                range: VersionRange::parse("[1.0, 2.0-beta.1)").unwrap(),
            }],
        }];
        assert!(package.is_semver2());
    }

    #[test]
    fn a_package_without_types_is_a_dependency() {
        assert_eq!(metadata("1.0").package_type_names(), ["Dependency"]);
        assert!(metadata("1.0").has_package_type("dependency"));
    }
}
