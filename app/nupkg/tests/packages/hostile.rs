//! The hostile corpus: one test an attack. Each is refused for its own reason, in bounded time.

use crate::good::{NUSPEC, PNG, nuspec, package, signature};
use crate::raw_zip::{RawEntry, RawZip, SIZES_FOLLOW};
use crate::{refused, verdict_within};
use domain::package::FrameworkProblem;
use nupkg::{ArchiveDamage, BadPackage, HeaderField, Limits, PackageFile, PathProblem, XmlProblem};
use rstest::rstest;

fn damaged(damage: ArchiveDamage) -> BadPackage {
    BadPackage::DamagedArchive(damage)
}

/// The reason for refusing the good package with one more entry.
fn refused_with(entry: RawEntry) -> BadPackage {
    refused(&package().with(entry).build())
}

fn file(name: &str) -> RawEntry {
    RawEntry::deflated(name, &[1; 3_000])
}

fn path() -> String {
    "a".to_owned()
}

// --- the file ---

#[test]
fn a_package_over_the_limit_is_too_large() {
    let limits = Limits {
        package: 100,
        ..Limits::default()
    };
    let bytes = package().build();
    let bad = verdict_within(&bytes, &limits).unwrap_err();
    assert_eq!(
        bad,
        BadPackage::TooLarge {
            size: bytes.len() as u64,
            limit: 100
        }
    );
    assert!(bad.is_too_large());
}

#[rstest]
#[case(b"")]
#[case(b"PNG")]
#[case(b"<html>Sign in to continue</html>")]
#[case(&[0; 100_000])]
fn what_is_no_zip_is_told_so(#[case] bytes: &[u8]) {
    assert_eq!(refused(bytes), BadPackage::NotAZip);
}

#[test]
fn a_cut_archive_is_refused_wherever_it_is_cut() {
    let bytes = package().comment(b"comment").build();
    for length in (1..bytes.len()).step_by(7) {
        let bad = refused(&bytes[..length]);
        assert!(
            matches!(bad, BadPackage::NotAZip | BadPackage::DamagedArchive(_)),
            "{length}: {bad}"
        );
    }
}

#[test]
fn bytes_after_the_end_are_refused() {
    let mut bytes = package().build();
    bytes.extend(b"evil");
    assert_eq!(refused(&bytes), damaged(ArchiveDamage::EndNotLast));
}

#[test]
fn an_archive_in_the_comment_of_another_is_refused() {
    let inner = RawZip::new([nuspec("<title>Evil</title>")]).build();
    assert_eq!(
        refused(&package().comment(&inner).build()),
        damaged(ArchiveDamage::DirectoryPlace)
    );
    let end = RawZip::new([]).build();
    let hidden = package().comment(&[end.as_slice(), b"?"].concat()).build();
    assert_eq!(refused(&hidden), damaged(ArchiveDamage::EndNotLast));
}

#[test]
fn an_archive_behind_something_else_is_refused() {
    let bytes = [b"MZ this program cannot be run".as_slice(), &package().build()].concat();
    assert_eq!(refused(&bytes), damaged(ArchiveDamage::DirectoryPlace));
}

#[test]
fn volumes_are_refused() {
    assert_eq!(
        refused(&package().end(|end| end.disk = 1).build()),
        damaged(ArchiveDamage::Volumes)
    );
    assert_eq!(
        refused(&package().end(|end| end.disk_entries = 1).build()),
        damaged(ArchiveDamage::Volumes)
    );
    // Beside a 64-bit record, all ones mean "see there"; of two fields that name one volume, one alone must not say so.
    let one = package().end64(|_| ()).end(|end| end.disk = u16::MAX);
    assert_eq!(refused(&one.build()), damaged(ArchiveDamage::Volumes));
}

// --- counts and sizes that lie ---

#[test]
fn a_count_of_billions_allocates_nothing() {
    let count = |bytes: &[u8]| match refused(bytes) {
        BadPackage::TooManyEntries { count, limit: 50_000 } => count,
        other => panic!("{other}"),
    };
    let large = package().end64(|end| end.entries = u64::MAX).end(|end| {
        (end.disk_entries, end.entries) = (u16::MAX, u16::MAX);
    });
    assert_eq!(count(&large.build()), u64::MAX);
    let small = package().end(|end| (end.disk_entries, end.entries) = (50_001, 50_001));
    assert_eq!(count(&small.build()), 50_001);
}

#[test]
fn one_entry_too_many_is_refused() {
    let files = (0..50_000).map(|number| RawEntry::stored(&format!("content/{number}"), b""));
    let bytes = RawZip::new(files).with(nuspec("")).build();
    assert_eq!(
        refused(&bytes),
        BadPackage::TooManyEntries {
            count: 50_001,
            limit: 50_000
        }
    );
}

#[test]
fn a_count_that_hides_entries_is_refused() {
    let fewer = package().end(|end| (end.disk_entries, end.entries) = (1, 1));
    assert_eq!(refused(&fewer.build()), damaged(ArchiveDamage::DirectoryCount));
    let more = package().end(|end| (end.disk_entries, end.entries) = (3, 3));
    assert_eq!(refused(&more.build()), damaged(ArchiveDamage::Cut));
    let many = package().end(|end| (end.disk_entries, end.entries) = (40_000, 40_000));
    assert_eq!(refused(&many.build()), damaged(ArchiveDamage::DirectoryCount));
}

#[test]
fn two_end_records_that_differ_are_refused() {
    let count = package().end64(|end| end.entries = 1);
    assert_eq!(refused(&count.build()), damaged(ArchiveDamage::Zip64));
    let offset = package().end64(|end| end.offset += 1);
    assert_eq!(refused(&offset.build()), damaged(ArchiveDamage::Zip64));
    let place = package().end64(|end| end.place = u64::MAX - 3);
    assert_eq!(refused(&place.build()), damaged(ArchiveDamage::Zip64));
    let elsewhere = package().end64(|end| end.place = 0);
    assert_eq!(refused(&elsewhere.build()), damaged(ArchiveDamage::Zip64));
}

#[test]
fn a_directory_elsewhere_is_refused() {
    assert_eq!(
        refused(&package().end(|end| end.offset += 1).build()),
        damaged(ArchiveDamage::DirectoryPlace)
    );
    assert_eq!(
        refused(&package().end(|end| end.size -= 1).build()),
        damaged(ArchiveDamage::DirectoryPlace)
    );
    let shifted = package().end(|end| (end.offset, end.size) = (end.offset + 46, end.size - 46));
    assert_eq!(refused(&shifted.build()), damaged(ArchiveDamage::DirectoryEntry));
    let garbled = package().end(|end| (end.offset, end.size) = (end.offset - 1, end.size + 1));
    assert_eq!(refused(&garbled.build()), damaged(ArchiveDamage::DirectoryEntry));
}

#[test]
fn a_huge_directory_is_not_read() {
    let entries = (0..300).map(|_| RawEntry::stored("a", b"").central(|header| header.extra = vec![0; 65_000]));
    let bad = refused(&RawZip::new(entries).build());
    assert!(
        matches!(bad, BadPackage::DirectoryTooLarge { limit: 16_777_216, .. }),
        "{bad}"
    );
}

#[test]
fn four_gibibytes_unpacked_are_too_many() {
    let limit = 4 << 30;
    // Each claims 1.5 GiB, which the packed bytes could just hold.
    let bomb = |name| {
        let mut entry = RawEntry::stored(name, &vec![0; 1_600_000]);
        entry = entry.both(|header| (header.method, header.size) = (8, 3 << 29));
        entry
    };
    let bytes = package().with(bomb("a")).with(bomb("b")).with(bomb("c")).build();
    assert_eq!(refused(&bytes), BadPackage::UnpacksTooLarge { limit });

    let extra = [
        [1, 0, 16, 0].as_slice(),
        &u64::MAX.to_le_bytes(),
        &u64::MAX.to_le_bytes(),
    ]
    .concat();
    let huge = RawEntry::stored("a", b"").both(|header| {
        (header.size, header.packed_size, header.extra) = (u32::MAX, u32::MAX, extra.clone());
    });
    assert_eq!(refused_with(huge), BadPackage::UnpacksTooLarge { limit });
}

#[test]
fn sizes_that_cannot_be_true_are_refused() {
    let inflated = file("a").both(|header| header.size = 2_000_000);
    assert_eq!(refused_with(inflated), BadPackage::ImpossibleSize { path: path() });
    let stored = RawEntry::stored("a", b"abc").both(|header| header.size = 4);
    assert_eq!(refused_with(stored), BadPackage::ImpossibleSize { path: path() });
    let padded = RawEntry::deflated("Contoso.Json.nuspec", NUSPEC.as_bytes());
    let mut padded = padded.both(|header| header.packed_size = 50_000);
    padded.packed.resize(50_000, 0);
    let bad = refused(&RawZip::new([padded]).build());
    assert_eq!(
        bad,
        BadPackage::ImpossibleSize {
            path: "Contoso.Json.nuspec".into()
        }
    );
}

#[test]
fn large_sizes_without_their_field_are_refused() {
    let entry = RawEntry::stored("a", b"").central(|header| header.size = u32::MAX);
    assert_eq!(refused_with(entry), damaged(ArchiveDamage::DirectoryEntry));
    let short = RawEntry::stored("a", b"").central(|header| {
        (header.size, header.extra) = (u32::MAX, vec![1, 0, 4, 0, 0, 0, 0, 0]);
    });
    assert_eq!(refused_with(short), damaged(ArchiveDamage::DirectoryEntry));
}

// --- paths ---

#[rstest]
#[case("../evil.dll", "../evil.dll", PathProblem::Dots)]
#[case("lib/../../evil.dll", "lib/../../evil.dll", PathProblem::Dots)]
#[case("lib/.. /evil.dll", "lib/.. /evil.dll", PathProblem::Dots)]
#[case("%2e%2e%2fevil.dll", "../evil.dll", PathProblem::Dots)]
#[case("lib/%2E%2E/evil.dll", "lib/../evil.dll", PathProblem::Dots)]
#[case("%2e%2e%2f%ff", "../\u{fffd}", PathProblem::Dots)]
#[case("/etc/cron.d/evil", "/etc/cron.d/evil", PathProblem::Absolute)]
#[case("%2Fetc/cron.d/evil", "/etc/cron.d/evil", PathProblem::Absolute)]
#[case("C:/Windows/evil.dll", "C:/Windows/evil.dll", PathProblem::Absolute)]
#[case("c%3Aevil.dll", "c:evil.dll", PathProblem::Absolute)]
#[case("lib\\evil.dll", "lib\\evil.dll", PathProblem::Backslash)]
#[case("lib\\\\evil.dll", "lib\\\\evil.dll", PathProblem::Backslash)]
#[case("..\\evil.dll", "..\\evil.dll", PathProblem::Backslash)]
#[case("lib%5Cevil.dll", "lib\\evil.dll", PathProblem::Backslash)]
#[case("lib//evil.dll", "lib//evil.dll", PathProblem::DoubleSlash)]
#[case("lib/evil.dll\0.txt", "lib/evil.dll\0.txt", PathProblem::ControlCharacter)]
#[case("lib/evil%00.txt", "lib/evil\0.txt", PathProblem::ControlCharacter)]
#[case("lib/a\r\nb", "lib/a\r\nb", PathProblem::ControlCharacter)]
#[case("", "", PathProblem::Empty)]
fn a_path_that_leads_astray_is_refused(#[case] name: &str, #[case] path: &str, #[case] problem: PathProblem) {
    assert_eq!(
        refused_with(file(name)),
        BadPackage::UnsafePath {
            path: path.into(),
            problem
        }
    );
}

#[test]
fn a_name_of_other_bytes_is_refused() {
    let entry = file("a").both(|header| header.name = b"caf\xe9".to_vec());
    assert_eq!(refused_with(entry), BadPackage::NameNotUtf8 { number: 3 });
}

#[test]
fn an_overlong_name_is_refused() {
    assert!(matches!(
        refused_with(file(&"a".repeat(513))),
        BadPackage::NameTooLong {
            number: 3,
            length: 513,
            ..
        }
    ));
}

#[rstest]
#[case("lib/a.dll", "lib/a.dll")]
#[case("lib/a.dll", "LIB/A.DLL")]
#[case("lib/a.dll", "lib/%61.dll")]
#[case("lib/Ä", "lib/ä")]
fn two_files_of_one_path_are_refused(#[case] first: &str, #[case] second: &str) {
    let bad = refused(
        &package()
            .with(file(first))
            .with(file("lib/b.dll"))
            .with(file(second))
            .build(),
    );
    assert!(matches!(bad, BadPackage::DuplicateEntry { .. }), "{bad}");
}

#[test]
fn a_file_that_is_a_folder_too_is_refused() {
    let bad = refused(&package().with(file("a-b")).with(file("a/b/c")).with(file("A")).build());
    assert_eq!(bad, BadPackage::FileAndFolder { path: "A".into() });
    let bad = refused(&package().with(file("a")).with(RawEntry::stored("a/", b"")).build());
    assert!(matches!(bad, BadPackage::DuplicateEntry { .. }), "{bad}");
}

// --- entries ---

#[test]
fn an_entry_from_the_future_is_refused() {
    let entry = file("a").both(|header| (header.date, header.time) = (46 << 9 | 11 << 5 | 23, 12 << 11 | 1));
    assert_eq!(refused_with(entry), BadPackage::EntryFromTheFuture { path: path() });
    let entry = file("a").both(|header| header.date = 127 << 9 | 12 << 5 | 31);
    assert_eq!(refused_with(entry), BadPackage::EntryFromTheFuture { path: path() });
}

#[rstest]
#[case::link(0o120_777)]
#[case::device(0o060_666)]
#[case::pipe(0o010_666)]
#[case::socket(0o140_666)]
fn a_special_file_is_refused(#[case] mode: u32) {
    let entry = RawEntry::stored("a", b"/etc/passwd").central(|header| header.attributes = mode << 16);
    assert_eq!(refused_with(entry), BadPackage::SpecialFile { path: path() });
}

#[test]
fn an_encrypted_entry_is_refused() {
    let bad = BadPackage::EncryptedEntry { path: path() };
    assert_eq!(refused_with(file("a").both(|header| header.flags |= 1)), bad);
    assert_eq!(refused_with(file("a").local(|header| header.flags |= 1)), bad);
    assert_eq!(refused_with(file("a").central(|header| header.flags |= 1 << 13)), bad);
}

#[rstest]
#[case::bzip2(12)]
#[case::zstd(93)]
#[case::aes(99)]
fn an_unknown_compression_is_refused(#[case] method: u16) {
    let bad = refused_with(file("a").both(|header| header.method = method));
    assert_eq!(bad, BadPackage::UnknownCompression { path: path(), method });
}

#[test]
fn a_folder_with_data_is_refused() {
    assert_eq!(
        refused_with(file("a/")),
        BadPackage::FolderWithData { path: "a/".into() }
    );
}

#[test]
fn headers_that_differ_are_refused() {
    let field = |entry: RawEntry| match refused_with(entry) {
        BadPackage::HeaderMismatch { path, field } if path == "a" => field,
        other => panic!("{other}"),
    };
    assert_eq!(
        field(file("a").local(|header| header.name = b"b".to_vec())),
        HeaderField::Name
    );
    assert_eq!(
        field(file("a").local(|header| header.name = b"../../b".to_vec())),
        HeaderField::Name
    );
    assert_eq!(field(file("a").local(|header| header.method = 0)), HeaderField::Method);
    assert_eq!(field(file("a").local(|header| header.size += 1)), HeaderField::Size);
    assert_eq!(
        field(file("a").local(|header| header.packed_size -= 1)),
        HeaderField::Size
    );
    assert_eq!(
        field(file("a").local(|header| header.size = u32::MAX)),
        HeaderField::Size
    );
    assert_eq!(
        field(file("a").local(|header| header.checksum ^= 1)),
        HeaderField::Checksum
    );
    // Sizes may follow the data; those that stand before it must still be true.
    let follows = file("a")
        .both(|header| header.flags |= SIZES_FOLLOW)
        .local(|header| header.size += 1);
    assert_eq!(field(follows), HeaderField::Size);
    let mut moved = file("a");
    moved.offset = Some(1);
    assert!(matches!(refused_with(moved), BadPackage::OverlappingEntries { .. }));
    let mut nowhere = RawZip::new([file("b")]);
    let mut lost = file("a");
    (lost.offset, lost.listed_only) = (Some(40), true);
    nowhere = nowhere.with(lost);
    assert!(matches!(
        refused(&nowhere.build()),
        BadPackage::OverlappingEntries { .. }
    ));
}

#[test]
fn a_header_that_is_none_is_refused() {
    let mut bytes = package().build();
    bytes[0] = b'Q';
    assert!(matches!(
        refused(&bytes),
        BadPackage::HeaderMismatch {
            field: HeaderField::Place,
            ..
        }
    ));
}

#[test]
fn entries_that_share_bytes_are_refused() {
    // The bomb that lists one packed file a thousand times.
    let first = file("a0");
    let mut zip = RawZip::new([first.clone()]);
    for number in 1..1_000 {
        let mut again = first
            .clone()
            .central(|header| header.name = format!("a{number}").into_bytes());
        (again.offset, again.listed_only) = (Some(0), true);
        zip = zip.with(again);
    }
    assert!(matches!(refused(&zip.build()), BadPackage::OverlappingEntries { .. }));

    // The bomb whose files hold the headers of the next ones.
    let inner = RawZip::new([RawEntry::stored("b", b"data")]).build();
    let outer = RawEntry::stored("a", &inner[..inner.len() - 22 - 47]);
    let mut hidden = RawEntry::stored("b", b"data");
    (hidden.offset, hidden.listed_only) = (Some(31), true);
    let bad = refused(&RawZip::new([outer, hidden]).build());
    assert_eq!(
        bad,
        BadPackage::OverlappingEntries {
            first: "a".into(),
            second: "b".into()
        }
    );
}

#[test]
fn an_entry_outside_the_data_is_refused() {
    let outside = BadPackage::EntryOutside { path: path() };
    for offset in [u32::MAX - 1, 1 << 20] {
        let mut entry = file("a");
        entry.offset = Some(offset);
        assert_eq!(refused_with(entry), outside);
    }
    let long = file("a").both(|header| header.packed_size += 10);
    assert_eq!(refused_with(long), outside);
    let extra = RawEntry::stored("a", b"").local(|header| header.extra = vec![0; 300]);
    let mut bytes = package().with(extra).build();
    let length = bytes
        .windows(31)
        .position(|window| window.starts_with(b"PK\x03\x04") && window[30] == b'a')
        .unwrap()
        + 28;
    bytes[length..length + 2].copy_from_slice(&u16::MAX.to_le_bytes());
    assert_eq!(refused(&bytes), outside);
}

// --- unpacking ---

fn damaged_nuspec() -> BadPackage {
    BadPackage::DamagedEntry {
        path: "Contoso.Json.nuspec".into(),
    }
}

#[test]
fn a_bomb_that_states_a_small_size_is_stopped() {
    let bomb =
        RawEntry::deflated("Contoso.Json.nuspec", &vec![b' '; 20_000_000]).both(|header| header.size = 1_000_000);
    assert_eq!(refused(&RawZip::new([bomb]).build()), damaged_nuspec());
}

#[test]
fn a_bomb_that_states_its_size_is_not_unpacked() {
    let bomb = RawEntry::deflated("Contoso.Json.nuspec", &vec![b' '; 2_000_000]);
    let bad = refused(&RawZip::new([bomb]).build());
    assert_eq!(
        bad,
        BadPackage::FileTooLarge {
            file: PackageFile::Nuspec,
            size: 2_000_000,
            limit: 1 << 20
        }
    );
}

#[test]
fn contents_are_what_the_headers_say() {
    let longer = nuspec("").both(|header| header.size -= 1);
    let shorter = nuspec("").both(|header| header.size += 1);
    let other = nuspec("").both(|header| header.checksum ^= 1);
    let mut garbled = nuspec("");
    garbled.packed[5..30].fill(0xff);
    let mut followed = nuspec("").both(|header| header.packed_size += 5);
    followed.packed.extend([0; 5]);
    let mut cut = nuspec("").both(|header| header.packed_size -= 5);
    cut.packed.truncate(cut.packed.len() - 5);
    for entry in [longer, shorter, other, garbled, followed, cut] {
        assert_eq!(refused(&RawZip::new([entry]).build()), damaged_nuspec());
    }
}

// --- the nuspec ---

#[test]
fn a_package_has_one_nuspec_at_its_root() {
    assert_eq!(refused(&RawZip::new([file("a")]).build()), BadPackage::NoNuspec);
    assert_eq!(refused(&RawZip::new([]).build()), BadPackage::NoNuspec);
    let folder = RawEntry::stored("a.nuspec/", b"");
    assert_eq!(refused(&RawZip::new([folder]).build()), BadPackage::NoNuspec);
    let inside = RawEntry::stored("lib/a.nuspec", NUSPEC.as_bytes());
    assert_eq!(
        refused(&RawZip::new([inside]).build()),
        BadPackage::NuspecInFolder {
            path: "lib/a.nuspec".into()
        }
    );
    for second in ["b.nuspec", "content/b.NuSpec", "content%2Fb.nuspec", "b%2Enuspec"] {
        let bad = refused_with(RawEntry::stored(second, NUSPEC.as_bytes()));
        assert!(matches!(bad, BadPackage::SeveralNuspecs { .. }), "{second}: {bad}");
    }
}

#[test]
fn entities_do_not_expand() {
    let mut text = String::from("<!DOCTYPE package [<!ENTITY a0 \"aaaaaaaaaa\">");
    for level in 1..10 {
        let inside = format!("&a{};", level - 1).repeat(10);
        text.push_str(&format!("<!ENTITY a{level} \"{inside}\">"));
    }
    text.push_str("]>");
    text.push_str(&NUSPEC.replace("Reads JSON.", "&a9;"));
    let bad = refused(&RawZip::new([RawEntry::deflated("a.nuspec", text.as_bytes())]).build());
    assert_eq!(bad, BadPackage::Xml(XmlProblem::Dtd));
}

#[test]
fn a_symbols_package_is_refused() {
    let types = "<packageTypes><packageType name='SymbolsPackage'/></packageTypes>";
    assert_eq!(
        refused(&RawZip::new([nuspec(types), file("lib/a.pdb")]).build()),
        BadPackage::SymbolsPackage
    );
}

#[test]
fn a_portable_folder_with_a_profile_is_refused() {
    let problem = FrameworkProblem::PortableProfile("portable-net40-client+win8".into());
    assert_eq!(
        refused_with(file("lib/portable-net40-client+win8/a.dll")),
        BadPackage::Framework(problem)
    );
}

// --- files that the nuspec names ---

fn refused_file(elements: &str, name: &str, bytes: &[u8]) -> BadPackage {
    refused(&RawZip::new([nuspec(elements), RawEntry::deflated(name, bytes)]).build())
}

const ICON: &str = "<icon>icon.png</icon>";
const README: &str = "<readme>README.md</readme>";
const LICENSE: &str = "<license type='file'>LICENSE.txt</license>";

#[rstest]
#[case(ICON, PackageFile::Icon, "icon.png")]
#[case(README, PackageFile::Readme, "README.md")]
#[case(LICENSE, PackageFile::License, "LICENSE.txt")]
fn a_named_file_is_there(#[case] elements: &str, #[case] file: PackageFile, #[case] path: &str) {
    assert_eq!(
        refused_file(elements, "other", b"a"),
        BadPackage::FileMissing {
            file,
            path: path.into()
        }
    );
    // Clients tell upper and lower case apart here.
    assert!(matches!(
        refused_file(elements, &path.to_uppercase(), b"a"),
        BadPackage::FileMissing { .. }
    ));
}

#[test]
fn a_named_file_is_inside_the_package() {
    let bad = refused_file("<readme>../../etc/README.md</readme>", "README.md", b"a");
    assert_eq!(
        bad,
        BadPackage::FileMissing {
            file: PackageFile::Readme,
            path: "../../etc/README.md".into()
        }
    );
    let empty = refused_file("<icon/>", "README.md", b"a");
    assert_eq!(
        empty,
        BadPackage::FileMissing {
            file: PackageFile::Icon,
            path: String::new()
        }
    );
    let folder = refused(&RawZip::new([nuspec("<icon>icon.png/</icon>"), RawEntry::stored("icon.png/", b"")]).build());
    assert!(matches!(folder, BadPackage::FileMissing { .. }));
}

#[rstest]
#[case("<icon>icon.svg</icon>", PackageFile::Icon, "icon.svg")]
#[case("<icon>icon</icon>", PackageFile::Icon, "icon")]
#[case("<readme>README.txt</readme>", PackageFile::Readme, "README.txt")]
#[case("<readme>a.md/README</readme>", PackageFile::Readme, "a.md/README")]
#[case("<license type='file'>LICENSE.html</license>", PackageFile::License, "LICENSE.html")]
fn a_named_file_has_its_extension(#[case] elements: &str, #[case] file: PackageFile, #[case] path: &str) {
    assert_eq!(
        refused_file(elements, path, PNG),
        BadPackage::FileExtension {
            file,
            path: path.into()
        }
    );
}

#[rstest]
#[case(ICON, PackageFile::Icon, "icon.png")]
#[case(README, PackageFile::Readme, "README.md")]
#[case(LICENSE, PackageFile::License, "LICENSE.txt")]
fn a_named_file_is_small(#[case] elements: &str, #[case] file: PackageFile, #[case] path: &str) {
    let bad = refused_file(elements, path, &vec![b'a'; (1 << 20) + 1]);
    assert_eq!(
        bad,
        BadPackage::FileTooLarge {
            file,
            size: (1 << 20) + 1,
            limit: 1 << 20
        }
    );
}

#[rstest]
#[case(README, PackageFile::Readme, "README.md")]
#[case(LICENSE, PackageFile::License, "LICENSE.txt")]
fn a_named_text_is_utf8(#[case] elements: &str, #[case] file: PackageFile, #[case] path: &str) {
    for bytes in [b"caf\xe9".as_slice(), b"\xff\xfea\0", b"a\0b", b"\x7fELF\x01"] {
        assert_eq!(
            refused_file(elements, path, bytes),
            BadPackage::FileNotText {
                file,
                path: path.into()
            }
        );
    }
}

#[rstest]
#[case(b"")]
#[case(b" \r\n\t")]
#[case(b"\xef\xbb\xbf")]
fn a_readme_says_something(#[case] bytes: &[u8]) {
    assert_eq!(
        refused_file(README, "README.md", bytes),
        BadPackage::EmptyReadme {
            path: "README.md".into()
        }
    );
}

#[rstest]
#[case(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
#[case(b"GIF89a")]
#[case(b"<html>")]
#[case(b"")]
#[case(b"\x89PNG")]
fn an_icon_is_png_or_jpeg_inside(#[case] bytes: &[u8]) {
    assert_eq!(
        refused_file(ICON, "icon.png", bytes),
        BadPackage::IconFormat {
            path: "icon.png".into()
        }
    );
}

#[rstest]
#[case(b"")]
#[case(b"[]")]
#[case(b"{}")]
#[case(b"{\"a\":}")]
#[case(b"{\"a\":1} and more")]
fn the_description_of_an_mcp_server_is_an_object(#[case] bytes: &[u8]) {
    let types = "<packageTypes><packageType name='McpServer'/><packageType name='DotnetTool'/></packageTypes>";
    assert_eq!(refused_file(types, ".mcp/server.json", bytes), BadPackage::ServerJson);
    let deep = "{\"a\":".repeat(100_000);
    assert_eq!(
        refused_file(types, ".mcp/server.json", deep.as_bytes()),
        BadPackage::ServerJson
    );
}

// --- the signature ---

#[test]
fn a_signature_is_signed_data() {
    let mut cut = signature();
    cut.pop();
    for bytes in [b"".as_slice(), b"signed, honestly", &[0x30, 0x80, 0, 0], &cut] {
        assert_eq!(
            refused_with(RawEntry::stored(".signature.p7s", bytes)),
            BadPackage::SignatureNotCms
        );
    }
}

#[test]
fn a_signature_is_stored() {
    let entry = RawEntry::deflated(".signature.p7s", &signature());
    assert_eq!(refused_with(entry), BadPackage::SignatureCompressed);
}

#[test]
fn a_package_has_one_signature() {
    for second in [".signature.p7s", ".Signature.P7S", "%2esignature.p7s"] {
        let entry = |name| RawEntry::stored(name, &signature());
        let bad = refused(&package().with(entry(".signature.p7s")).with(entry(second)).build());
        assert!(matches!(bad, BadPackage::DuplicateEntry { .. }), "{bad}");
    }
}

#[test]
fn a_signature_is_small() {
    let entry = RawEntry::stored(".signature.p7s", &vec![0x30; 2 << 20]);
    let bad = refused_with(entry);
    assert!(
        matches!(
            bad,
            BadPackage::FileTooLarge {
                file: PackageFile::Signature,
                ..
            }
        ),
        "{bad}"
    );
}
