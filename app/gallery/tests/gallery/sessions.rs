//! Sessions end by want of use, by age and by signing out.

use crate::people::House;
use gallery::sessions::{resolve, sign_out};
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
