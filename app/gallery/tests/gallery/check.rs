//! `check` finds each kind of damage, and names it.

use crate::parcels::{package, received};
use crate::people::House;
use gallery::testkit::Database;
use rstest::rstest;
use std::path::PathBuf;

/// Two published versions, and a check that finds nothing; also where the bytes of the first are.
async fn open(database: Database) -> (House, PathBuf) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    let first = package("Contoso.A", "1.0.0");
    house.push(&key, &first).await.unwrap();
    house.push(&key, &package("Contoso.A", "2.0.0-beta")).await.unwrap();
    let report = gallery::check::check(house.g()).await.unwrap();
    assert_eq!((report.packages, report.mismatches), (2, vec![]));
    let name = received(house.g(), &first.build()).await.key;
    let path = house
        .test
        .folder
        .path()
        .join("packages")
        .join(&name[..2])
        .join(format!("{name}.nupkg"));
    assert!(path.is_file());
    (house, path)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn changed_shortened_and_missing_bytes_are_found(#[case] database: Database) {
    let (house, path) = open(database).await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(
        house.mismatches().await,
        ["Contoso.A 1.0.0: its bytes are not those that were published"]
    );
    std::fs::write(&path, &bytes[1..]).unwrap();
    assert_eq!(
        house.mismatches().await,
        [format!(
            "Contoso.A 1.0.0: it has {} bytes instead of {}",
            bytes.len() - 1,
            bytes.len()
        )]
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(house.mismatches().await, ["Contoso.A 1.0.0: its bytes are missing"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_do_not_fit_together_are_found(#[case] database: Database) {
    let (house, _) = open(database).await;
    house.sql("DELETE FROM package_owners").await;
    assert_eq!(house.mismatches().await, ["Contoso.A: nobody owns it"]);

    let (house, _) = open(database).await;
    house.sql("UPDATE packages SET latest_stable_id = latest_id").await;
    assert_eq!(
        house.mismatches().await,
        ["Contoso.A: it points at versions that are not its newest listed ones"]
    );

    let (house, _) = open(database).await;
    house.sql("DELETE FROM versions WHERE version = '1.0.0'").await;
    assert_eq!(
        house.mismatches().await,
        [
            "Contoso.A: it counts 2 versions and has 1",
            "Contoso.A: it points at versions that are not its newest listed ones"
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_repeats_a_package_wrongly_is_found(#[case] database: Database) {
    for change in ["downloads = 7", "listed = FALSE"] {
        let (house, _) = open(database).await;
        house.sql(&format!("UPDATE package_owners SET {change}")).await;
        assert_eq!(
            house.mismatches().await,
            ["Contoso.A: an owner's profile has it with other downloads, or listed otherwise"],
            "{change}"
        );
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_its_trail_does_not_show_is_found(#[case] database: Database) {
    let (house, _) = open(database).await;
    let event = house
        .number("SELECT MIN(id) FROM audit_events WHERE action = 'package.pushed'")
        .await;
    house
        .sql(&format!("DELETE FROM audit_trails WHERE event_id = {event}"))
        .await;
    assert_eq!(
        house.mismatches().await,
        [format!(
            "audit trail: the event with the id {event} is missing in the trail of its account"
        )]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_trail_that_says_something_else_than_the_event_is_found(#[case] database: Database) {
    for change in ["action = 'package.listed'", "actor_id = NULL"] {
        let (house, _) = open(database).await;
        let event = house
            .number("SELECT MIN(id) FROM audit_events WHERE action = 'package.pushed'")
            .await;
        house
            .sql(&format!("UPDATE audit_trails SET {change} WHERE event_id = {event}"))
            .await;
        assert_eq!(
            house.mismatches().await,
            [format!(
                "audit trail: a trail says something else of the event with the id {event} than itself"
            )]
        );
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_was_deleted_and_is_there_again_is_found(#[case] database: Database) {
    let (house, _) = open(database).await;
    house
        .sql(
            "INSERT INTO deleted_versions (package_id, version_key, version, reason, deleted_at) \
             SELECT package_id, version_key, version, 'x', 1 FROM versions WHERE version = '1.0.0'",
        )
        .await;
    assert_eq!(
        house.mismatches().await,
        ["Contoso.A 1.0.0: it was deleted and is there again"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_without_its_bytes_is_found(#[case] database: Database) {
    let (house, _) = open(database).await;
    let bob = house.person("bob").await;
    let bytes = package("Bob.A", "1.0.0").build();
    let file = received(house.g(), &bytes).await;
    let name = file.key.clone();
    gallery::uploads::receive(house.g(), &bob, "a.nupkg", file, gallery::uploads::DraftLimits::Bind)
        .await
        .unwrap();
    assert_eq!(house.mismatches().await, [""; 0]);
    let path = house
        .test
        .folder
        .path()
        .join("packages")
        .join(&name[..2])
        .join(format!("{name}.nupkg"));
    std::fs::remove_file(path).unwrap();
    assert_eq!(house.mismatches().await, ["the draft a.nupkg: its bytes are missing"]);
}
