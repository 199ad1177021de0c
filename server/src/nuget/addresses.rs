//! The absolute addresses that the feed's documents hold.

use super::rendition::Compression;
use domain::links;

/// Makes addresses under the public address of the site.
#[derive(Clone, Debug)]
pub(super) struct Addresses {
    /// Without a slash at its end.
    public_url: String,
}

/// The three hives of package metadata: what the oldest clients read, what those before 4.3 read, and everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Hive {
    /// Without SemVer 2 versions.
    Plain,
    /// Without SemVer 2 versions, always compressed.
    Gzip,
    /// With all versions, always compressed.
    GzipSemver2,
}

impl Hive {
    /// Its folder under `/v3`.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Plain => "registration",
            Self::Gzip => "registration-gz",
            Self::GzipSemver2 => "registration-gz-semver2",
        }
    }

    /// The hive in a folder.
    pub(super) fn in_folder(folder: &str) -> Option<Self> {
        [Self::Plain, Self::Gzip, Self::GzipSemver2]
            .into_iter()
            .find(|hive| hive.folder() == folder)
    }

    /// How its documents are sent.
    pub(super) const fn compression(self) -> Compression {
        match self {
            Self::Plain => Compression::Negotiated,
            Self::Gzip | Self::GzipSemver2 => Compression::Gzip,
        }
    }

    /// Whether SemVer 2 versions stand in it.
    pub(super) const fn semver2(self) -> bool {
        matches!(self, Self::GzipSemver2)
    }
}

impl Addresses {
    /// Under this address, which has no slash at its end.
    pub(super) fn new(public_url: &str) -> Self {
        Self {
            public_url: public_url.to_owned(),
        }
    }

    /// An address of the site by its path.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The base of a hive.
    pub(super) fn hive(&self, hive: Hive) -> String {
        self.at(&format!("/v3/{}/", hive.folder()))
    }

    /// The metadata of all versions of an id.
    pub(super) fn registration_index(&self, hive: Hive, id: &str) -> String {
        format!("{}{}/index.json", self.hive(hive), segment(id))
    }

    /// A page of that metadata, by its lowest and its highest version.
    pub(super) fn registration_page(&self, hive: Hive, id: &str, lower: &str, upper: &str) -> String {
        let (lower, upper) = (segment(lower), segment(upper));
        format!("{}{}/page/{lower}/{upper}.json", self.hive(hive), segment(id))
    }

    /// The metadata of one version.
    pub(super) fn registration_leaf(&self, hive: Hive, id: &str, version: &str) -> String {
        format!("{}{}/{}.json", self.hive(hive), segment(id), segment(version))
    }

    /// The base of the flat container.
    pub(super) fn flat_container(&self) -> String {
        self.at("/v3/package/")
    }

    /// A file of one version in the flat container.
    pub(super) fn file(&self, id: &str, version: &str, file: &str) -> String {
        let (id, version) = (segment(id), segment(version));
        format!("{}{id}/{version}/{file}", self.flat_container())
    }

    /// The package file of one version.
    pub(super) fn package_content(&self, id: &str, version: &str) -> String {
        let name = format!("{}.{}.nupkg", segment(id), segment(version));
        self.file(id, version, &name)
    }

    /// The page of one version for people.
    pub(super) fn version_page(&self, id: &str, version: &str) -> String {
        self.at(links::package_version(id, version).as_str())
    }
}

/// An id or a version as one segment of an address: in lower case, as clients build it themselves.
fn segment(text: &str) -> String {
    links::percent_encode(&text.to_lowercase())
}
