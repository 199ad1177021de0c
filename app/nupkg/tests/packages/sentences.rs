//! What authors of refused packages read.

use domain::package::{FrameworkProblem, PackageIdProblem, PackageVersionProblem, VersionRangeProblem};
use nupkg::{ArchiveDamage, BadPackage, HeaderField, PackageFile, PathProblem, Warning, XmlProblem};

fn text(text: &str) -> String {
    text.to_owned()
}

fn reasons() -> Vec<BadPackage> {
    let path = || text("lib/net8.0/a.dll");
    let file = PackageFile::Readme;
    let id = || text("Contoso.Json");
    let mut reasons = vec![
        BadPackage::TooLarge {
            size: 262_144_001,
            limit: 250 << 20,
        },
        BadPackage::NotAZip,
        BadPackage::TooManyEntries {
            count: 50_001,
            limit: 50_000,
        },
        BadPackage::DirectoryTooLarge {
            size: 20_000_000,
            limit: 16 << 20,
        },
        BadPackage::UnpacksTooLarge { limit: 4 << 30 },
        BadPackage::NameNotUtf8 { number: 3 },
        BadPackage::NameTooLong {
            number: 3,
            length: 513,
            limit: 512,
        },
        BadPackage::DuplicateEntry { path: path() },
        BadPackage::FileAndFolder { path: text("lib") },
        BadPackage::EntryFromTheFuture { path: path() },
        BadPackage::SpecialFile { path: path() },
        BadPackage::EncryptedEntry { path: path() },
        BadPackage::UnknownCompression {
            path: path(),
            method: 12,
        },
        BadPackage::FolderWithData { path: text("lib/") },
        BadPackage::OverlappingEntries {
            first: path(),
            second: text("b"),
        },
        BadPackage::EntryOutside { path: path() },
        BadPackage::ImpossibleSize { path: path() },
        BadPackage::DamagedEntry { path: path() },
        BadPackage::NoNuspec,
        BadPackage::NuspecInFolder {
            path: text("lib/a.nuspec"),
        },
        BadPackage::SeveralNuspecs {
            first: text("a.nuspec"),
            second: text("lib/b.nuspec"),
        },
        BadPackage::MissingElement { name: "description" },
        BadPackage::DuplicateElement { name: text("id") },
        BadPackage::ReservedElement { name: "listed" },
        BadPackage::UnexpectedChildren { name: "icon" },
        BadPackage::NotABoolean {
            name: "serviceable",
            value: text("yes"),
        },
        BadPackage::NotAWebUrl {
            name: "projectUrl",
            value: text("contoso.example"),
        },
        BadPackage::FieldTooLong {
            name: "title",
            length: 257,
            limit: 256,
        },
        BadPackage::Id(PackageIdProblem::Separator),
        BadPackage::Version(PackageVersionProblem::Number(text("x"))),
        BadPackage::LabelUnsafeForOldClients {
            version: text("1.0.0-1"),
        },
        BadPackage::IdAndVersionTooLong {
            length: 161,
            limit: 160,
        },
        BadPackage::SymbolsPackage,
        BadPackage::PackageTypeName { name: text("a b") },
        BadPackage::PackageTypeVersion {
            name: text("DotnetTool"),
            version: text("x"),
        },
        BadPackage::MinClientVersion { value: text("x") },
        BadPackage::MinClientVersionTooNew {
            asked: text("8.0.0"),
            newest: text("7.3.1.1"),
        },
        BadPackage::Framework(FrameworkProblem::Unknown(text("foo1"))),
        BadPackage::DuplicateGroup {
            framework: text("net8.0"),
        },
        BadPackage::MissingAttribute {
            element: "dependency",
            name: "id",
        },
        BadPackage::DependencyId {
            id: text("a b"),
            problem: PackageIdProblem::Character(' '),
        },
        BadPackage::DuplicateDependency {
            id: id(),
            framework: text("net8.0"),
        },
        BadPackage::DependencyRange {
            id: id(),
            range: text("1.*"),
            problem: VersionRangeProblem::Floating,
        },
        BadPackage::DependencyMetadata {
            id: id(),
            range: text("1.0+a"),
        },
        BadPackage::LicenseKind { kind: text("url") },
        BadPackage::LicenseVersion { version: text("2.0") },
        BadPackage::LicenseExpression {
            expression: text("MIT OR"),
            reason: text("unexpected end of input"),
        },
        BadPackage::LicenseNotApproved { license: text("JSON") },
        BadPackage::LicenseUrlMismatch {
            expected: text("https://licenses.nuget.org/MIT"),
        },
        BadPackage::LicenseUrlPlus {
            expected: text("https://licenses.nuget.org/MIT%20OR%20ISC"),
        },
        BadPackage::LicenseUrlAlone,
        BadPackage::FileMissing {
            file,
            path: text("README.md"),
        },
        BadPackage::FileExtension {
            file,
            path: text("README.txt"),
        },
        BadPackage::FileExtension {
            file: PackageFile::Icon,
            path: text("icon.svg"),
        },
        BadPackage::FileExtension {
            file: PackageFile::License,
            path: text("LICENSE.html"),
        },
        BadPackage::FileTooLarge {
            file,
            size: 1_048_577,
            limit: 1 << 20,
        },
        BadPackage::FileTooLarge {
            file: PackageFile::Signature,
            size: 1_001,
            limit: 1_000,
        },
        BadPackage::FileNotText {
            file,
            path: text("README.md"),
        },
        BadPackage::EmptyReadme {
            path: text("README.md"),
        },
        BadPackage::IconFormat { path: text("icon.png") },
        BadPackage::McpServerWithoutTool,
        BadPackage::ServerJson,
        BadPackage::SignatureCompressed,
        BadPackage::SignatureNotCms,
    ];
    reasons.extend(
        [
            ArchiveDamage::EndMissing,
            ArchiveDamage::EndNotLast,
            ArchiveDamage::Volumes,
            ArchiveDamage::Zip64,
            ArchiveDamage::DirectoryPlace,
            ArchiveDamage::DirectoryCount,
            ArchiveDamage::DirectoryEntry,
            ArchiveDamage::Cut,
        ]
        .map(BadPackage::DamagedArchive),
    );
    reasons.extend(
        [
            (PathProblem::Empty, ""),
            (PathProblem::Absolute, "/etc/passwd"),
            (PathProblem::Dots, "../a"),
            (PathProblem::DoubleSlash, "a//b"),
            (PathProblem::Backslash, "a\\b"),
            (PathProblem::ControlCharacter, "a\r\nb\0"),
        ]
        .map(|(problem, path)| BadPackage::UnsafePath {
            path: text(path),
            problem,
        }),
    );
    reasons.extend(
        [
            HeaderField::Place,
            HeaderField::Name,
            HeaderField::Method,
            HeaderField::Size,
            HeaderField::Checksum,
        ]
        .map(|field| BadPackage::HeaderMismatch { path: path(), field }),
    );
    reasons.extend(
        [
            XmlProblem::Encoding,
            XmlProblem::StatedEncoding(text("koi8-r")),
            XmlProblem::Character('\u{1}'),
            XmlProblem::Dtd,
            XmlProblem::Depth { limit: 32 },
            XmlProblem::Elements { limit: 50_000 },
            XmlProblem::Attributes { limit: 64 },
            XmlProblem::Malformed {
                line: 3,
                reason: text("an element is not closed"),
            },
        ]
        .map(BadPackage::Xml),
    );
    reasons
}

#[test]
fn every_reason_is_a_sentence_that_says_what_to_do() {
    let sentences: Vec<String> = reasons().iter().map(ToString::to_string).collect();
    for sentence in &sentences {
        assert!(
            sentence.ends_with('.') && sentence.contains(' ') && !sentence.contains('\n'),
            "{sentence}"
        );
        assert!(sentence.is_ascii() && sentence.len() < 300, "{sentence}");
    }
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn every_warning_is_a_sentence_that_says_what_to_do() {
    let warnings = [
        Warning::MissingLicense,
        Warning::LicenseUrl,
        Warning::IconUrl,
        Warning::MissingReadme,
        Warning::NotNormalized,
        Warning::RepositoryUrl,
        Warning::MissingServerJson,
    ];
    insta::assert_snapshot!(warnings.map(|warning| warning.to_string()).join("\n"));
}

#[test]
fn what_a_package_says_is_shortened_and_kept_on_one_line() {
    let path = format!("a\r\n\u{1b}[31m{}", "b".repeat(500));
    let sentence = BadPackage::DuplicateEntry { path }.to_string();
    assert!(
        sentence.starts_with("The package holds \"a\\r\\n\\u{1b}[31mbbb"),
        "{sentence}"
    );
    assert!(sentence.len() < 250 && sentence.contains("bbb...\""), "{sentence}");
}
