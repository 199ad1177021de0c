//! What a draft's row keeps of a package, so that it is read only once.

use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::package::PackageMetadata;
use nupkg::{IconFile, IconKind, Inspected};
use serde::{Deserialize, Serialize};

/// Everything that was read, but for the icon's bytes, which have a column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) metadata: PackageMetadata,
    pub(super) readme: Option<String>,
    pub(super) icon: Option<KeptIcon>,
    license_text: Option<String>,
    nuspec: String,
    entries: u64,
    unpacked: u64,
    signed: bool,
    /// The warnings' sentences.
    pub(super) warnings: Vec<String>,
}

/// What an icon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum KeptIcon {
    Png,
    Jpeg,
}

impl Kept {
    pub(super) fn of(inspected: &Inspected) -> Self {
        Self {
            metadata: inspected.metadata.clone(),
            readme: inspected.readme.clone(),
            icon: inspected.icon.as_ref().map(|icon| match icon.kind {
                IconKind::Png => KeptIcon::Png,
                IconKind::Jpeg => KeptIcon::Jpeg,
            }),
            license_text: inspected.license_text.clone(),
            nuspec: STANDARD.encode(&inspected.nuspec),
            entries: inspected.entries,
            unpacked: inspected.unpacked,
            signed: inspected.signed,
            warnings: inspected.warnings.iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) fn parse(json: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(json)?)
    }

    /// What publishing needs; the warnings were shown already.
    pub(super) fn into_inspected(self, icon: Option<Vec<u8>>) -> Result<Inspected, Error> {
        let nuspec = STANDARD
            .decode(&self.nuspec)
            .map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(Inspected {
            metadata: self.metadata,
            readme: self.readme,
            icon: self.icon.zip(icon).map(|(kind, bytes)| IconFile {
                bytes,
                kind: kind.kind(),
            }),
            license_text: self.license_text,
            nuspec,
            entries: self.entries,
            unpacked: self.unpacked,
            signed: self.signed,
            warnings: Vec::new(),
        })
    }
}

impl KeptIcon {
    pub(super) const fn kind(self) -> IconKind {
        match self {
            Self::Png => IconKind::Png,
            Self::Jpeg => IconKind::Jpeg,
        }
    }
}
