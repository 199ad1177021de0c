//! The zip archive, read by a strict reader of its own.
//!
//! A package is read by many programs after us, and they read zip differently: some trust the list at the end (the
//! central directory), some the header before each entry, some search for another end record. A package that looks
//! different to two of them is an attack or an accident. So this reader takes an archive only if it has one reading:
//! one end record, at the end; a directory that fills the space it claims; a header before each entry that says the
//! same; and no byte that belongs to two entries. General zip libraries are lenient on purpose, and allocate for
//! whatever the directory claims before anybody can object.
//!
//! Nothing is unpacked but the few entries that are asked for, each within a limit.

mod bytes;
mod directory;
mod end_record;
mod local_header;
mod path;
mod timestamp;
mod unpack;

use crate::bad_package::{BadPackage, InspectError};
use crate::limits::Limits;
use bytes::read_exact_at;
pub(crate) use directory::{Entry, Method};
pub use local_header::HeaderField;
pub use path::PathProblem;
use std::fmt;
use std::io::{Read, Seek};

/// An archive that has one reading, and its entries in the order of the directory.
pub(crate) struct Archive<R> {
    source: R,
    entries: Vec<Entry>,
    unpacked: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads and checks the structure: everything but the contents of entries.
    ///
    /// `now` is in seconds since 1970.
    pub(crate) fn open(mut source: R, size: u64, limits: &Limits, now: i64) -> Result<Self, InspectError> {
        let span = end_record::locate(&mut source, size, limits)?;
        let directory = directory::read(&mut source, &span, limits, now)?;
        let mut entries = directory.entries;
        path::check_distinct(&entries)?;
        local_header::check(&mut source, &mut entries, span.offset)?;
        Ok(Self {
            source,
            entries,
            unpacked: directory.unpacked,
        })
    }

    /// Files and folders.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bytes of all files unpacked, as stated.
    pub(crate) fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// The file with exactly this path.
    pub(crate) fn find(&self, path: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.path() == path && !entry.is_folder())
    }

    /// Unpacks a file, which must be what its headers say.
    ///
    /// The caller has compared the entry's stated size with the limit for that file.
    pub(crate) fn unpack(&mut self, entry: &Entry) -> Result<Vec<u8>, InspectError> {
        unpack::unpack(&mut self.source, entry)
    }
}

/// What is broken in an archive's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveDamage {
    /// There is no end record: the file was cut, or is something else.
    EndMissing,
    /// Bytes follow the end record, or look like a second one.
    EndNotLast,
    /// It is one of several volumes.
    Volumes,
    /// The two end records of a large archive contradict each other.
    Zip64,
    /// The directory does not lie where the end record says.
    DirectoryPlace,
    /// The directory holds another number of entries than the end record says.
    DirectoryCount,
    /// The directory holds something else than entries.
    DirectoryEntry,
    /// The bytes end before the archive does.
    Cut,
}

impl fmt::Display for ArchiveDamage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::EndMissing => "its end is missing, so it may have been cut in transfer",
            Self::EndNotLast => "something follows its end",
            Self::Volumes => "it is one of several volumes",
            Self::Zip64 => "its two end records contradict each other",
            Self::DirectoryPlace => "its list of entries is not where it should be",
            Self::DirectoryCount => "its list of entries is longer or shorter than stated",
            Self::DirectoryEntry => "its list of entries is garbled",
            Self::Cut => "it ends too early, so it may have been cut in transfer",
        })
    }
}

fn damaged(damage: ArchiveDamage) -> InspectError {
    BadPackage::DamagedArchive(damage).into()
}
