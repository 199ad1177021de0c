//! The header before each entry, which must say what the directory says.

use super::bytes::Fields;
use super::directory::{ENCRYPTED, Entry, Sizes};
use super::read_exact_at;
use crate::bad_package::{BadPackage, InspectError};
use std::fmt;
use std::io::{Read, Seek};

/// What the archive states twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderField {
    /// There is no header where the directory says.
    Place,
    /// The name.
    Name,
    /// The compression method.
    Method,
    /// The packed or the unpacked size.
    Size,
    /// The checksum.
    Checksum,
}

impl fmt::Display for HeaderField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Place => "place",
            Self::Name => "name",
            Self::Method => "compression",
            Self::Size => "size",
            Self::Checksum => "checksum",
        })
    }
}

const SIGNATURE: u32 = 0x0403_4b50;
const HEADER_SIZE: usize = 30;

/// The sizes and the checksum follow the data, and may be left out of the header.
const FOLLOWED_BY_SIZES: u16 = 1 << 3;

/// Compares each header with the directory, and learns where the data is. No two entries may share a byte, and all must
/// lie before the directory.
pub(super) fn check(
    source: &mut (impl Read + Seek),
    entries: &mut [Entry],
    directory_offset: u64,
) -> Result<(), InspectError> {
    let mut ordered: Vec<&mut Entry> = entries.iter_mut().collect();
    ordered.sort_by_key(|entry| entry.header_offset);
    let mut previous: Option<(&Entry, u64)> = None;
    for entry in ordered {
        if let Some((first, end)) = previous
            && entry.header_offset < end
        {
            let (first, second) = (first.path().to_owned(), entry.path().to_owned());
            return Err(BadPackage::OverlappingEntries { first, second }.into());
        }
        let outside = || BadPackage::EntryOutside {
            path: entry.path().to_owned(),
        };
        let within = |end: Option<u64>| end.filter(|end| *end <= directory_offset).ok_or_else(outside);
        within(
            entry
                .header_offset
                .checked_add((HEADER_SIZE + entry.name().len()) as u64),
        )?;
        let data_offset = compare(source, entry)?;
        let end = within(data_offset.checked_add(entry.packed_size))?;
        entry.data_offset = data_offset;
        previous = Some((entry, end));
    }
    Ok(())
}

/// Compares one header with the directory's entry, and gives the place of the data.
fn compare(source: &mut (impl Read + Seek), entry: &Entry) -> Result<u64, InspectError> {
    let mismatch = |field| {
        InspectError::from(BadPackage::HeaderMismatch {
            path: entry.path().to_owned(),
            field,
        })
    };
    let mut header = [0; HEADER_SIZE];
    read_exact_at(source, entry.header_offset, &mut header)?;
    let header = Header::read(&header).ok_or_else(|| mismatch(HeaderField::Place))?;

    let mut name = vec![0; header.name.into()];
    if name.len() != entry.name().len() {
        return Err(mismatch(HeaderField::Name));
    }
    let name_offset = entry.header_offset + HEADER_SIZE as u64;
    read_exact_at(source, name_offset, &mut name)?;
    if name != entry.name().as_bytes() {
        return Err(mismatch(HeaderField::Name));
    }
    let extra_offset = name_offset + u64::from(header.name);
    if header.flags & ENCRYPTED != 0 {
        return Err(BadPackage::EncryptedEntry {
            path: entry.path().to_owned(),
        }
        .into());
    }
    if header.method != entry.method.number() {
        return Err(mismatch(HeaderField::Method));
    }

    let mut sizes = Sizes {
        size: header.size.into(),
        packed_size: header.packed_size.into(),
    };
    if sizes.size == u64::from(u32::MAX) || sizes.packed_size == u64::from(u32::MAX) {
        let mut extra = vec![0; header.extra.into()];
        read_exact_at(source, extra_offset, &mut extra)?;
        sizes.complete(&extra).ok_or_else(|| mismatch(HeaderField::Size))?;
    }
    let follows = header.flags & FOLLOWED_BY_SIZES != 0;
    let same = |stated: u64, listed: u64| stated == listed || follows && stated == 0;
    if !same(sizes.size, entry.size()) || !same(sizes.packed_size, entry.packed_size) {
        return Err(mismatch(HeaderField::Size));
    }
    if !same(header.checksum.into(), entry.checksum.into()) {
        return Err(mismatch(HeaderField::Checksum));
    }
    Ok(extra_offset + u64::from(header.extra))
}

struct Header {
    flags: u16,
    method: u16,
    checksum: u32,
    packed_size: u32,
    size: u32,
    name: u16,
    extra: u16,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(bytes);
        if fields.u32()? != SIGNATURE {
            return None;
        }
        fields.take(2)?;
        let (flags, method) = (fields.u16()?, fields.u16()?);
        fields.take(4)?;
        Some(Self {
            flags,
            method,
            checksum: fields.u32()?,
            packed_size: fields.u32()?,
            size: fields.u32()?,
            name: fields.u16()?,
            extra: fields.u16()?,
        })
    }
}
