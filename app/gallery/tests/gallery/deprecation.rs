//! Deprecating versions, and changing several of them at once.

use crate::ownership::open;
use crate::parcels::package;
use crate::people::{House, said};
use domain::package::deprecation::VersionsForm;
use domain::package::{Alternate, DeprecationReason};
use domain::page::Place;
use gallery::Actor;
use gallery::feed::{generation, registration_leaf};
use gallery::packages::{change_versions, manage_page, page, search};
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use rstest::rstest;

/// Contoso.Json has 1.0.0, 1.1.0 and 2.0.0.
async fn open_with_versions(database: Database) -> (House, [Actor; 4]) {
    let (house, people) = open(database).await;
    let key = house
        .key_of(&people[0], crate::parcels::key_form("more", "contoso"))
        .await;
    for version in ["1.1.0", "2.0.0"] {
        house.push(&key, &package("Contoso.Json", version)).await.unwrap();
    }
    house.push(&key, &package("Contoso.New", "3.0.0")).await.unwrap();
    (house, people)
}

fn form(change: &str, versions: &[&str]) -> VersionsForm {
    VersionsForm {
        id: "contoso.json".to_owned(),
        versions: versions.iter().map(|version| (*version).to_owned()).collect(),
        change: change.to_owned(),
        ..VersionsForm::default()
    }
}

fn deprecation(versions: &[&str]) -> VersionsForm {
    VersionsForm {
        legacy: "on".to_owned(),
        critical_bugs: "on".to_owned(),
        message: "Use the new one.".to_owned(),
        alternate_id: "Contoso.New".to_owned(),
        alternate_version: "3.0".to_owned(),
        ..form("deprecate", versions)
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_deprecation_is_shown_wherever_the_version_is(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open_with_versions(database).await;
    let before = generation(house.g(), "contoso.json").await.unwrap();
    let done = change_versions(house.g(), &bob, deprecation(&["1.0", "2.0.0"]))
        .await
        .unwrap();
    assert_eq!(done.versions, ["1.0.0", "2.0.0"]);
    assert_ne!(
        generation(house.g(), "contoso.json").await.unwrap(),
        before,
        "caches forget it"
    );
    let shown = page(house.g(), &carol, "Contoso.Json", None, &Place::Start)
        .await
        .unwrap();
    let said_of = shown.deprecation.unwrap();
    assert_eq!(
        said_of.reasons,
        [DeprecationReason::Legacy, DeprecationReason::CriticalBugs]
    );
    assert_eq!(said_of.message, "Use the new one.");
    let alternate = Alternate {
        id: "Contoso.New".to_owned(),
        version: Some("3.0.0".to_owned()),
    };
    assert_eq!(said_of.alternate, Some(alternate));
    let deprecated: Vec<_> = shown.versions.items.iter().map(|row| row.deprecated).collect();
    assert_eq!(deprecated, [true, false, true]);
    assert!(
        registration_leaf(house.g(), "contoso.json", true, "1.0.0")
            .await
            .unwrap()
            .deprecation
            .is_some()
    );
    assert!(
        registration_leaf(house.g(), "contoso.json", true, "1.1.0")
            .await
            .unwrap()
            .deprecation
            .is_none()
    );
    let query = SearchQuery {
        text: "packageid:contoso.json".to_owned(),
        semver2: true,
        take: 1,
        ..SearchQuery::default()
    };
    assert!(search(house.g(), &query).await.unwrap().hits[0].deprecation.is_some());

    // Saying the same again changes nothing; other words do.
    change_versions(house.g(), &anna, deprecation(&["1.0.0"]))
        .await
        .unwrap();
    let other = VersionsForm {
        other: "on".to_owned(),
        ..deprecation(&["1.0.0"])
    };
    change_versions(house.g(), &anna, other).await.unwrap();
    change_versions(house.g(), &anna, form("undeprecate", &["1.0.0", "1.1.0", "2.0.0"]))
        .await
        .unwrap();
    let shown = page(house.g(), &carol, "Contoso.Json", None, &Place::Start)
        .await
        .unwrap();
    assert!(shown.deprecation.is_none() && shown.versions.items.iter().all(|row| !row.deprecated));
    let trail = house.trail(&anna, "contoso").await;
    let count = |action: &str| trail.iter().filter(|found| *found == action).count();
    assert_eq!((count("package.deprecated"), count("package.undeprecated")), (3, 2));
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_deprecation_is_told(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open_with_versions(database).await;
    let with = |id: &str, version: &str| VersionsForm {
        alternate_id: id.to_owned(),
        alternate_version: version.to_owned(),
        ..deprecation(&["1.0.0"])
    };
    let itself = "This is what you deprecate. Choose something else.";
    for (form, problem) in [
        (
            with("Contoso.Nothing", ""),
            "alternate_id: There is no package of this id here. Check the spelling.".to_owned(),
        ),
        (
            with("Contoso.New", "9.0.0"),
            "alternate_version: The package has no such version. Leave it empty for any.".to_owned(),
        ),
        (with("CONTOSO.Json", ""), format!("alternate_id: {itself}")),
        (with("Contoso.Json", "1.0.0.0"), format!("alternate_version: {itself}")),
        (
            form("deprecate", &["1.0.0"]),
            "reasons: Choose at least one reason.".to_owned(),
        ),
        (
            deprecation(&["9.9.9"]),
            "There is no version 9.9.9 of Contoso.Json any more.".to_owned(),
        ),
        (
            deprecation(&["\0"]),
            "There is no version \0 of Contoso.Json any more.".to_owned(),
        ),
        (deprecation(&[]), "Select at least one first.".to_owned()),
    ] {
        assert_eq!(said(change_versions(house.g(), &anna, form).await), problem);
    }
    change_versions(house.g(), &anna, with("Contoso.Json", "2.0.0"))
        .await
        .unwrap();
    assert_eq!(
        said(change_versions(house.g(), &carol, deprecation(&["1.0.0"])).await),
        "'carol' does not own the package 'Contoso.Json'."
    );
    house.sql("UPDATE packages SET locked = TRUE").await;
    assert_eq!(
        said(change_versions(house.g(), &anna, deprecation(&["1.0.0"])).await),
        "The package 'Contoso.Json' is locked. Ask the operators of this site."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn several_versions_are_unlisted_and_relisted_at_once(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open_with_versions(database).await;
    change_versions(house.g(), &bob, form("unlist", &["1.1.0", "2.0.0"]))
        .await
        .unwrap();
    let shown = page(house.g(), &carol, "Contoso.Json", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!((shown.version.as_str(), shown.versions.items.len()), ("1.0.0", 1));
    change_versions(house.g(), &bob, form("unlist", &["1.0.0", "2.0.0"]))
        .await
        .unwrap();
    assert!(
        !page(house.g(), &carol, "Contoso.Json", None, &Place::Start)
            .await
            .unwrap()
            .listed
    );
    change_versions(house.g(), &anna, form("relist", &["1.0.0", "1.1.0", "2.0.0"]))
        .await
        .unwrap();
    let page = manage_page(house.g(), &anna, "Contoso.Json", &Place::Start, "")
        .await
        .unwrap();
    assert!(page.versions.items.iter().all(|version| version.listed));
    let trail = house.trail(&anna, "contoso").await;
    let count = |action: &str| trail.iter().filter(|found| *found == action).count();
    assert_eq!(
        (count("package.unlisted"), count("package.listed")),
        (3, 3),
        "each version once"
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}
