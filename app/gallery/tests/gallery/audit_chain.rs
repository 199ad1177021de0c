//! The audit chain: sealed without gaps whatever happens at once, and broken by whoever changes it.

use crate::people::{House, name};
use domain::permission::Role;
use gallery::Actor;
use gallery::audit::{ChainFault, verify_chain};
use gallery::jobs::start_background;
use gallery::members::change_role;
use gallery::testkit::Database;
use rstest::rstest;
use std::time::Duration;

const UNSEALED: &str = "SELECT COUNT(*) FROM audit_events WHERE sequence IS NULL";

/// Waits until the sealer has numbered every event.
async fn all_sealed(house: &House) {
    for _ in 0..300 {
        if house.number(UNSEALED).await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("events are not sealed");
}

/// An organization whose trail has some events, all sealed.
async fn open(database: Database) -> House {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    for role in ["administrator", "collaborator"].iter().cycle().take(6) {
        change_role(house.g(), &anna, "contoso", "bob", role).await.unwrap();
    }
    let background = start_background(house.g());
    all_sealed(&house).await;
    background.stop().await;
    house.chain_is_whole().await;
    house
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn events_of_many_writers_are_numbered_without_gaps(#[case] database: Database) {
    let house = House::open(database).await;
    let people = ["anna", "bob", "carol", "dave", "erin", "frank"];
    for person in people {
        house.person(person).await;
        house.organization(&format!("{person}-org"), &[person], &[]).await;
    }
    // Two sealers, as of two nodes.
    let (one, other) = (start_background(house.g()), start_background(house.g()));
    let writers = people.iter().map(|person| {
        let house = &house;
        async move {
            let organization = name(&format!("{person}-org"));
            for member in people.iter().filter(|member| member != &person) {
                let role = Role::Collaborator;
                gallery::members::add(house.g(), &Actor::operator(), &organization, &name(member), role)
                    .await
                    .unwrap();
            }
        }
    });
    futures::future::join_all(writers).await;
    all_sealed(&house).await;
    one.stop().await;
    other.stop().await;
    house.chain_is_whole().await;
    assert_eq!(
        house.number("SELECT MAX(sequence) FROM audit_events").await,
        house.number("SELECT COUNT(*) FROM audit_events").await
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_event_is_found(#[case] database: Database) {
    for (column, tampered) in [
        ("subject", "'tampered'"),
        ("before", "'tampered'"),
        ("after", "'tampered'"),
        ("credential", "'tampered'"),
        ("address", "'tampered'"),
        ("user_agent", "'tampered'"),
        ("actor", "'tampered'"),
        ("action", "'tampered'"),
        ("time", "time + 1"),
        ("actor_id", "coalesce(actor_id, 0) + 1"),
        ("account_id", "coalesce(account_id, 0) + 1"),
    ] {
        let house = open(database).await;
        house
            .sql(&format!(
                "UPDATE audit_events SET {column} = {tampered} WHERE sequence = 5"
            ))
            .await;
        let faults = verify_chain(house.g()).await.unwrap();
        assert_eq!(faults, [ChainFault::Changed { sequence: 5 }], "{column}");
        if database == Database::Postgres {
            // One column proves it there: what is hashed does not depend on the database.
            break;
        }
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_removed_event_is_found_and_nothing_is_said_of_its_neighbours(#[case] database: Database) {
    let house = open(database).await;
    house
        .sql("DELETE FROM audit_trails WHERE event_id IN (SELECT id FROM audit_events WHERE sequence = 4)")
        .await;
    house.sql("DELETE FROM audit_events WHERE sequence = 4").await;
    let faults = verify_chain(house.g()).await.unwrap();
    assert_eq!(faults, [ChainFault::Gap { after: 3 }]);
    assert_eq!(
        house.mismatches().await,
        ["audit chain: events after number 3 are missing"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_hash_for_a_changed_event_breaks_the_next_link(#[case] database: Database) {
    let house = open(database).await;
    house
        .sql("UPDATE audit_events SET hash = (SELECT other.hash FROM audit_events other WHERE other.sequence = 2) WHERE sequence = 5")
        .await;
    let faults = verify_chain(house.g()).await.unwrap();
    assert_eq!(
        faults,
        [ChainFault::Changed { sequence: 5 }, ChainFault::Changed { sequence: 6 }]
    );
}
