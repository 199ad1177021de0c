//! What everybody may see: profiles, package lists and package pages.

use crate::ownership::{OwnerRow, OwnershipRequest, PendingOwner};
use crate::package::Deprecation;
use crate::package::metadata::License;
use crate::page::Page;
use crate::permission::{Role, Why};
use crate::prefix::OwnPrefix;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A public profile page; the same for users and organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    /// The name as it is written.
    pub name: String,
    /// A few sentences about the account, or empty.
    pub description: String,
    /// An https address, or empty.
    pub website: String,
    /// Changes with the logo; empty without one.
    pub logo: String,
    /// Listed packages.
    pub packages: u32,
    /// Downloads of all its packages.
    pub downloads: u64,
    /// The packages, most downloaded first.
    pub list: Page<PackageCard>,
    /// For members: their role, so that the page links to the organization's pages.
    pub role: Option<Role>,
    /// Whether it is the viewer's own profile.
    pub oneself: bool,
}

/// A package in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PackageCard {
    /// The id as it is written.
    pub id: String,
    /// The newest version that the list's reader asked for.
    pub version: String,
    /// The first lines of its description.
    pub description: String,
    /// Owners by name.
    pub owners: Vec<String>,
    /// Tags as the author wrote them.
    pub tags: Vec<String>,
    /// Downloads of all versions.
    pub downloads: u64,
    /// When that version was published.
    pub published: Timestamp,
    /// Whether there is an icon to ask for.
    pub icon: bool,
    /// Whether an owner holds the reserved prefix.
    pub verified: bool,
}

/// The order of the page "Packages".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// How well it fits what was typed.
    #[default]
    Relevance,
    /// Most downloaded first.
    Downloads,
    /// Latest published first.
    Recent,
    /// By id.
    Name,
}

impl SortBy {
    /// All orders, as the combobox offers them.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Downloads, Self::Recent, Self::Name];

    /// The value in the address.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Downloads => "downloads",
            Self::Recent => "recent",
            Self::Name => "name",
        }
    }

    /// The order's name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Relevance => "Relevance",
            Self::Downloads => "Downloads",
            Self::Recent => "Recently published",
            Self::Name => "Name",
        }
    }

    /// Reads an address; a bad value is the default (product contract, section 7).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|sort| sort.value() == text)
            .unwrap_or_default()
    }
}

/// The page "Packages".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// How many packages fit.
    pub total: u64,
    /// Which page this is, from 1.
    pub number: u32,
    /// How many pages there are; reading ends at page 150 (3,000 packages).
    pub pages: u32,
    /// At most 20 packages.
    pub packages: Vec<PackageCard>,
}

/// The page of a package, at one of its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackagePage {
    /// The id as it is written.
    pub id: String,
    /// The version shown.
    pub version: String,
    /// Whether it is listed.
    pub listed: bool,
    /// Whether it is a prerelease.
    pub prerelease: bool,
    /// Why it should not be used any more, if its owners say so.
    pub deprecation: Option<Deprecation>,
    /// The newest listed version, if it is another one.
    pub newer: Option<String>,
    /// The authors as written in the package.
    pub authors: String,
    /// The title, or empty.
    pub title: String,
    /// The description.
    pub description: String,
    /// Release notes, or empty.
    pub release_notes: String,
    /// Copyright, or empty.
    pub copyright: String,
    /// Tags.
    pub tags: Vec<String>,
    /// The project's address, http or https, or empty.
    pub project_url: String,
    /// The repository's address, http or https, or empty.
    pub repository_url: String,
    /// The licence.
    pub license: License,
    /// The README as sanitized HTML, or empty.
    pub readme_html: String,
    /// Whether there is an icon to ask for.
    pub icon: bool,
    /// Whether the package is signed.
    pub signed: bool,
    /// Bytes of the package file.
    pub size: u64,
    /// When this version was published.
    pub published: Timestamp,
    /// Downloads of all versions.
    pub downloads: u64,
    /// Downloads of this version.
    pub version_downloads: u64,
    /// Whether it is a command-line tool, which is installed in a way of its own.
    pub tool: bool,
    /// What it depends on, by target framework.
    pub dependencies: Vec<DependencyList>,
    /// Its versions, newest first, 100 a page.
    pub versions: Page<VersionRow>,
    /// Owners by name.
    pub owners: Vec<String>,
    /// Packages whose newest version depends on this one, most downloaded first, at most 20.
    pub used_by: Vec<PackageCard>,
    /// Whether an owner holds the reserved prefix.
    pub verified: bool,
    /// Whether the viewer is an insider: there is a link "Manage package" and the column "Published by".
    pub insider: bool,
    /// The address of the feed's service index on this server.
    pub feed: String,
}

/// What a package needs on one target framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyList {
    /// The short name of the framework, or empty for any.
    pub framework: String,
    /// The packages; none says that the framework is supported and needs nothing.
    pub packages: Vec<DependencyRow>,
}

/// A package that another one needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyRow {
    /// Its id.
    pub id: String,
    /// The versions that do, in words.
    pub range: String,
    /// Whether this gallery has a package of that id: a link leads there. The others come from elsewhere.
    pub here: bool,
}

/// A version in the tab "Versions".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VersionRow {
    /// The version.
    pub version: String,
    /// Downloads of it.
    pub downloads: u64,
    /// When it was published.
    pub published: Timestamp,
    /// Whether it is listed; unlisted ones are shown to insiders only.
    pub listed: bool,
    /// Whether its owners advise against it.
    pub deprecated: bool,
    /// Who published it, as this viewer may know it; only for insiders.
    pub published_by: Option<String>,
}

/// The page "Manage {id}".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagePackagePage {
    /// The id as it is written.
    pub id: String,
    /// Owners by name.
    pub owners: Vec<OwnerRow>,
    /// Whether the viewer may add and remove owners.
    pub manages_owners: bool,
    /// Who is asked to own it, oldest first; only for those who manage owners.
    pub requests: Vec<PendingOwner>,
    /// Whether a site administrator has locked it.
    pub locked: bool,
    /// Versions, newest first.
    pub versions: Page<VersionRow>,
    /// What somebody may do to the package and why, if the address asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// A package in "Manage packages" and in the packages page of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnedPackage {
    /// The id as it is written.
    pub id: String,
    /// The newest version; empty if those who administer the site have deleted all. The id stays with its owners, and has
    /// no page until something is pushed.
    pub version: String,
    /// Whether any version is listed.
    pub listed: bool,
    /// Owners by name.
    pub owners: Vec<String>,
    /// How many versions there are.
    pub versions: u32,
    /// Downloads of all versions.
    pub downloads: u64,
    /// When the newest version was published, if there is one.
    pub published: Option<Timestamp>,
}

/// The page "Manage packages".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagePackagesPage {
    /// The accounts by which the list can be filtered: the person first, then their organizations by name.
    pub owners: Vec<String>,
    /// The packages by id; those with a listed version and those without.
    pub packages: Page<OwnedPackage>,
    /// Requests that the person may answer, oldest first.
    pub received: Vec<OwnershipRequest>,
    /// Requests that the person may withdraw, oldest first.
    pub sent: Vec<OwnershipRequest>,
    /// Reserved prefixes that the person or one of their organizations holds.
    pub prefixes: Vec<OwnPrefix>,
}

/// The packages page of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationPackagesPage {
    /// Head and navigation of the organization.
    pub head: crate::organization::OrganizationHead,
    /// Whether the viewer may move packages to another owner.
    pub moves: bool,
    /// The packages by id.
    pub packages: Page<OwnedPackage>,
}
