//! The way through a package, from its bytes to a verdict.

use crate::archive::{Archive, Method};
use crate::bad_package::{BadPackage, InspectError};
use crate::content::{self, IconFile, PackageFile};
use crate::limits::Limits;
use crate::warning::Warning;
use crate::{layout, nuspec, signature};
use domain::package::metadata::{License, PackageMetadata, PackageType};
use std::io::{Read, Seek};

/// What a good package holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// What the nuspec says.
    pub metadata: PackageMetadata,
    /// The README's Markdown, if there is one.
    pub readme: Option<String>,
    /// The icon, if there is one inside.
    pub icon: Option<IconFile>,
    /// The licence's text, if it is a file inside.
    pub license_text: Option<String>,
    /// The nuspec, byte for byte.
    pub nuspec: Vec<u8>,
    /// Files and folders in the archive.
    pub entries: u64,
    /// Bytes of all files unpacked, as the archive states.
    pub unpacked: u64,
    /// Whether it carries a signature; whose is not looked at.
    pub signed: bool,
    /// What could be better.
    pub warnings: Vec<Warning>,
}

/// Reads a package and checks everything that can be told from its bytes.
///
/// `size` is how many bytes there are, and `now` is in seconds since 1970. A package is read by seeking, never whole.
///
/// # Errors
/// [`InspectError::Bad`] if the package breaks a rule, [`InspectError::Unreadable`] if its bytes cannot be read.
pub fn inspect(source: impl Read + Seek, size: u64, limits: &Limits, now: i64) -> Result<Inspected, InspectError> {
    if size > limits.package {
        return Err(BadPackage::TooLarge {
            size,
            limit: limits.package,
        }
        .into());
    }
    let mut archive = Archive::open(source, size, limits, now)?;
    layout::check_portable_folders(archive.entries())?;

    let entry = layout::find_nuspec(archive.entries())?.clone();
    let nuspec_bytes = content::read(&mut archive, &entry, PackageFile::Nuspec, limits)?;
    let nuspec::Nuspec { metadata, mut warnings } = nuspec::read(&nuspec_bytes, limits)?;

    let signed = check_signature(&mut archive, limits)?;
    let license_text = match &metadata.license {
        License::File(path) => Some(content::read_license(&mut archive, path, limits)?),
        License::None | License::Expression(_) | License::Url(_) => None,
    };
    let icon = metadata
        .icon
        .as_deref()
        .map(|path| content::read_icon(&mut archive, path, limits))
        .transpose()?;
    let readme = metadata
        .readme
        .as_deref()
        .map(|path| content::read_readme(&mut archive, path, limits))
        .transpose()?;
    if metadata.has_package_type(PackageType::MCP_SERVER) && !content::check_server_json(&mut archive, limits)? {
        warnings.push(Warning::MissingServerJson);
    }
    Ok(Inspected {
        metadata,
        readme,
        icon,
        license_text,
        nuspec: nuspec_bytes,
        entries: archive.entries().len() as u64,
        unpacked: archive.unpacked(),
        signed,
        warnings,
    })
}

/// Whether there is a signature, which must then be one. That there are not two follows from the archive: no two entries
/// have one path.
fn check_signature(archive: &mut Archive<impl Read + Seek>, limits: &Limits) -> Result<bool, InspectError> {
    let Some(entry) = archive.find(".signature.p7s").cloned() else {
        return Ok(false);
    };
    if entry.method() != Method::Stored {
        return Err(BadPackage::SignatureCompressed.into());
    }
    let bytes = content::read(archive, &entry, PackageFile::Signature, limits)?;
    if !signature::is_signed_data(&bytes) {
        return Err(BadPackage::SignatureNotCms.into());
    }
    Ok(true)
}
