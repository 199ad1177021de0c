//! The documents of package metadata, as NuGet's protocol draws them: an index of pages of leaves.

use crate::nuget::addresses::{Addresses, Hive};
use crate::nuget::deprecation::DeprecationWords;
use domain::package::Deprecation;
use domain::package::PackageMetadata;
use domain::package::metadata::{Dependency, DependencyGroup, License};
use gallery::feed::{self, LastChange, Registration, RegistrationPage};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// When an unlisted version claims to have been published: clients of all ages know this year.
const UNLISTED: &str = "1900-01-01T00:00:00+00:00";

/// Draws the documents of one id in one hive.
pub(super) struct Draughtsman<'a> {
    hive: Hive,
    /// In any case.
    id: &'a str,
    addresses: Addresses,
    commit: Commit,
}

/// Which change a document is about.
#[derive(Clone, Serialize)]
struct Commit {
    #[serde(rename = "commitId")]
    id: String,
    #[serde(rename = "commitTimeStamp")]
    time: String,
}

impl<'a> Draughtsman<'a> {
    /// For an id in a hive, as of its last change.
    pub(super) fn new(hive: Hive, id: &'a str, addresses: Addresses, change: &LastChange) -> Self {
        let commit = Commit::of(id, change);
        Self {
            hive,
            id,
            addresses,
            commit,
        }
    }

    /// The index, with its pages in it or named by it.
    pub(super) fn index(&self, registration: &Registration) -> Index {
        let address = self.index_address();
        let pages = registration.pages.iter().map(|page| {
            let (lower, upper) = (&page.lower, &page.upper);
            let page_address = match page.leaves {
                Some(_) => format!("{address}#page/{lower}/{upper}"),
                None => self.addresses.registration_page(self.hive, self.id, lower, upper),
            };
            self.page_at(page_address, page)
        });
        Index {
            kind: ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
            commit: self.commit.clone(),
            count: registration.pages.len(),
            items: pages.collect(),
            id: address,
        }
    }

    /// The document of a page, under the ends it was asked for by.
    pub(super) fn page(&self, page: &RegistrationPage, lower: &str, upper: &str) -> Page {
        self.page_at(self.addresses.registration_page(self.hive, self.id, lower, upper), page)
    }

    /// The document of one version.
    pub(super) fn leaf_document(&self, leaf: &feed::Leaf) -> LeafDocument {
        let version = leaf.metadata.version.normalized();
        let address = self.addresses.registration_leaf(self.hive, self.id, &version);
        LeafDocument {
            catalog_entry: catalog_entry_address(&address),
            id: address,
            kind: ["Package", "http://schema.nuget.org/catalog#Permalink"],
            listed: leaf.listed,
            package_content: self.addresses.package_content(self.id, &version),
            published: published(leaf),
            registration: self.index_address(),
        }
    }

    fn page_at(&self, id: String, page: &RegistrationPage) -> Page {
        let leaves = |leaves: &Vec<feed::Leaf>| leaves.iter().map(|leaf| self.leaf(leaf)).collect();
        Page {
            id,
            kind: "catalog:CatalogPage",
            commit: self.commit.clone(),
            count: page.count,
            parent: self.index_address(),
            items: page.leaves.as_ref().map(leaves),
            lower: page.lower.clone(),
            upper: page.upper.clone(),
        }
    }

    fn leaf(&self, leaf: &feed::Leaf) -> Leaf {
        let version = leaf.metadata.version.normalized();
        let address = self.addresses.registration_leaf(self.hive, self.id, &version);
        Leaf {
            kind: "Package",
            commit: self.commit.clone(),
            catalog_entry: self.catalog_entry(leaf, catalog_entry_address(&address)),
            package_content: self.addresses.package_content(self.id, &version),
            registration: self.index_address(),
            id: address,
        }
    }

    fn index_address(&self) -> String {
        self.addresses.registration_index(self.hive, self.id)
    }

    fn catalog_entry(&self, version: &feed::Leaf, address: String) -> CatalogEntry {
        let metadata = &version.metadata;
        let own = &metadata.version.normalized();
        let file = |there: bool, name: &str| there.then(|| self.addresses.file(self.id, own, name));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        CatalogEntry {
            dependency_groups: metadata
                .dependency_groups
                .iter()
                .enumerate()
                .map(|(number, group)| self.dependency_group(group, &format!("{address}/{number}")))
                .collect(),
            deprecation: version
                .deprecation
                .as_ref()
                .map(|said| DeprecationEntry::new(said, &address)),
            id: address,
            kind: "PackageDetails",
            authors: metadata.authors.clone(),
            description: metadata.description.clone(),
            icon_url: file(version.icon, "icon").unwrap_or_else(|| outside_icon(metadata)),
            package_id: metadata.id.as_str().to_owned(),
            language: text(&metadata.language),
            license_expression: match &metadata.license {
                License::Expression(expression) => expression.clone(),
                _ => String::new(),
            },
            license_url: metadata.license.legacy_url().unwrap_or_default(),
            listed: version.listed,
            min_client_version: metadata
                .min_client_version
                .as_ref()
                .map_or_else(String::new, |version| version.authored().to_owned()),
            package_content: self.addresses.package_content(self.id, own),
            project_url: metadata
                .project_url
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned()),
            published: published(version),
            readme_url: metadata
                .readme
                .is_some()
                .then(|| self.addresses.version_page(metadata.id.as_str(), own)),
            require_license_acceptance: metadata.require_license_acceptance,
            summary: text(&metadata.summary),
            tags: metadata.tags.clone(),
            title: text(&metadata.title),
            version: version.full_version.clone(),
        }
    }

    fn dependency_group(&self, group: &DependencyGroup, address: &str) -> Group {
        let dependencies = group.dependencies.iter().enumerate();
        Group {
            id: address.to_owned(),
            kind: "PackageDependencyGroup",
            target_framework: group
                .target_framework
                .as_ref()
                .map(|framework| framework.canonical().to_owned()),
            dependencies: dependencies
                .map(|(number, dependency)| self.dependency(dependency, format!("{address}/{number}")))
                .collect(),
        }
    }

    fn dependency(&self, dependency: &Dependency, address: String) -> DependencyEntry {
        DependencyEntry {
            id: address,
            kind: "PackageDependency",
            package_id: dependency.id.as_str().to_owned(),
            range: dependency.range.to_string(),
            registration: self.addresses.registration_index(self.hive, dependency.id.as_str()),
        }
    }
}

impl Commit {
    /// The number is no more than a name for the change, the same on every node.
    fn of(id: &str, change: &LastChange) -> Self {
        let digest = Sha256::digest(format!("{} {}", id.to_lowercase(), change.number));
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let part = |range| hex.get(range).unwrap_or_default();
        Self {
            id: [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-"),
            time: change.time.rfc3339_precise(),
        }
    }
}

/// Until there is a catalog, the entry's name is a part of its leaf.
fn catalog_entry_address(leaf: &str) -> String {
    format!("{leaf}#catalogEntry")
}

fn published(version: &feed::Leaf) -> String {
    if version.listed {
        version.published.rfc3339_precise()
    } else {
        UNLISTED.to_owned()
    }
}

fn outside_icon(metadata: &PackageMetadata) -> String {
    metadata
        .icon_url
        .as_ref()
        .map_or_else(String::new, |url| url.as_str().to_owned())
}

/// `{id}/index.json`.
#[derive(Serialize)]
pub(super) struct Index {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: [&'static str; 3],
    #[serde(flatten)]
    commit: Commit,
    count: usize,
    items: Vec<Page>,
}

/// A page, in the index or apart.
#[derive(Serialize)]
pub(super) struct Page {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    commit: Commit,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<Leaf>>,
    parent: String,
    lower: String,
    upper: String,
}

/// A version in a page.
#[derive(Serialize)]
struct Leaf {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    commit: Commit,
    #[serde(rename = "catalogEntry")]
    catalog_entry: CatalogEntry,
    #[serde(rename = "packageContent")]
    package_content: String,
    registration: String,
}

/// `{id}/{version}.json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LeafDocument {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: [&'static str; 2],
    catalog_entry: String,
    listed: bool,
    package_content: String,
    published: String,
    registration: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CatalogEntry {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    authors: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dependency_groups: Vec<Group>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation: Option<DeprecationEntry>,
    description: String,
    icon_url: String,
    #[serde(rename = "id")]
    package_id: String,
    language: String,
    license_expression: String,
    license_url: String,
    listed: bool,
    min_client_version: String,
    package_content: String,
    project_url: String,
    published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    readme_url: Option<String>,
    require_license_acceptance: bool,
    summary: String,
    tags: Vec<String>,
    title: String,
    version: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_framework: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dependencies: Vec<DependencyEntry>,
}

#[derive(Serialize)]
struct DependencyEntry {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "id")]
    package_id: String,
    range: String,
    registration: String,
}

/// Why a version should not be used any more.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeprecationEntry {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    said: DeprecationWords,
}

impl DeprecationEntry {
    fn new(said: &Deprecation, entry: &str) -> Self {
        Self {
            id: format!("{entry}/deprecation"),
            kind: "deprecation",
            said: DeprecationWords::new(said),
        }
    }
}
