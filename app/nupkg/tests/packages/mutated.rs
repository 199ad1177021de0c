//! Good packages with random damage: whatever it does to them, a verdict comes in bounded time, and a package that is
//! still accepted reads the same to another zip reader.

use crate::good::{PNG, nuspec, package, signature};
use crate::raw_zip::{RawEntry, RawZip};
use crate::verdict;
use domain::package::{PackageId, PackageVersion};
use nupkg::build::PackageBuilder;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

#[test]
fn damage_ends_in_a_verdict() {
    let seeds = seeds();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0;
    for round in 0..rounds() {
        let mut bytes = random.pick(&seeds).clone();
        for _ in 0..=random.below(3) {
            damage(&mut bytes, &mut random);
        }
        if let Ok(inspected) = verdict(&bytes) {
            accepted += 1;
            assert_reads_the_same(&bytes, &inspected.nuspec, inspected.entries, round);
        }
    }
    assert!(accepted > 0, "some damage hits what nobody looks at");
}

/// Three thousand packages, or a hundred times as many in the long form.
fn rounds() -> usize {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long tests run is no setting of the product"
    )]
    let long = std::env::var("GUILDHALL_TEST_LONG").is_ok_and(|value| value == "1");
    if long { 300_000 } else { 3_000 }
}

fn seeds() -> Vec<Vec<u8>> {
    let builder = PackageBuilder::new(&PackageId::parse("A").unwrap(), &PackageVersion::parse("1.0").unwrap());
    let built = builder.readme("# A").icon(PNG).supports("net8.0").build();
    let streamed = RawZip::new([
        nuspec("").streamed(),
        RawEntry::deflated("lib/a.dll", &[7; 500]).streamed(),
    ])
    .build();
    let signed = package().with(RawEntry::stored(".signature.p7s", &signature())).build();
    let large = package().end64(|_| ()).comment(b"comment").build();
    let plain = RawZip::new([
        RawEntry::stored("a.nuspec", crate::good::NUSPEC.as_bytes()),
        RawEntry::stored("lib/", b""),
        RawEntry::stored("lib/%61", b"b"),
    ])
    .build();
    vec![built, streamed, signed, large, plain]
}

fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let place = random.below(bytes.len());
    match random.below(8) {
        0 => bytes[place] ^= 1 << random.below(8),
        1 => bytes[place] = *random.pick(&[0, 1, 0x7f, 0x80, 0xff, b'/', b'.', b'P']),
        2 => bytes.truncate(place),
        3 => {
            let end = (place + 1 + random.below(40)).min(bytes.len());
            let piece = bytes[place..end].to_vec();
            let target = random.below(bytes.len());
            bytes.splice(target..target, piece);
        }
        4 => {
            let end = (place + 1 + random.below(40)).min(bytes.len());
            bytes.drain(place..end);
        }
        // The records at the end are where a byte weighs most.
        5 => {
            let near = bytes.len().saturating_sub(1 + random.below(bytes.len().min(300)));
            bytes[near] = random.below(256) as u8;
        }
        6 => overwrite(
            bytes,
            place,
            random.pick(&[u32::MAX, 0, 1, 0x0403_4b50, 0x0201_4b50, 0x0605_4b50, 0x0706_4b50]),
        ),
        _ => {
            let target = random.below(bytes.len());
            let end = (place + 4).min(bytes.len());
            let piece = bytes[place..end].to_vec();
            let end = (target + piece.len()).min(bytes.len());
            bytes[target..end].copy_from_slice(&piece[..end - target]);
        }
    }
}

fn overwrite(bytes: &mut [u8], place: usize, value: &u32) {
    for (target, byte) in bytes.iter_mut().skip(place).zip(value.to_le_bytes()) {
        *target = byte;
    }
}

fn assert_reads_the_same(bytes: &[u8], nuspec: &[u8], entries: u64, round: usize) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("round {round}: {error}"));
    assert_eq!(archive.len() as u64, entries, "round {round}");
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let name = names
        .iter()
        .find(|name| name.to_lowercase().ends_with("nuspec"))
        .unwrap();
    let mut read = Vec::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_end(&mut read)
        .unwrap_or_else(|error| panic!("round {round}: {error}"));
    assert_eq!(read, nuspec, "round {round}");
}

/// Xorshift: the same damage in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn pick<'items, T>(&mut self, items: &'items [T]) -> &'items T {
        &items[self.below(items.len())]
    }
}
