//! Outcomes of forms without script: once, for five minutes, for one browser.

use crate::people::House;
use domain::form::{Done, Outcome, ShownOnce};
use gallery::outcomes::{keep, take};
use gallery::testkit::Database;
use rstest::rstest;

fn outcome() -> Outcome {
    Outcome {
        action: "/rpc/create-api-key".to_owned(),
        form: String::new(),
        result: Ok(Done {
            secret: Some(ShownOnce {
                name: "ci".to_owned(),
                value: "a secret".to_owned(),
            }),
            ..Done::say("Created.")
        }),
        typed: vec![("name".to_owned(), "ci".to_owned())],
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_is_shown_once_to_its_browser(#[case] database: Database) {
    let house = House::open(database).await;
    let id = keep(house.g(), "cookie", &outcome()).await.unwrap();
    assert_eq!(take(house.g(), "another cookie", &id).await.unwrap(), None);
    assert_eq!(take(house.g(), "cookie", "another number").await.unwrap(), None);
    assert_eq!(take(house.g(), "cookie", &id).await.unwrap(), Some(outcome()));
    assert_eq!(take(house.g(), "cookie", &id).await.unwrap(), None);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_ends_after_five_minutes(#[case] database: Database) {
    let house = House::open(database).await;
    let id = keep(house.g(), "cookie", &outcome()).await.unwrap();
    house.test.clock.advance(5 * 60);
    assert_eq!(take(house.g(), "cookie", &id).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_is_not_readable_in_the_database() {
    let house = House::open(Database::Sqlite).await;
    keep(house.g(), "cookie", &outcome()).await.unwrap();
    house.g().close().await;
    for entry in std::fs::read_dir(house.test.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(8).any(|window| window == b"a secret"), "{path:?}");
        }
    }
}
