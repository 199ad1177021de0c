//! Sessions end by want of use, by age and by signing out.

use crate::people::{House, name, said};
use gallery::Actor;
use gallery::accounts::security;
use gallery::sessions::{resolve, revoke, sign_out};
use gallery::testkit::Database;
use rstest::rstest;

const DAY: i64 = 86_400;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_30_days_without_use(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("anna", "anna@example.com", true).await.unwrap();
    house.test.clock.advance(30 * DAY - 60);
    assert!(resolve(house.g(), &token).await.unwrap().is_some());
    house.test.clock.advance(30 * DAY - 60);
    assert!(resolve(house.g(), &token).await.unwrap().is_some());
    house.test.clock.advance(30 * DAY);
    assert!(resolve(house.g(), &token).await.unwrap().is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_90_days_in_any_case(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("anna", "anna@example.com", true).await.unwrap();
    for _ in 0..8 {
        house.test.clock.advance(11 * DAY);
        assert!(resolve(house.g(), &token).await.unwrap().is_some());
    }
    house.test.clock.advance(2 * DAY);
    assert!(resolve(house.g(), &token).await.unwrap().is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_one_session_and_another_ones_cookie_ends_none(#[case] database: Database) {
    let house = House::open(database).await;
    let first = house.register("anna", "anna@example.com", true).await.unwrap();
    let second = house.register("anna", "anna@example.com", true).await.unwrap();
    let anna = house.session(&first).await;
    let bob = house.person("bob").await;
    sign_out(house.g(), &bob, &second).await.unwrap();
    assert!(resolve(house.g(), &second).await.unwrap().is_some());
    sign_out(house.g(), &anna, &first).await.unwrap();
    sign_out(house.g(), &anna, &first).await.unwrap();
    assert!(resolve(house.g(), &first).await.unwrap().is_none());
    assert!(resolve(house.g(), &second).await.unwrap().is_some());
    assert!(resolve(house.g(), "unknown").await.unwrap().is_none());
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_revoked_by_their_person_alone(#[case] database: Database) {
    let house = House::open(database).await;
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(house.register("anna", "anna@example.com", true).await.unwrap());
        house.test.clock.advance(120);
    }
    // The middle one is the one at work; it is used last.
    let anna = house.session(&tokens[1]).await;
    let bob = house.person("bob").await;
    let page = security(house.g(), &anna, Some(&tokens[1]), &[]).await.unwrap();
    let numbers: Vec<_> = page.sessions.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [None, Some(1), Some(2)]);
    assert_eq!(page.sessions[0].browser, "Unknown browser");
    assert_eq!(page.sessions[0].provider, "development");

    let newest = page.sessions[1].key;
    let over = "This session is over already.";
    assert_eq!(said(revoke(house.g(), &bob, newest).await), over);
    assert!(resolve(house.g(), &tokens[2]).await.unwrap().is_some());
    revoke(house.g(), &anna, newest).await.unwrap();
    assert!(resolve(house.g(), &tokens[2]).await.unwrap().is_none());
    assert!(resolve(house.g(), &tokens[0]).await.unwrap().is_some());
    assert_eq!(said(revoke(house.g(), &anna, newest).await), over);
    let operator = Actor::operator();
    assert_eq!(said(revoke(house.g(), &operator, newest).await), "Sign in to go on.");

    // Whoever is locked may still shut others out.
    gallery::accounts::lock(house.g(), &operator, &name("anna"))
        .await
        .unwrap();
    revoke(house.g(), &anna, page.sessions[2].key).await.unwrap();
    let left = security(house.g(), &anna, Some(&tokens[1]), &[]).await.unwrap();
    assert_eq!(left.sessions.len(), 1);
    let events = "SELECT COUNT(*) FROM audit_events WHERE action = 'session.ended'";
    assert_eq!(house.number(events).await, 2);
    house.chain_is_whole().await;
}
