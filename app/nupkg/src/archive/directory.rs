//! The central directory: the archive's list of entries.

use super::bytes::{Fields, read_error};
use super::end_record::DirectorySpan;
use super::{ArchiveDamage, damaged, path, timestamp};
use crate::bad_package::{BadPackage, InspectError};
use crate::limits::Limits;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// A file or folder of the archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    name: Box<str>,
    /// The name percent-decoded, where that makes a difference.
    decoded: Option<Box<str>>,
    pub(super) method: Method,
    pub(super) checksum: u32,
    pub(super) packed_size: u64,
    size: u64,
    pub(super) header_offset: u64,
    /// Where the packed bytes begin; known once the local header has been read.
    pub(super) data_offset: u64,
}

impl Entry {
    /// The path that clients unpack it to; ends with `/` for a folder.
    pub(crate) fn path(&self) -> &str {
        self.decoded.as_deref().unwrap_or(&self.name)
    }

    /// The name as the archive has it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is_folder(&self) -> bool {
        self.path().ends_with('/')
    }

    /// The unpacked bytes, as stated.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn method(&self) -> Method {
        self.method
    }
}

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflated,
}

impl Method {
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Stored => 0,
            Self::Deflated => 8,
        }
    }
}

/// What the directory says.
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    /// The unpacked bytes of all entries.
    pub(super) unpacked: u64,
}

const SIGNATURE: u32 = 0x0201_4b50;
const HEADER_SIZE: usize = 46;

/// The longest path, in bytes. Windows gives up at 260 characters, with the folder it is unpacked to.
const LONGEST_NAME: usize = 512;

/// A general-purpose flag that means encryption: of the data, the strong kind, or of the directory.
pub(super) const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// Reads exactly the entries stated in exactly the bytes stated.
pub(super) fn read(
    source: &mut (impl Read + Seek),
    span: &DirectorySpan,
    limits: &Limits,
    now: i64,
) -> Result<Directory, InspectError> {
    source
        .seek(SeekFrom::Start(span.offset))
        .map_err(InspectError::Unreadable)?;
    let mut bytes = BufReader::new(source.take(span.size));
    let mut entries = Vec::new();
    let mut unpacked: u64 = 0;
    for number in 1..=span.entries {
        let entry = read_entry(&mut bytes, number, now)?;
        unpacked = unpacked.saturating_add(entry.size);
        if unpacked > limits.unpacked {
            return Err(BadPackage::UnpacksTooLarge { limit: limits.unpacked }.into());
        }
        entries.push(entry);
    }
    let rest = io::copy(&mut bytes, &mut io::sink()).map_err(InspectError::Unreadable)?;
    if rest > 0 {
        return Err(damaged(ArchiveDamage::DirectoryCount));
    }
    Ok(Directory { entries, unpacked })
}

/// The fixed part of an entry.
struct Header {
    flags: u16,
    method: u16,
    time: u16,
    date: u16,
    checksum: u32,
    packed_size: u32,
    size: u32,
    name: u16,
    extra: u16,
    comment: u16,
    disk: u16,
    attributes: u32,
    offset: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(bytes);
        if fields.u32()? != SIGNATURE {
            return None;
        }
        fields.take(4)?;
        let (flags, method, time, date) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
        let (checksum, packed_size, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
        let (name, extra, comment, disk) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
        fields.take(2)?;
        let (attributes, offset) = (fields.u32()?, fields.u32()?);
        Some(Self {
            flags,
            method,
            time,
            date,
            checksum,
            packed_size,
            size,
            name,
            extra,
            comment,
            disk,
            attributes,
            offset,
        })
    }
}

fn read_entry(bytes: &mut impl Read, number: u64, now: i64) -> Result<Entry, InspectError> {
    let garbled = || damaged(ArchiveDamage::DirectoryEntry);
    let mut header = [0; HEADER_SIZE];
    bytes.read_exact(&mut header).map_err(read_error)?;
    let header = Header::read(&header).ok_or_else(garbled)?;

    let length = usize::from(header.name);
    if length > LONGEST_NAME {
        return Err(BadPackage::NameTooLong {
            number,
            length: length as u64,
            limit: LONGEST_NAME as u64,
        }
        .into());
    }
    let mut name = vec![0; length];
    bytes.read_exact(&mut name).map_err(read_error)?;
    let mut extra = vec![0; header.extra.into()];
    bytes.read_exact(&mut extra).map_err(read_error)?;
    let mut comment = vec![0; header.comment.into()];
    bytes.read_exact(&mut comment).map_err(read_error)?;

    let name = String::from_utf8(name).map_err(|_| BadPackage::NameNotUtf8 { number })?;
    let decoded = path::decode(&name);
    path::check(decoded.as_deref().unwrap_or(&name))?;
    let path = || decoded.as_deref().unwrap_or(&name).to_owned();

    if timestamp::is_over_a_day_ahead(header.date, header.time, now) {
        return Err(BadPackage::EntryFromTheFuture { path: path() }.into());
    }
    if is_special_file(header.attributes) {
        return Err(BadPackage::SpecialFile { path: path() }.into());
    }
    if header.flags & ENCRYPTED != 0 {
        return Err(BadPackage::EncryptedEntry { path: path() }.into());
    }
    let method = match header.method {
        0 => Method::Stored,
        8 => Method::Deflated,
        method => return Err(BadPackage::UnknownCompression { path: path(), method }.into()),
    };
    let mut sizes = Sizes {
        size: header.size.into(),
        packed_size: header.packed_size.into(),
    };
    let mut offset = u64::from(header.offset);
    let mut large = sizes.complete(&extra).ok_or_else(garbled)?;
    if header.offset == u32::MAX {
        offset = large.u64().ok_or_else(garbled)?;
    }
    if header.disk == u16::MAX && large.u32().is_none_or(|disk| disk != 0) || !matches!(header.disk, 0 | u16::MAX) {
        return Err(damaged(ArchiveDamage::Volumes));
    }
    if !sizes.are_possible(method) {
        return Err(BadPackage::ImpossibleSize { path: path() }.into());
    }
    if path().ends_with('/') && sizes.size > 0 {
        return Err(BadPackage::FolderWithData { path: path() }.into());
    }
    Ok(Entry {
        name: name.into_boxed_str(),
        decoded: decoded.map(String::into_boxed_str),
        method,
        checksum: header.checksum,
        packed_size: sizes.packed_size,
        size: sizes.size,
        header_offset: offset,
        data_offset: 0,
    })
}

/// The two sizes of an entry, which stand in 32 bits or, where those are all ones, in the 64-bit extra field.
pub(super) struct Sizes {
    pub(super) size: u64,
    pub(super) packed_size: u64,
}

impl Sizes {
    /// Takes what is missing from the extra fields, and gives the rest of the 64-bit one; nothing if it is too short.
    pub(super) fn complete<'extra>(&mut self, extra: &'extra [u8]) -> Option<Fields<'extra>> {
        const MISSING: u64 = u32::MAX as u64;
        let mut large = large_field(extra);
        if self.size == MISSING {
            self.size = large.u64()?;
        }
        if self.packed_size == MISSING {
            self.packed_size = large.u64()?;
        }
        Some(large)
    }

    /// Deflate makes at most 1,032 bytes of one, and an empty block of two bits.
    fn are_possible(&self, method: Method) -> bool {
        match method {
            Method::Stored => self.size == self.packed_size,
            Method::Deflated => self.size <= self.packed_size.saturating_mul(1_032),
        }
    }
}

/// The contents of the first extra field with the number 1; empty if there is none.
fn large_field(extra: &[u8]) -> Fields<'_> {
    let mut fields = Fields::new(extra);
    while let (Some(number), Some(length)) = (fields.u16(), fields.u16()) {
        let Some(content) = fields.take(length.into()) else {
            break;
        };
        if number == 1 {
            return Fields::new(content);
        }
    }
    Fields::new(&[])
}

/// Unix keeps the kind of file in the upper half: nothing stated, a file and a folder are what a package may have.
fn is_special_file(attributes: u32) -> bool {
    const KIND: u32 = 0o170_000;
    const FILE: u32 = 0o100_000;
    const FOLDER: u32 = 0o040_000;
    !matches!((attributes >> 16) & KIND, 0 | FILE | FOLDER)
}
