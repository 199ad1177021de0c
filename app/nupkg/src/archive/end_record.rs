//! Where the central directory is: the end record, and its 64-bit sibling.

use super::bytes::Fields;
use super::{ArchiveDamage, damaged, read_exact_at};
use crate::bad_package::{BadPackage, InspectError};
use crate::limits::Limits;
use std::io::{Read, Seek};

/// The central directory's place, as stated and consistent, and how many entries it is said to have.
pub(super) struct DirectorySpan {
    pub(super) offset: u64,
    pub(super) size: u64,
    pub(super) entries: u64,
}

const END_SIGNATURE: &[u8; 4] = b"PK\x05\x06";
const END_SIZE: usize = 22;
const LONGEST_COMMENT: usize = 0xffff;

const LOCATOR_SIGNATURE: u32 = 0x0706_4b50;
const LOCATOR_SIZE: u64 = 20;
const END64_SIGNATURE: u32 = 0x0606_4b50;
const END64_SIZE: usize = 56;

/// The largest directory that is read. It bounds memory: 50,000 entries get 335 bytes each, name and all.
const LARGEST_DIRECTORY: u64 = 16 * 1024 * 1024;
const SMALLEST_ENTRY: u64 = 46;

/// Finds the directory, and refuses what is too large to be looked at.
pub(super) fn locate(
    source: &mut (impl Read + Seek),
    size: u64,
    limits: &Limits,
) -> Result<DirectorySpan, InspectError> {
    let (end_offset, tail) = read_tail(source, size)?;
    let end = EndRecord::read(&tail).ok_or_else(|| damaged(ArchiveDamage::EndMissing))?;
    if end.comment != tail.len() - END_SIZE {
        return Err(damaged(ArchiveDamage::EndNotLast));
    }
    let (directory_end, span) = match read_end64(source, end_offset)? {
        Some((end64_offset, end64)) => (end64_offset, end.joined_with(&end64)?),
        None => (end_offset, end.alone()?),
    };
    if span.entries > limits.entries {
        return Err(BadPackage::TooManyEntries {
            count: span.entries,
            limit: limits.entries,
        }
        .into());
    }
    if span.size > LARGEST_DIRECTORY {
        return Err(BadPackage::DirectoryTooLarge {
            size: span.size,
            limit: LARGEST_DIRECTORY,
        }
        .into());
    }
    if span.offset.checked_add(span.size) != Some(directory_end) {
        return Err(damaged(ArchiveDamage::DirectoryPlace));
    }
    if span.entries.saturating_mul(SMALLEST_ENTRY) > span.size {
        return Err(damaged(ArchiveDamage::DirectoryCount));
    }
    Ok(span)
}

/// The bytes from the last end signature on, and where they begin.
///
/// Readers differ in which of several signatures they take; a comment that holds one is refused by what follows,
/// because the last one must reach exactly to the end of the file.
fn read_tail(source: &mut (impl Read + Seek), size: u64) -> Result<(u64, Vec<u8>), InspectError> {
    let longest = (END_SIZE + LONGEST_COMMENT) as u64;
    let length = size.min(longest);
    let start = size - length;
    let mut tail = vec![0; usize::try_from(length).unwrap_or(END_SIZE + LONGEST_COMMENT)];
    read_exact_at(source, start, &mut tail)?;
    let Some(found) = tail
        .windows(END_SIGNATURE.len())
        .rposition(|window| window == END_SIGNATURE)
    else {
        let mut first = [0; 4];
        let begins_like_zip = size >= 4 && {
            read_exact_at(source, 0, &mut first)?;
            first.starts_with(b"PK")
        };
        return Err(if begins_like_zip {
            damaged(ArchiveDamage::EndMissing)
        } else {
            BadPackage::NotAZip.into()
        });
    };
    Ok((start + found as u64, tail.split_off(found)))
}

/// The end record: its fields hold their largest value where the 64-bit record has the true one.
struct EndRecord {
    disk: u16,
    directory_disk: u16,
    disk_entries: u16,
    entries: u16,
    size: u32,
    offset: u32,
    comment: usize,
}

impl EndRecord {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(bytes);
        fields.u32()?;
        Some(Self {
            disk: fields.u16()?,
            directory_disk: fields.u16()?,
            disk_entries: fields.u16()?,
            entries: fields.u16()?,
            size: fields.u32()?,
            offset: fields.u32()?,
            comment: fields.u16()?.into(),
        })
    }

    fn alone(&self) -> Result<DirectorySpan, InspectError> {
        if (self.disk, self.directory_disk) != (0, 0) || self.disk_entries != self.entries {
            return Err(damaged(ArchiveDamage::Volumes));
        }
        Ok(DirectorySpan {
            offset: self.offset.into(),
            size: self.size.into(),
            entries: self.entries.into(),
        })
    }

    /// A field that both records have must be the same in both, since some readers look at one of them only.
    fn joined_with(&self, end64: &EndRecord64) -> Result<DirectorySpan, InspectError> {
        let fits16 = |short: u16, long: u64| short == u16::MAX || u64::from(short) == long;
        let fits32 = |short: u32, long: u64| short == u32::MAX || u64::from(short) == long;
        let volumes = self.disk != self.directory_disk
            || self.disk_entries != self.entries
            || end64.disk != 0
            || end64.directory_disk != 0
            || end64.disk_entries != end64.entries;
        if volumes {
            return Err(damaged(ArchiveDamage::Volumes));
        }
        let fits = fits16(self.disk, 0)
            && fits16(self.entries, end64.entries)
            && fits32(self.size, end64.size)
            && fits32(self.offset, end64.offset);
        if !fits {
            return Err(damaged(ArchiveDamage::Zip64));
        }
        Ok(DirectorySpan {
            offset: end64.offset,
            size: end64.size,
            entries: end64.entries,
        })
    }
}

struct EndRecord64 {
    disk: u32,
    directory_disk: u32,
    disk_entries: u64,
    entries: u64,
    size: u64,
    offset: u64,
}

/// The 64-bit record and its place, if a locator stands before the end record.
fn read_end64(source: &mut (impl Read + Seek), end_offset: u64) -> Result<Option<(u64, EndRecord64)>, InspectError> {
    let Some(locator_offset) = end_offset.checked_sub(LOCATOR_SIZE) else {
        return Ok(None);
    };
    let mut locator = [0; LOCATOR_SIZE as usize];
    read_exact_at(source, locator_offset, &mut locator)?;
    let mut fields = Fields::new(&locator);
    if fields.u32() != Some(LOCATOR_SIGNATURE) {
        return Ok(None);
    }
    let contradiction = || damaged(ArchiveDamage::Zip64);
    let (Some(0), Some(offset), Some(0 | 1)) = (fields.u32(), fields.u64(), fields.u32()) else {
        return Err(damaged(ArchiveDamage::Volumes));
    };
    if offset
        .checked_add(END64_SIZE as u64)
        .is_none_or(|end| end > locator_offset)
    {
        return Err(contradiction());
    }
    let mut record = [0; END64_SIZE];
    read_exact_at(source, offset, &mut record)?;
    let mut fields = Fields::new(&record);
    let (signature, rest) = (fields.u32(), fields.u64());
    // The stated rest does not count the signature and itself, and must reach to the locator.
    let reaches = rest.and_then(|rest| offset.checked_add(12)?.checked_add(rest)) == Some(locator_offset);
    if signature != Some(END64_SIGNATURE) || !reaches {
        return Err(contradiction());
    }
    fields.take(4);
    let mut read = || {
        Some(EndRecord64 {
            disk: fields.u32()?,
            directory_disk: fields.u32()?,
            disk_entries: fields.u64()?,
            entries: fields.u64()?,
            size: fields.u64()?,
            offset: fields.u64()?,
        })
    };
    let record = read().ok_or_else(contradiction)?;
    Ok(Some((offset, record)))
}
