//! Why a package is refused.

use crate::archive::{ArchiveDamage, HeaderField, PathProblem};
use crate::content::PackageFile;
use crate::xml::XmlProblem;
use domain::package::{FrameworkProblem, License, PackageIdProblem, PackageVersionProblem, VersionRangeProblem};
use domain::size::Bytes;
use std::fmt;

/// Why [`crate::inspect`] gave no answer, or a bad one.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The package breaks a rule: its author can do something about it.
    #[error(transparent)]
    Bad(#[from] BadPackage),
    /// The bytes could not be read: the operator can do something about it.
    #[error("reading the package's bytes failed")]
    Unreadable(#[source] std::io::Error),
}

/// A rule that a package breaks, with what broke it.
///
/// The text is for the package's author: it names the file, field or rule, and says what to do. It is one line, and
/// shortens what it quotes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPackage {
    // --- the file ---
    /// The package is larger than the gallery takes. The only reason that is not 400 but 413.
    #[error("The package has {} bytes, and the limit is {}. Make it smaller or split it.", .size, Bytes(*.limit))]
    TooLarge {
        /// The package's bytes.
        size: u64,
        /// The bytes it may have.
        limit: u64,
    },
    /// It is something else than a zip archive.
    #[error("The file is no zip archive. Upload a .nupkg file as \"dotnet pack\" makes it.")]
    NotAZip,
    /// The archive's own structure is broken.
    #[error("The package's zip archive is damaged: {0}. Pack it again.")]
    DamagedArchive(ArchiveDamage),

    // --- the entries ---
    /// More files and folders than allowed.
    #[error("The package has {count} entries, and the limit is {limit}. Leave files out or split it.")]
    TooManyEntries {
        /// The entries claimed.
        count: u64,
        /// The entries allowed.
        limit: u64,
    },
    /// The list of entries itself is too large to be read.
    #[error("The list of the package's entries has {size} bytes, and the limit is {}. Use fewer files or shorter names.", Bytes(*.limit))]
    DirectoryTooLarge {
        /// The list's bytes.
        size: u64,
        /// The bytes it may have.
        limit: u64,
    },
    /// The files together are too large when unpacked.
    #[error("The package unpacks to more than {}. Leave files out or split it.", Bytes(*.limit))]
    UnpacksTooLarge {
        /// The bytes allowed.
        limit: u64,
    },
    /// The name of an entry is not UTF-8.
    #[error("The name of entry {number} is not UTF-8. Rename the file, or pack with a tool that writes UTF-8 names.")]
    NameNotUtf8 {
        /// The entry's place in the list, from 1.
        number: u64,
    },
    /// The name of an entry is too long.
    #[error("The name of entry {number} has {length} bytes, and the limit is {limit}. Shorten the path.")]
    NameTooLong {
        /// The entry's place in the list, from 1.
        number: u64,
        /// The name's bytes.
        length: u64,
        /// The bytes allowed.
        limit: u64,
    },
    /// The path of an entry could lead out of the folder that the package is unpacked to, or to another file.
    #[error("The entry {} {problem}. Pack it with a plain relative path such as lib/net8.0/a.dll.", Quoted(.path))]
    UnsafePath {
        /// The path, percent-decoded.
        path: String,
        /// What is wrong with it.
        problem: PathProblem,
    },
    /// Two entries have one path, but for case.
    #[error("The package holds {} twice (upper and lower case count as the same). Leave one of them out.", Quoted(.path))]
    DuplicateEntry {
        /// The path of one of them.
        path: String,
    },
    /// A path is a file, and the folder of another file.
    #[error("The package holds {} as a file and as a folder. Rename one of them.", Quoted(.path))]
    FileAndFolder {
        /// The path.
        path: String,
    },
    /// An entry's date lies more than a day ahead.
    #[error("The entry {} is dated more than a day ahead. Correct the clock of the machine that packs.", Quoted(.path))]
    EntryFromTheFuture {
        /// The entry.
        path: String,
    },
    /// An entry is a symbolic link, a device or the like.
    #[error("The entry {} is a symbolic link or another special file. Pack the file it stands for.", Quoted(.path))]
    SpecialFile {
        /// The entry.
        path: String,
    },
    /// An entry is encrypted.
    #[error("The entry {} is encrypted. Pack without a password.", Quoted(.path))]
    EncryptedEntry {
        /// The entry.
        path: String,
    },
    /// An entry is compressed in a way that clients may not know.
    #[error("The entry {} is compressed by method {method}. Pack with \"deflate\" or without compression.", Quoted(.path))]
    UnknownCompression {
        /// The entry.
        path: String,
        /// The method's number in the zip format.
        method: u16,
    },
    /// A folder holds bytes.
    #[error("The entry {} is a folder, but holds data. Pack it again.", Quoted(.path))]
    FolderWithData {
        /// The entry.
        path: String,
    },
    /// The archive says two different things of an entry.
    #[error("The archive's list and the entry {} itself state a different {field}. Pack it again.", Quoted(.path))]
    HeaderMismatch {
        /// The entry.
        path: String,
        /// What differs.
        field: HeaderField,
    },
    /// Two entries share bytes of the archive.
    #[error("The entries {} and {} share bytes of the archive. Pack it again.", Quoted(.first), Quoted(.second))]
    OverlappingEntries {
        /// The one that begins first.
        first: String,
        /// The one that begins inside it.
        second: String,
    },
    /// An entry lies outside the part of the archive where entries are.
    #[error("The entry {} reaches beyond the archive's data. Pack it again.", Quoted(.path))]
    EntryOutside {
        /// The entry.
        path: String,
    },
    /// An entry's sizes cannot both be true.
    #[error("The entry {} states sizes that cannot be true. Pack it again.", Quoted(.path))]
    ImpossibleSize {
        /// The entry.
        path: String,
    },
    /// What an entry unpacks to is not what its sizes or checksum say.
    #[error("The entry {} does not unpack to what the archive says. Pack it again.", Quoted(.path))]
    DamagedEntry {
        /// The entry.
        path: String,
    },

    // --- the nuspec ---
    /// No nuspec at all.
    #[error("The package holds no .nuspec file. Pack it with \"dotnet pack\" or \"nuget pack\".")]
    NoNuspec,
    /// The only nuspec is in a folder.
    #[error("The nuspec {} lies in a folder. Put it at the root of the package.", Quoted(.path))]
    NuspecInFolder {
        /// Where it is.
        path: String,
    },
    /// More than one nuspec.
    #[error("The package holds more than one nuspec: {} and {}. Leave all but one at the root out.", Quoted(.first), Quoted(.second))]
    SeveralNuspecs {
        /// One.
        first: String,
        /// Another.
        second: String,
    },
    /// The nuspec is no XML that clients could read.
    #[error("{0}")]
    Xml(XmlProblem),
    /// An element that every nuspec has is missing or empty.
    #[error("The nuspec has no <{name}>, or an empty one. Add it.")]
    MissingElement {
        /// The element.
        name: &'static str,
    },
    /// An element of the metadata stands twice.
    #[error("The nuspec has <{}> more than once. Leave one.", Short(.name))]
    DuplicateElement {
        /// The element.
        name: String,
    },
    /// An element has a name that the gallery keeps for itself.
    #[error("The nuspec has <{name}>, a name that galleries keep for themselves. Remove it.")]
    ReservedElement {
        /// The element.
        name: &'static str,
    },
    /// A plain element holds other elements.
    #[error("The element <{name}> of the nuspec holds other elements. Give it plain text.")]
    UnexpectedChildren {
        /// The element.
        name: &'static str,
    },
    /// A switch is neither true nor false.
    #[error("The element <{name}> of the nuspec is {}. Write true or false.", Quoted(.value))]
    NotABoolean {
        /// The element.
        name: &'static str,
        /// What it holds.
        value: String,
    },
    /// An address is not of the web.
    #[error("The element <{name}> of the nuspec is {}. Write an address that begins with https:// or http://.", Quoted(.value))]
    NotAWebUrl {
        /// The element.
        name: &'static str,
        /// What it holds.
        value: String,
    },
    /// A field has more characters than the gallery keeps.
    #[error("The field \"{name}\" of the nuspec has {length} characters, and the limit is {limit}. Shorten it.")]
    FieldTooLong {
        /// The element or attribute.
        name: &'static str,
        /// The characters it has (UTF-16 units, as NuGet counts).
        length: u64,
        /// The characters allowed.
        limit: u64,
    },
    /// The id breaks the rules of new ids.
    #[error("{0}")]
    Id(PackageIdProblem),
    /// The version is none.
    #[error("{0}")]
    Version(PackageVersionProblem),
    /// The version's label would break old clients.
    #[error("The version {} has a prerelease label that does not begin with a letter. Use one such as 1.0.0-beta or 1.0.0-1.0.", Quoted(.version))]
    LabelUnsafeForOldClients {
        /// The version.
        version: String,
    },
    /// Id and version are too long together.
    #[error("The id and the version have {length} characters together, and the limit is {limit}. Shorten one of them.")]
    IdAndVersionTooLong {
        /// The characters they have.
        length: u64,
        /// The characters allowed.
        limit: u64,
    },
    /// It is for debuggers, not for projects.
    #[error("This is a symbols package. Push it to the symbols endpoint as a .snupkg file, after the package itself.")]
    SymbolsPackage,
    /// The name of a package type is none.
    #[error("The package type {} is no valid name. Use letters, digits, \"_\", and single dots or hyphens between them.", Quoted(.name))]
    PackageTypeName {
        /// The name.
        name: String,
    },
    /// The version of a package type is none.
    #[error("The package type {} has the version {}. Leave it out, or use numbers such as 1.0.", Quoted(.name), Quoted(.version))]
    PackageTypeVersion {
        /// The type.
        name: String,
        /// Its version.
        version: String,
    },
    /// The oldest client that may install it is no version.
    #[error("The attribute \"minClientVersion\" of the nuspec is {}. Use a version such as 2.12.", Quoted(.value))]
    MinClientVersion {
        /// What it holds.
        value: String,
    },
    /// It asks for a client that does not exist yet.
    #[error(
        "The attribute \"minClientVersion\" of the nuspec is {asked}, and the newest client known is {newest}. Lower it."
    )]
    MinClientVersionTooNew {
        /// What it asks for.
        asked: String,
        /// The newest client known.
        newest: String,
    },

    // --- dependencies and frameworks ---
    /// A target framework is unknown, or badly formed.
    #[error("{0}")]
    Framework(FrameworkProblem),
    /// Two groups of dependencies are for one framework.
    #[error("The nuspec has two groups of dependencies for {}. Join them.", Quoted(.framework))]
    DuplicateGroup {
        /// The framework, or `any`.
        framework: String,
    },
    /// An element lacks the attribute that it is about.
    #[error("The nuspec has a <{element}> without the attribute \"{name}\". Add it.")]
    MissingAttribute {
        /// The element.
        element: &'static str,
        /// The attribute.
        name: &'static str,
    },
    /// The id of a dependency is none.
    #[error("The dependency {} is not well named. {problem}", Quoted(.id))]
    DependencyId {
        /// What stands there.
        id: String,
        /// What is wrong with it.
        problem: PackageIdProblem,
    },
    /// A group names a dependency twice.
    #[error("The nuspec names the dependency {} twice for {}. Leave one.", Quoted(.id), Quoted(.framework))]
    DuplicateDependency {
        /// The dependency.
        id: String,
        /// The group's framework, or `any`.
        framework: String,
    },
    /// The range of a dependency is none.
    #[error("The dependency {} has the version {}. {problem}", Quoted(.id), Quoted(.range))]
    DependencyRange {
        /// The dependency.
        id: String,
        /// What stands there.
        range: String,
        /// What is wrong with it.
        problem: VersionRangeProblem,
    },
    /// An end of a dependency's range has build metadata.
    #[error("The dependency {} has the version {} with build metadata. Leave out the plus sign and what follows.", Quoted(.id), Quoted(.range))]
    DependencyMetadata {
        /// The dependency.
        id: String,
        /// What stands there.
        range: String,
    },

    // --- the licence ---
    /// The kind of licence is neither expression nor file.
    #[error("The element <license> has the type {}. Write type=\"expression\" or type=\"file\".", Quoted(.kind))]
    LicenseKind {
        /// The attribute `type`.
        kind: String,
    },
    /// The version of the licence's syntax is unknown.
    #[error("The element <license> has the version {}. Leave it out or write 1.0.0.", Quoted(.version))]
    LicenseVersion {
        /// The attribute `version`.
        version: String,
    },
    /// The expression is none.
    #[error("The licence {} is no SPDX expression: {reason}. Write one such as MIT OR Apache-2.0.", Quoted(.expression))]
    LicenseExpression {
        /// What stands there.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The expression holds a licence that is approved by neither OSI nor FSF.
    #[error("The licence {} is approved by neither OSI nor FSF. Put its text into the package and use type=\"file\".", Quoted(.license))]
    LicenseNotApproved {
        /// The licence.
        license: String,
    },
    /// `licenseUrl` contradicts `license`.
    #[error("The element <licenseUrl> does not fit <license>. Write {expected} or leave it out.")]
    LicenseUrlMismatch {
        /// The address that fits.
        expected: String,
    },
    /// `licenseUrl` has plus signs where the expression has spaces.
    #[error("The element <licenseUrl> has plus signs for spaces. Write {expected}, or pack with a newer client.")]
    LicenseUrlPlus {
        /// The address that fits.
        expected: String,
    },
    /// `licenseUrl` refers to a `license` that is not there.
    #[error(
        "The element <licenseUrl> is {}, but there is no <license>. Add <license>, or leave the address out.",
        License::FILE_URL
    )]
    LicenseUrlAlone,

    // --- files that the nuspec names ---
    /// A file is named and not there.
    #[error("The {file} {} is not in the package. Pack it, or correct the path.", Quoted(.path))]
    FileMissing {
        /// What it is to be.
        file: PackageFile,
        /// Its path as the nuspec has it.
        path: String,
    },
    /// A file has another extension than allowed.
    #[error("The {file} {} has another extension than {}. Rename it.", Quoted(.path), .file.extensions())]
    FileExtension {
        /// What it is to be.
        file: PackageFile,
        /// Its path.
        path: String,
    },
    /// A file that is read is too large.
    #[error("The {file} has {size} bytes unpacked, and the limit is {}. Make it smaller.", Bytes(*.limit))]
    FileTooLarge {
        /// What it is.
        file: PackageFile,
        /// Its bytes unpacked, as stated.
        size: u64,
        /// The bytes allowed.
        limit: u64,
    },
    /// A text is no UTF-8, or no text.
    #[error("The {file} {} is no UTF-8 text. Save it as plain UTF-8.", Quoted(.path))]
    FileNotText {
        /// What it is.
        file: PackageFile,
        /// Its path.
        path: String,
    },
    /// The README is empty.
    #[error("The readme {} is empty. Write something, or remove <readme> from the nuspec.", Quoted(.path))]
    EmptyReadme {
        /// Its path.
        path: String,
    },
    /// The icon is neither PNG nor JPEG.
    #[error("The icon {} is neither PNG nor JPEG inside. Convert it; a new extension is not enough.", Quoted(.path))]
    IconFormat {
        /// Its path.
        path: String,
    },
    /// An MCP server that cannot be started.
    #[error("The package type McpServer needs the package type DotnetTool as well. Add it.")]
    McpServerWithoutTool,
    /// The description of the MCP server is no JSON object.
    #[error("The file .mcp/server.json is no JSON object. Correct it or leave it out.")]
    ServerJson,

    // --- the signature ---
    /// The signature is compressed.
    #[error(
        "The signature .signature.p7s is compressed. Sign with \"dotnet nuget sign\", and change nothing afterwards."
    )]
    SignatureCompressed,
    /// The signature is no CMS signed data.
    #[error("The signature .signature.p7s is no CMS signed data. Sign with \"dotnet nuget sign\", or leave it out.")]
    SignatureNotCms,
}

impl BadPackage {
    /// Whether the package itself is too large: 413 rather than 400.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self, Self::TooLarge { .. })
    }
}

impl From<XmlProblem> for BadPackage {
    fn from(problem: XmlProblem) -> Self {
        Self::Xml(problem)
    }
}

impl From<FrameworkProblem> for BadPackage {
    fn from(problem: FrameworkProblem) -> Self {
        Self::Framework(problem)
    }
}

/// The longest quotation in a message, in characters.
const QUOTED: usize = 100;

/// A text of the package on one line, shortened, between quotation marks.
struct Quoted<'text>(&'text str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{}\"", Short(self.0))
    }
}

/// A text of the package on one line, shortened.
pub(crate) struct Short<'text>(pub(crate) &'text str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars().take(QUOTED) {
            if character.is_control() {
                write!(formatter, "{}", character.escape_default())?;
            } else {
                write!(formatter, "{character}")?;
            }
        }
        if self.0.chars().nth(QUOTED).is_some() {
            formatter.write_str("...")?;
        }
        Ok(())
    }
}
