//! The files that a nuspec names and the gallery shows: licence, icon, README, and the description of an MCP server.

use crate::archive::{Archive, Entry};
use crate::bad_package::{BadPackage, InspectError};
use crate::limits::Limits;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Seek};

/// A file that is read, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageFile {
    /// The nuspec.
    Nuspec,
    /// The README.
    Readme,
    /// The icon.
    Icon,
    /// The licence's text.
    License,
    /// `.mcp/server.json`.
    ServerJson,
    /// `.signature.p7s`.
    Signature,
}

impl PackageFile {
    /// The extensions it may have, in words.
    pub(crate) fn extensions(self) -> &'static str {
        match self {
            Self::Nuspec => ".nuspec",
            Self::Readme => ".md",
            Self::Icon => ".png, .jpg and .jpeg",
            Self::License => ".txt, .md and none",
            Self::ServerJson => ".json",
            Self::Signature => ".p7s",
        }
    }

    fn allows(self, extension: Option<&str>) -> bool {
        let Some(extension) = extension else {
            return self == Self::License;
        };
        let allowed: &[&str] = match self {
            Self::Nuspec => &["nuspec"],
            Self::Readme => &["md"],
            Self::Icon => &["png", "jpg", "jpeg"],
            Self::License => &["txt", "md"],
            Self::ServerJson => &["json"],
            Self::Signature => &["p7s"],
        };
        allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(extension))
    }

    fn limit(self, limits: &Limits) -> u64 {
        match self {
            // A description is a text like the README, and a signature with its time stamps a few kilobytes.
            Self::Readme | Self::ServerJson | Self::Signature => limits.readme,
            Self::Nuspec => limits.nuspec,
            Self::Icon => limits.icon,
            Self::License => limits.license,
        }
    }
}

impl fmt::Display for PackageFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nuspec => "nuspec",
            Self::Readme => "readme",
            Self::Icon => "icon",
            Self::License => "licence file",
            Self::ServerJson => "file .mcp/server.json",
            Self::Signature => "signature .signature.p7s",
        })
    }
}

/// An icon whose bytes begin as its kind does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IconFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is inside, whatever its extension says.
    pub kind: IconKind,
}

/// What an icon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl IconKind {
    /// The media type to serve it with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else {
            None
        }
    }
}

/// Unpacks a file within its limit.
pub(crate) fn read(
    archive: &mut Archive<impl Read + Seek>,
    entry: &Entry,
    file: PackageFile,
    limits: &Limits,
) -> Result<Vec<u8>, InspectError> {
    let limit = file.limit(limits);
    if entry.size() > limit {
        return Err(BadPackage::FileTooLarge {
            file,
            size: entry.size(),
            limit,
        }
        .into());
    }
    archive.unpack(entry)
}

/// The README's text.
pub(crate) fn read_readme(
    archive: &mut Archive<impl Read + Seek>,
    path: &str,
    limits: &Limits,
) -> Result<String, InspectError> {
    let bytes = read_named(archive, path, PackageFile::Readme, limits)?;
    let text = text(bytes).ok_or_else(|| not_text(PackageFile::Readme, path))?;
    if text.trim().is_empty() {
        return Err(BadPackage::EmptyReadme { path: path.to_owned() }.into());
    }
    Ok(text)
}

/// The licence's text.
pub(crate) fn read_license(
    archive: &mut Archive<impl Read + Seek>,
    path: &str,
    limits: &Limits,
) -> Result<String, InspectError> {
    let bytes = read_named(archive, path, PackageFile::License, limits)?;
    Ok(text(bytes).ok_or_else(|| not_text(PackageFile::License, path))?)
}

/// The icon.
pub(crate) fn read_icon(
    archive: &mut Archive<impl Read + Seek>,
    path: &str,
    limits: &Limits,
) -> Result<IconFile, InspectError> {
    let bytes = read_named(archive, path, PackageFile::Icon, limits)?;
    let kind = IconKind::of(&bytes).ok_or_else(|| BadPackage::IconFormat { path: path.to_owned() })?;
    Ok(IconFile { bytes, kind })
}

/// Checks the description of an MCP server; false if there is none.
pub(crate) fn check_server_json(
    archive: &mut Archive<impl Read + Seek>,
    limits: &Limits,
) -> Result<bool, InspectError> {
    let Some(entry) = archive.find(".mcp/server.json").cloned() else {
        return Ok(false);
    };
    let bytes = read(archive, &entry, PackageFile::ServerJson, limits)?;
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes);
    match serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(bytes) {
        Ok(fields) if !fields.is_empty() => Ok(true),
        _ => Err(BadPackage::ServerJson.into()),
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a file that the nuspec names.
fn read_named(
    archive: &mut Archive<impl Read + Seek>,
    path: &str,
    file: PackageFile,
    limits: &Limits,
) -> Result<Vec<u8>, InspectError> {
    let Some(entry) = archive.find(path).cloned() else {
        return Err(BadPackage::FileMissing {
            file,
            path: path.to_owned(),
        }
        .into());
    };
    if !file.allows(extension(path)) {
        return Err(BadPackage::FileExtension {
            file,
            path: path.to_owned(),
        }
        .into());
    }
    read(archive, &entry, file, limits)
}

/// What follows the last dot of the file's name; nothing if there is no dot.
fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// UTF-8 without its mark and without what no text holds.
fn text(mut bytes: Vec<u8>) -> Option<String> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let text = String::from_utf8(bytes).ok()?;
    let strange = |character| matches!(character, '\0'..='\x08' | '\x0b' | '\x0e'..='\x1f');
    (!text.contains(strange)).then_some(text)
}

fn not_text(file: PackageFile, path: &str) -> BadPackage {
    BadPackage::FileNotText {
        file,
        path: path.to_owned(),
    }
}
