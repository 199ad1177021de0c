//! The crates and the only arrows between them (ARCHITECTURE.md). No circle, ever.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::BTreeSet;

/// Who may know whom.
const ARROWS: [(&str, &[&str]); 7] = [
    ("app", &["domain", "gallery"]),
    ("domain", &[]),
    ("frontend", &["app"]),
    ("gallery", &["domain", "nupkg", "schema"]),
    ("nupkg", &["domain"]),
    ("schema", &[]),
    ("server", &["app", "domain", "gallery", "nupkg"]),
];

/// What each arrow of a crate's own tests adds: a crate may use itself with the features that its tests need.
const OF_TESTS: [(&str, &str); 1] = [("server", "gallery")];

#[test]
fn the_crates_know_each_other_as_the_architecture_says() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    let members: BTreeSet<String> = metadata
        .packages
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    let named: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(members, named, "a new crate gets its row here and in ARCHITECTURE.md");
    for package in &metadata.packages {
        let name = package.name.to_string();
        let mut known = BTreeSet::new();
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| members.contains(&dependency.name))
        {
            let of_tests = OF_TESTS.contains(&(name.as_str(), dependency.name.as_str())) || dependency.name == name;
            if dependency.kind != DependencyKind::Development {
                known.insert(dependency.name.as_str());
            } else {
                assert!(
                    of_tests || known_by(&name).contains(&dependency.name.as_str()),
                    "{name} → {}",
                    dependency.name
                );
            }
        }
        assert_eq!(known.into_iter().collect::<Vec<_>>(), known_by(&name), "{name}");
    }
}

#[test]
fn no_arrow_leads_back() {
    fn reaches(from: &str, to: &str) -> bool {
        known_by(from).iter().any(|next| *next == to || reaches(next, to))
    }
    for (name, _) in ARROWS {
        assert!(!reaches(name, name), "{name} leads back to itself");
    }
}

fn known_by(name: &str) -> &'static [&'static str] {
    ARROWS.iter().find(|(from, _)| *from == name).map_or(&[], |(_, to)| to)
}
