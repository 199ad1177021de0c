//! The person concerned is told in the application.

use crate::people::House;
use domain::page::Place;
use domain::permission::Role;
use gallery::members::{change_role, remove};
use gallery::notifications::{list, mark_all_read};
use gallery::testkit::Database;
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_affected_person_is_told_and_the_actor_is_not(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let session = house.register("bob", "bob@example.com", true).await.unwrap();
    let bob = house.session(&session).await;
    house.organization("contoso", &["anna"], &[]).await;
    house
        .invite(&anna, "contoso", "BOB@example.com", Role::Collaborator)
        .await
        .unwrap();
    gallery::members::accept(house.g(), &bob, "contoso").await.unwrap();
    change_role(house.g(), &anna, "contoso", "bob", "administrator")
        .await
        .unwrap();
    remove(house.g(), &anna, "contoso", "bob").await.unwrap();

    let told: Vec<_> = list(house.g(), &bob, Place::Start).await.unwrap().items;
    let texts: Vec<_> = told
        .iter()
        .map(|row| (row.text.as_str(), row.link.as_str(), row.read))
        .collect();
    assert_eq!(
        texts,
        [
            (
                "You are no longer a member of contoso.",
                "/account/organizations",
                false
            ),
            (
                "Your role in contoso is now Administrator.",
                "/organization/contoso",
                false
            ),
            ("anna invites you to contoso.", "/account/organizations", false),
        ]
    );
    let unread = async || {
        let context = gallery::sessions::resolve(house.g(), &session).await.unwrap().unwrap();
        context.viewer.unread
    };
    assert_eq!(unread().await, 3);
    mark_all_read(house.g(), &bob).await.unwrap();
    assert_eq!(unread().await, 0);
    assert!(
        list(house.g(), &bob, Place::Start)
            .await
            .unwrap()
            .items
            .iter()
            .all(|row| row.read)
    );
    // Anna acted herself; the operator made her administrator.
    assert_eq!(list(house.g(), &anna, Place::Start).await.unwrap().items.len(), 1);
}
