//! What the builder makes is a package for everybody.

use crate::good::PNG;
use crate::{good, refused};
use domain::package::{License, PackageId, PackageVersion, VersionRange};
use nupkg::BadPackage;
use nupkg::build::PackageBuilder;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

fn builder() -> PackageBuilder {
    let id = |text| PackageId::parse(text).unwrap();
    PackageBuilder::new(&id("Contoso.Json"), &PackageVersion::parse("1.0-beta.1").unwrap())
        .authors("Ann, Bob")
        .description("Reads <JSON> & \"writes\" it.")
        .tags("json parser")
        .element("projectUrl", "https://contoso.example/?a=b&c=d")
        .dependency(
            "net8.0",
            &id("Contoso.Text"),
            &VersionRange::parse("[1.0, 2.0)").unwrap(),
        )
        .dependency("net8.0", &id("Contoso.Io"), &VersionRange::any())
        .dependency("", &id("Contoso.Text"), &VersionRange::parse("1.0").unwrap())
        .readme("# Contoso.Json")
        .icon(PNG)
        .supports("net8.0")
        .file("lib/net8.0/Contoso.Json.dll", [7; 1_000])
}

#[test]
fn what_goes_in_comes_out() {
    let inspected = good(&builder().build());
    assert_eq!(inspected.warnings, []);
    assert_eq!(inspected.readme.as_deref(), Some("# Contoso.Json"));
    assert_eq!(inspected.icon.unwrap().bytes, PNG);
    insta::assert_debug_snapshot!(inspected.metadata);
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    assert_eq!(builder().build(), builder().build());
    // Changing what is built changes packages that others hold copies of; think twice before accepting a new value.
    assert_eq!(
        format!("{:08x}", crc32fast::hash(builder().nuspec().as_bytes())),
        "51501309"
    );
}

#[test]
fn other_readers_find_the_same_files() {
    let bytes = builder().build();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    insta::assert_debug_snapshot!(names);
    let mut nuspec = String::new();
    archive
        .by_name("Contoso.Json.nuspec")
        .unwrap()
        .read_to_string(&mut nuspec)
        .unwrap();
    assert_eq!(nuspec, builder().nuspec());
}

#[test]
fn a_licence_can_be_stated_in_every_way() {
    let url = domain::package::WebUrl::parse("https://contoso.example/license").unwrap();
    for license in [
        License::None,
        License::Expression("MIT OR ISC".into()),
        License::Url(url),
    ] {
        assert_eq!(
            good(&builder().license(license.clone()).build()).metadata.license,
            license
        );
    }
    let file = builder().license(License::File("LICENSE".into()));
    assert!(matches!(refused(&file.build()), BadPackage::FileMissing { .. }));
    assert_eq!(
        good(&file.file("LICENSE", "Do as you like.").build())
            .license_text
            .unwrap(),
        "Do as you like."
    );
}

#[test]
fn a_file_does_not_replace_the_nuspec() {
    assert_eq!(
        good(&builder().file("contoso.json.NUSPEC", "evil").build())
            .metadata
            .id
            .as_str(),
        "Contoso.Json"
    );
}
