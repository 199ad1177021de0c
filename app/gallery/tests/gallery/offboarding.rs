//! When a member leaves: what became of their rights and keys, and which values should be changed.

use crate::parcels::{key_form, package};
use crate::people::{House, name};
use domain::member::Offboarding;
use domain::page::Place;
use domain::permission::Role;
use gallery::api_keys::{create, regenerate, revoke};
use gallery::members::{Asked, add, leave, page, remove};
use gallery::testkit::Database;
use gallery::{Actor, accounts};
use rstest::rstest;

/// Anna and Dora administer contoso, Bob collaborates.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let dora = house.person("dora").await;
    house.organization("contoso", &["anna", "dora"], &["bob"]).await;
    (house, anna, bob, dora)
}

async fn summary(house: &House, by: &Actor, left: &str) -> Option<Offboarding> {
    let asked = Asked {
        q: "",
        place: Place::Start,
        left,
        why: "",
    };
    page(house.g(), by, "contoso", asked).await.unwrap().offboarding
}

fn known(summary: &Offboarding) -> Vec<&str> {
    let known = summary.known.as_deref().unwrap();
    known.iter().map(|key| key.name.as_str()).collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_remover_learns_what_stopped_and_what_to_rotate(#[case] database: Database) {
    let (house, anna, _, dora) = open(database).await;
    let build = house.organization_key(&dora, "contoso", "build").await;
    house.organization_key(&dora, "contoso", "gone").await;
    house.organization_key(&anna, "contoso", "annas").await;
    let gone = house
        .own(&anna)
        .await
        .into_iter()
        .find(|row| row.name == "gone")
        .unwrap()
        .key;
    revoke(house.g(), &anna, gone).await.unwrap();
    for key in ["one", "two"] {
        create(house.g(), &dora, key_form(key, "contoso")).await.unwrap();
    }
    create(house.g(), &dora, key_form("own", "dora")).await.unwrap();

    let removed = remove(house.g(), &anna, "contoso", "dora").await.unwrap();
    let left = removed.account.unwrap().0.to_string();
    let told = summary(&house, &anna, &left).await.unwrap();
    assert_eq!((told.member.as_str(), told.stopped), ("dora", 2));
    assert_eq!(
        known(&told),
        ["build"],
        "neither what is revoked nor what was never shown"
    );
    house.push(&build, &package("Contoso.A", "1.0.0")).await.unwrap();
    let notices = |rows: Vec<domain::api_key::ApiKeyRow>| -> Vec<(String, Vec<String>)> {
        rows.into_iter()
            .map(|row| (row.name, row.history.unwrap().gone))
            .collect()
    };
    let none = Vec::<String>::new;
    assert_eq!(
        notices(house.own(&anna).await),
        [
            ("annas".to_owned(), none()),
            ("gone".to_owned(), none()),
            ("build".to_owned(), vec!["dora".to_owned()])
        ]
    );

    let key = told.known.unwrap()[0].key;
    regenerate(house.g(), &anna, key).await.unwrap();
    let told = summary(&house, &anna, &left).await.unwrap();
    assert_eq!(known(&told), [""; 0]);
    assert!(notices(house.own(&anna).await).iter().all(|(_, gone)| gone.is_empty()));
    assert!(house.push(&build, &package("Contoso.A", "1.1.0")).await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_is_noted_at_each_key_until_it_is_rotated_or_they_are_back(#[case] database: Database) {
    let (house, anna, _, dora) = open(database).await;
    house.organization_key(&dora, "contoso", "build").await;
    leave(house.g(), &dora, "contoso").await.unwrap();
    let gone = async || house.own(&anna).await.remove(0).history.unwrap().gone;
    assert_eq!(gone().await, ["dora"]);
    let (contoso, role) = (name("contoso"), Role::Collaborator);
    add(house.g(), &Actor::operator(), &contoso, &name("dora"), role)
        .await
        .unwrap();
    assert_eq!(gone().await, [""; 0], "a member again");
    remove(house.g(), &anna, "contoso", "dora").await.unwrap();
    assert_eq!(gone().await, ["dora"]);
    // Whoever deletes their account knows the value still, and has no name any more.
    house
        .sql("UPDATE accounts SET deleted_at = 1 WHERE name = 'dora'")
        .await;
    assert_eq!(gone().await, ["a deleted account"]);
    house.test.clock.advance(91 * domain::time::DAY);
    assert_eq!(gone().await, [""; 0], "a value that ended is worth nothing");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_summary_is_for_those_who_may_remove_and_about_those_who_are_gone(#[case] database: Database) {
    let (house, anna, bob, dora) = open(database).await;
    let sofia = house.person("sofia").await;
    accounts::promote(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    house.organization_key(&dora, "contoso", "build").await;
    create(house.g(), &dora, key_form("own", "contoso")).await.unwrap();
    let number = |account: &Actor| account.account().unwrap().0.to_string();
    assert_eq!(summary(&house, &anna, &number(&dora)).await, None, "a member");
    let removed = remove(house.g(), &anna, "contoso", "dora").await.unwrap();
    let left = removed.account.unwrap().0.to_string();
    assert_eq!(left, number(&dora));
    assert_eq!(summary(&house, &bob, &left).await, None, "a collaborator");
    let repaired = summary(&house, &sofia, &left).await.unwrap();
    assert_eq!(
        (repaired.stopped, repaired.known),
        (1, None),
        "a site administrator sees no key"
    );
    for wrong in [
        "",
        "x",
        "0",
        "-1",
        "9223372036854775807",
        "99999999999999999999",
        "1 OR 1=1",
    ] {
        assert_eq!(summary(&house, &anna, wrong).await, None, "{wrong}");
    }
    // Removing oneself is leaving.
    let removed = remove(house.g(), &bob, "contoso", "BOB").await.unwrap();
    assert_eq!((removed.organization.as_str(), removed.account), ("contoso", None));
}
