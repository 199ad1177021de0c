//! Keys that end: their holders are warned ten days before, and told when it has happened, once each value.

use crate::parcels::key_form;
use crate::people::{House, name};
use domain::api_key::ApiKeyForm;
use domain::permission::Role;
use domain::time::DAY;
use gallery::api_keys::{create, cut_off, mine, regenerate, revoke};
use gallery::testkit::Database;
use gallery::{Actor, members, sweep};
use rstest::rstest;

/// Anna and Dora administer contoso, Bob collaborates.
async fn open(database: Database) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.person("dora").await;
    house.organization("contoso", &["anna", "dora"], &["bob"]).await;
    (house, anna, bob)
}

fn days(key: &str, owner: &str, days: u16) -> ApiKeyForm {
    ApiKeyForm {
        days: days.to_string(),
        ..key_form(key, owner)
    }
}

/// To whom mails of a kind went so far, after a sweep.
async fn told(house: &House, kind: &str) -> Vec<String> {
    sweep::sweep(house.g()).await.unwrap();
    sweep::sweep(house.g()).await.unwrap();
    house.mails(kind).await.into_iter().map(|mail| mail.to).collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_warned_once_and_told_once(#[case] database: Database) {
    let (house, _, bob) = open(database).await;
    create(house.g(), &bob, days("ci", "contoso", 30)).await.unwrap();
    let none = Vec::<String>::new();
    house.test.clock.advance(19 * DAY);
    assert_eq!(told(&house, "api-key-expiring").await, none);
    house.test.clock.advance(DAY);
    assert_eq!(told(&house, "api-key-expiring").await, ["bob@example.com"]);
    house.test.clock.advance(9 * DAY);
    assert_eq!(told(&house, "api-key-expiring").await.len(), 1);
    assert_eq!(told(&house, "api-key-expired").await, none);
    house.test.clock.advance(DAY);
    assert_eq!(told(&house, "api-key-expired").await, ["bob@example.com"]);
    assert_eq!(told(&house, "api-key-expired").await.len(), 1);
    assert_eq!(house.mails("api-key-expired").await[0].link, "/account/apikeys");
    // Another value has an end of its own.
    let key = mine(house.g(), &bob).await.unwrap().keys[0].key;
    regenerate(house.g(), &bob, key).await.unwrap();
    house.test.clock.advance(20 * DAY);
    assert_eq!(told(&house, "api-key-expiring").await.len(), 2);
    house.test.clock.advance(10 * DAY);
    assert_eq!(told(&house, "api-key-expired").await.len(), 2);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_administrator_is_told_of_an_organizations_key_that_ends(#[case] database: Database) {
    let (house, anna, _) = open(database).await;
    house.organization_key(&anna, "contoso", "build").await;
    house.test.clock.advance(80 * DAY);
    let both = ["anna@example.com", "dora@example.com"];
    assert_eq!(told(&house, "api-key-expiring").await, both);
    house.test.clock.advance(10 * DAY);
    assert_eq!(told(&house, "api-key-expired").await, both);
    let mail = &house.mails("api-key-expiring").await[0];
    assert_eq!(mail.link, "/organization/contoso/apikeys");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_keys_that_were_stopped_before(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    for key in ["revoked", "cut off", "suspended"] {
        create(house.g(), &bob, key_form(key, "contoso")).await.unwrap();
    }
    let keys = mine(house.g(), &bob).await.unwrap().keys;
    let number = |name: &str| keys.iter().find(|row| row.name == name).unwrap().key;
    revoke(house.g(), &bob, number("revoked")).await.unwrap();
    cut_off(house.g(), &anna, "contoso", number("cut off")).await.unwrap();
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    for _ in 0..2 {
        house.test.clock.advance(85 * DAY);
        assert_eq!(told(&house, "api-key-expiring").await.len(), 0);
        assert_eq!(told(&house, "api-key-expired").await.len(), 0);
    }
    members::add(
        house.g(),
        &Actor::operator(),
        &name("contoso"),
        &name("bob"),
        Role::Collaborator,
    )
    .await
    .unwrap();
    assert_eq!(told(&house, "api-key-expired").await.len(), 0);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_end_of_long_ago_is_no_news_and_a_deleted_holder_is_in_nobodys_way(#[case] database: Database) {
    let (house, _, bob) = open(database).await;
    let carol = house.person("carol").await;
    create(house.g(), &carol, days("hers", "carol", 30)).await.unwrap();
    create(house.g(), &bob, days("long ago", "bob", 1)).await.unwrap();
    create(house.g(), &bob, days("new", "bob", 30)).await.unwrap();
    house
        .sql("UPDATE accounts SET deleted_at = 1 WHERE name = 'carol'")
        .await;
    house.test.clock.advance(25 * DAY);
    assert_eq!(told(&house, "api-key-expired").await.len(), 0);
    assert_eq!(told(&house, "api-key-expiring").await, ["bob@example.com"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_several_nodes_one_tells(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    create(house.g(), &bob, days("ci", "bob", 5)).await.unwrap();
    house.organization_key(&anna, "contoso", "build").await;
    house.test.clock.advance(4 * DAY);
    let sweeps = (0..4).map(|_| {
        let gallery = house.g().clone();
        tokio::spawn(async move { sweep::sweep(&gallery).await })
    });
    for swept in futures::future::join_all(sweeps).await {
        swept.unwrap().unwrap();
    }
    assert_eq!(told(&house, "api-key-expiring").await, ["bob@example.com"]);
}
