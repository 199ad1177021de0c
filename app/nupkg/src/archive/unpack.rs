//! Unpacking one entry.

use super::directory::{Entry, Method};
use super::read_exact_at;
use crate::bad_package::{BadPackage, InspectError};
use flate2::bufread::DeflateDecoder;
use std::io::{Read, Seek};

/// Unpacks an entry whose stated size the caller has found small enough; it must give exactly what it states.
pub(super) fn unpack(source: &mut (impl Read + Seek), entry: &Entry) -> Result<Vec<u8>, InspectError> {
    let broken = || {
        InspectError::from(BadPackage::DamagedEntry {
            path: entry.path().to_owned(),
        })
    };
    // Deflate adds five bytes to a block that it cannot shrink; twice the size is more than any packer makes.
    if entry.packed_size > entry.size().saturating_mul(2).saturating_add(1_024) {
        return Err(BadPackage::ImpossibleSize {
            path: entry.path().to_owned(),
        }
        .into());
    }
    let mut packed = vec![0; usize::try_from(entry.packed_size).map_err(|_| broken())?];
    read_exact_at(source, entry.data_offset, &mut packed)?;
    let bytes = match entry.method {
        Method::Stored => packed,
        Method::Deflated => inflate(&packed, entry.size()).ok_or_else(broken)?,
    };
    if bytes.len() as u64 != entry.size() || crc32fast::hash(&bytes) != entry.checksum {
        return Err(broken());
    }
    Ok(bytes)
}

/// Inflates all of the input, to one byte more than expected at most.
fn inflate(packed: &[u8], expected: u64) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(packed);
    let mut bytes = Vec::new();
    decoder
        .by_ref()
        .take(expected.saturating_add(1))
        .read_to_end(&mut bytes)
        .ok()?;
    (decoder.total_in() == packed.len() as u64).then_some(bytes)
}
