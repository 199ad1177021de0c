//! Little-endian fields, and reads at a place.

use super::{ArchiveDamage, damaged};
use crate::bad_package::InspectError;
use std::io::{ErrorKind, Read, Seek, SeekFrom};

/// Reads fields one after the other, and never beyond the end.
#[derive(Clone, Copy)]
pub(super) struct Fields<'bytes>(&'bytes [u8]);

impl<'bytes> Fields<'bytes> {
    pub(super) fn new(bytes: &'bytes [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn take(&mut self, count: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn array<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }
}

/// Fills the buffer from this place on.
pub(super) fn read_exact_at(
    source: &mut (impl Read + Seek),
    offset: u64,
    buffer: &mut [u8],
) -> Result<(), InspectError> {
    source.seek(SeekFrom::Start(offset)).map_err(InspectError::Unreadable)?;
    source.read_exact(buffer).map_err(read_error)
}

/// An end where bytes should be is the archive's fault; anything else is the disk's.
pub(super) fn read_error(error: std::io::Error) -> InspectError {
    if error.kind() == ErrorKind::UnexpectedEof {
        damaged(ArchiveDamage::Cut)
    } else {
        InspectError::Unreadable(error)
    }
}
