//! A zip writer that can lie in every field.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write as _;

/// The bits 3: sizes follow the data.
pub(crate) const SIZES_FOLLOW: u16 = 1 << 3;

/// An archive in the making: honest, until told otherwise.
#[derive(Clone)]
pub(crate) struct RawZip {
    entries: Vec<RawEntry>,
    comment: Vec<u8>,
    end: fn(&mut End),
    end64: Option<fn(&mut End64)>,
}

/// An entry: what its header and the directory say of it, and its packed bytes.
#[derive(Clone)]
pub(crate) struct RawEntry {
    pub(crate) local: Header,
    pub(crate) central: Header,
    pub(crate) packed: Vec<u8>,
    /// Bytes after the data, such as a data descriptor.
    pub(crate) trailer: Vec<u8>,
    /// Where the directory says the entry begins; where it does, if nothing.
    pub(crate) offset: Option<u32>,
    /// Whether the entry itself is left out, so that only the directory has it.
    pub(crate) listed_only: bool,
}

#[derive(Clone)]
pub(crate) struct Header {
    pub(crate) name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) time: u16,
    pub(crate) date: u16,
    pub(crate) checksum: u32,
    pub(crate) packed_size: u32,
    pub(crate) size: u32,
    pub(crate) extra: Vec<u8>,
    pub(crate) attributes: u32,
}

/// The end record's fields.
pub(crate) struct End {
    pub(crate) disk: u16,
    pub(crate) disk_entries: u16,
    pub(crate) entries: u16,
    pub(crate) size: u32,
    pub(crate) offset: u32,
}

/// The 64-bit end record's fields.
pub(crate) struct End64 {
    pub(crate) entries: u64,
    pub(crate) size: u64,
    pub(crate) offset: u64,
    pub(crate) place: u64,
}

impl RawEntry {
    pub(crate) fn stored(name: &str, bytes: &[u8]) -> Self {
        Self::new(name, 0, bytes.to_vec(), bytes)
    }

    pub(crate) fn deflated(name: &str, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        Self::new(name, 8, encoder.finish().unwrap(), bytes)
    }

    fn new(name: &str, method: u16, packed: Vec<u8>, bytes: &[u8]) -> Self {
        let header = Header {
            name: name.as_bytes().to_vec(),
            flags: 1 << 11,
            method,
            time: 0,
            date: 46 << 9 | 1 << 5 | 1,
            checksum: crc32fast::hash(bytes),
            packed_size: packed.len() as u32,
            size: bytes.len() as u32,
            extra: Vec::new(),
            attributes: 0,
        };
        Self {
            local: header.clone(),
            central: header,
            packed,
            trailer: Vec::new(),
            offset: None,
            listed_only: false,
        }
    }

    /// Changes both headers.
    pub(crate) fn both(mut self, change: impl Fn(&mut Header)) -> Self {
        change(&mut self.local);
        change(&mut self.central);
        self
    }

    /// Changes the header before the data.
    pub(crate) fn local(mut self, change: impl Fn(&mut Header)) -> Self {
        change(&mut self.local);
        self
    }

    /// Changes the directory's entry.
    pub(crate) fn central(mut self, change: impl Fn(&mut Header)) -> Self {
        change(&mut self.central);
        self
    }

    /// Leaves sizes and checksum to follow the data, as packers that write to a pipe do.
    pub(crate) fn streamed(mut self) -> Self {
        let Header {
            checksum,
            packed_size,
            size,
            ..
        } = self.central.clone();
        self.trailer = [0x0807_4b50, checksum, packed_size, size]
            .iter()
            .flat_map(|field| field.to_le_bytes())
            .collect();
        self.local(|header| (header.checksum, header.packed_size, header.size) = (0, 0, 0))
            .both(|header| header.flags |= SIZES_FOLLOW)
    }
}

impl RawZip {
    pub(crate) fn new(entries: impl IntoIterator<Item = RawEntry>) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            comment: Vec::new(),
            end: |_| (),
            end64: None,
        }
    }

    pub(crate) fn with(mut self, entry: RawEntry) -> Self {
        self.entries.push(entry);
        self
    }

    pub(crate) fn comment(mut self, comment: &[u8]) -> Self {
        self.comment = comment.to_vec();
        self
    }

    /// Changes the end record.
    pub(crate) fn end(mut self, change: fn(&mut End)) -> Self {
        self.end = change;
        self
    }

    /// Adds a 64-bit end record, changed.
    pub(crate) fn end64(mut self, change: fn(&mut End64)) -> Self {
        self.end64 = Some(change);
        self
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let mut out = Bytes::default();
        let mut offsets = Vec::new();
        for entry in &self.entries {
            offsets.push(entry.offset.unwrap_or(out.0.len() as u32));
            if !entry.listed_only {
                out.local(&entry.local);
                out.bytes(&entry.packed);
                out.bytes(&entry.trailer);
            }
        }
        let offset = out.0.len();
        for (entry, offset) in self.entries.iter().zip(offsets) {
            out.central(&entry.central, offset);
        }
        let size = out.0.len() - offset;
        let count = self.entries.len();
        if let Some(change) = self.end64 {
            let mut end = End64 {
                entries: count as u64,
                size: size as u64,
                offset: offset as u64,
                place: out.0.len() as u64,
            };
            change(&mut end);
            out.end64(&end);
        }
        let mut end = End {
            disk: 0,
            disk_entries: count as u16,
            entries: count as u16,
            size: size as u32,
            offset: offset as u32,
        };
        (self.end)(&mut end);
        out.end(&end, &self.comment);
        out.0
    }
}

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn u16(&mut self, fields: &[u16]) {
        fields.iter().for_each(|field| self.bytes(&field.to_le_bytes()));
    }

    fn u32(&mut self, fields: &[u32]) {
        fields.iter().for_each(|field| self.bytes(&field.to_le_bytes()));
    }

    fn u64(&mut self, fields: &[u64]) {
        fields.iter().for_each(|field| self.bytes(&field.to_le_bytes()));
    }

    fn local(&mut self, header: &Header) {
        self.u32(&[0x0403_4b50]);
        self.u16(&[20, header.flags, header.method, header.time, header.date]);
        self.u32(&[header.checksum, header.packed_size, header.size]);
        self.u16(&[header.name.len() as u16, header.extra.len() as u16]);
        self.bytes(&header.name);
        self.bytes(&header.extra);
    }

    fn central(&mut self, header: &Header, offset: u32) {
        self.u32(&[0x0201_4b50]);
        self.u16(&[3 << 8 | 20, 20, header.flags, header.method, header.time, header.date]);
        self.u32(&[header.checksum, header.packed_size, header.size]);
        self.u16(&[header.name.len() as u16, header.extra.len() as u16, 0, 0, 0]);
        self.u32(&[header.attributes, offset]);
        self.bytes(&header.name);
        self.bytes(&header.extra);
    }

    fn end64(&mut self, end: &End64) {
        self.u32(&[0x0606_4b50]);
        self.u64(&[44]);
        self.u16(&[45, 45]);
        self.u32(&[0, 0]);
        self.u64(&[end.entries, end.entries, end.size, end.offset]);
        self.u32(&[0x0706_4b50, 0]);
        self.u64(&[end.place]);
        self.u32(&[1]);
    }

    fn end(&mut self, end: &End, comment: &[u8]) {
        self.u32(&[0x0605_4b50]);
        self.u16(&[end.disk, 0, end.disk_entries, end.entries]);
        self.u32(&[end.size, end.offset]);
        self.u16(&[comment.len() as u16]);
        self.bytes(comment);
    }
}
