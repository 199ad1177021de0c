//! Packages that are right, in all the ways that packers make them.

use crate::raw_zip::{RawEntry, RawZip};
use crate::{NOW, good};
use domain::package::License;
use nupkg::{IconKind, Limits, Warning, inspect};
use rstest::rstest;
use std::fs::File;

pub(crate) const NUSPEC: &str = "<package><metadata><id>Contoso.Json</id><version>1.0.0</version>\
    <authors>Ann</authors><description>Reads JSON.</description></metadata></package>";

/// A nuspec with more elements.
pub(crate) fn nuspec(elements: &str) -> RawEntry {
    RawEntry::deflated(
        "Contoso.Json.nuspec",
        NUSPEC
            .replace("</metadata>", &format!("{elements}</metadata>"))
            .as_bytes(),
    )
}

/// A package of a nuspec and an assembly.
pub(crate) fn package() -> RawZip {
    RawZip::new([
        nuspec(""),
        RawEntry::deflated("lib/net8.0/Contoso.Json.dll", &[7; 5_000]),
    ])
}

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and more";

/// Signed data (RFC 5652) with one empty signer: a shape and nothing else.
pub(crate) fn signature() -> Vec<u8> {
    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, content.len() as u8], content].concat()
    }
    let signed_data = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let data = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
    let parts = [
        der(2, &[1]),
        der(0x31, &[]),
        der(0x30, &der(6, &data)),
        der(0x31, &der(0x30, &[])),
    ]
    .concat();
    der(0x30, &[der(6, &signed_data), der(0xa0, &der(0x30, &parts))].concat())
}

#[test]
fn a_bare_package_is_good() {
    let bytes = package().build();
    let inspected = good(&bytes);
    assert_eq!(inspected.metadata.id.as_str(), "Contoso.Json");
    assert_eq!(inspected.metadata.version.normalized(), "1.0.0");
    assert_eq!(inspected.nuspec, NUSPEC.as_bytes());
    assert_eq!(
        (inspected.entries, inspected.unpacked),
        (2, 5_000 + NUSPEC.len() as u64)
    );
    assert!(!inspected.signed);
    assert_eq!(inspected.warnings, [Warning::MissingLicense, Warning::MissingReadme]);
}

#[test]
fn what_the_nuspec_names_is_read() {
    let elements = "<license type='file'>legal/LICENSE</license><icon>icon.PNG</icon><readme>docs/README.md</readme>";
    let bytes = RawZip::new([
        nuspec(elements),
        RawEntry::stored("legal/LICENSE", "\u{feff}Do as you like.\r\n".as_bytes()),
        RawEntry::stored("icon.PNG", PNG),
        RawEntry::deflated("docs%2FREADME.md", "\u{feff}# Größe".as_bytes()),
        RawEntry::stored(".signature.p7s", &signature()),
    ])
    .build();
    let inspected = good(&bytes);
    assert_eq!(inspected.metadata.license, License::File("legal/LICENSE".into()));
    assert_eq!(inspected.license_text.as_deref(), Some("Do as you like.\r\n"));
    assert_eq!(inspected.readme.as_deref(), Some("# Größe"));
    assert_eq!(
        inspected.icon.as_ref().map(|icon| (icon.kind, icon.bytes.as_slice())),
        Some((IconKind::Png, PNG))
    );
    assert!(inspected.signed);
    assert_eq!(inspected.warnings, []);
}

#[test]
fn a_jpeg_is_told_by_its_bytes() {
    let icon = RawEntry::stored("icon.png", b"\xff\xd8\xff\xe0 and more");
    let inspected = good(&RawZip::new([nuspec("<icon>icon.png</icon>"), icon]).build());
    assert_eq!(inspected.icon.unwrap().kind.media_type(), "image/jpeg");
}

#[test]
fn an_mcp_server_may_lack_its_description() {
    let types = "<packageTypes><packageType name='McpServer'/><packageType name='DotnetTool'/></packageTypes>";
    let bare = RawZip::new([nuspec(types)]);
    assert!(good(&bare.build()).warnings.contains(&Warning::MissingServerJson));
    let full = bare.with(RawEntry::stored(".mcp/server.json", br#"{"name":"a","packages":[]}"#));
    assert!(!good(&full.build()).warnings.contains(&Warning::MissingServerJson));
}

#[test]
fn packers_write_zip_in_many_ways() {
    let streamed = RawZip::new([
        nuspec("").streamed(),
        RawEntry::deflated("lib/a.dll", &[7; 5_000]).streamed(),
    ]);
    let folders = package()
        .with(RawEntry::stored("lib/", b""))
        .with(RawEntry::stored("lib/net8.0/", b""));
    let unix = package().with(RawEntry::stored("a", b"").central(|header| header.attributes = 0o100_644 << 16));
    let padded = package().with(RawEntry::stored("a", b"b").local(|header| header.extra = vec![0; 64]));
    let undated = package().with(RawEntry::stored("a", b"b").both(|header| (header.date, header.time) = (0, 0)));
    let large = package().with(RawEntry::stored("a", b"bcd").both(|header| {
        (header.size, header.packed_size) = (u32::MAX, u32::MAX);
        header.extra = [[1, 0, 16, 0].as_slice(), &3_u64.to_le_bytes(), &3_u64.to_le_bytes()].concat();
    }));
    let masked = package().end64(|_| ()).end(|end| {
        (end.disk_entries, end.entries, end.size, end.offset) = (u16::MAX, u16::MAX, u32::MAX, u32::MAX);
    });
    let both = package().end64(|_| ());
    let commented = package().comment(b"made with love");
    for zip in [streamed, folders, unix, padded, undated, large, masked, both, commented] {
        good(&zip.build());
    }
}

#[test]
fn fifty_thousand_entries_are_read() {
    let files = (1..50_000).map(|number| RawEntry::stored(&format!("content/{number}"), b""));
    let bytes = RawZip::new(files).with(nuspec("")).build();
    assert_eq!(good(&bytes).entries, 50_000);
}

#[test]
fn a_day_ahead_is_allowed_for_time_zones() {
    // Noon plus a day, in zip's local time.
    let ahead = package().with(RawEntry::stored("a", b"").both(|header| {
        (header.date, header.time) = (46 << 9 | 11 << 5 | 23, 12 << 11);
    }));
    good(&ahead.build());
}

/// What Debian packed years ago: no OPC tools of ours, and a nuspec without encoding.
#[rstest]
#[case("Newtonsoft.Json.6.0.8", "Newtonsoft.Json", 6, 524_069, "json", &[Warning::LicenseUrl, Warning::MissingReadme])]
#[case("NUnit.2.6.4", "NUnit", 7, 734_135, "nunit", &[Warning::LicenseUrl, Warning::IconUrl, Warning::MissingReadme])]
fn packages_of_others_are_good(
    #[case] file: &str,
    #[case] id: &str,
    #[case] entries: u64,
    #[case] unpacked: u64,
    #[case] tag: &str,
    #[case] warnings: &[Warning],
) {
    let path = format!("/usr/share/nupkg/{file}.nupkg");
    let file =
        File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}; run \"make test\", which installs it"));
    let size = file.metadata().unwrap().len();
    let inspected = inspect(&file, size, &Limits::default(), NOW).unwrap();
    assert_eq!(inspected.metadata.id.as_str(), id);
    assert_eq!(inspected.metadata.tags[0], tag);
    assert_eq!((inspected.entries, inspected.unpacked), (entries, unpacked));
    assert_eq!(inspected.warnings, warnings);
}
