//! The development identity provider's people.

use crate::people::{House, said};
use gallery::development::identity;
use gallery::testkit::Database;
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_name_in_any_case_is_one_identity(#[case] database: Database) {
    let house = House::open(database).await;
    let first = identity(house.g(), "Anna", None).await;
    assert!(said(first).starts_with("email: Enter an email address"));
    assert!(said(identity(house.g(), " ", Some("x")).await).starts_with("name: Enter a user name. | email: "));

    let anna = identity(house.g(), "Anna", Some("anna@example.com")).await.unwrap();
    let again = identity(house.g(), "ANNA", Some("")).await.unwrap();
    assert_eq!(anna, again);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_typed_later_counts_once(#[case] database: Database) {
    let house = House::open(database).await;
    let first = identity(house.g(), "anna", Some("anna@example.com")).await.unwrap();
    let other = identity(house.g(), "anna", Some("other@example.com")).await.unwrap();
    assert_eq!(other.subject, first.subject);
    assert_eq!(other.email.as_str(), "other@example.com");
    let later = identity(house.g(), "anna", None).await.unwrap();
    assert_eq!(later.email.as_str(), "anna@example.com");
}
