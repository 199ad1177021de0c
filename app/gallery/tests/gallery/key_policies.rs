//! What policies and states of owners do to keys, made and to be made, and what the lists tell of it.

use crate::organization_keys::open;
use crate::parcels::{key_form, package, reason};
use crate::people::{name, said};
use domain::api_key::{ApiKeyState, KeysOfOrganization};
use domain::page::Place;
use domain::permission::{Policy, Role};
use domain::time::DAY;
use gallery::api_keys::{create, create_for_organization, mine, of_organization, regenerate};
use gallery::testkit::Database;
use gallery::{Actor, accounts, members};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_policy_cuts_lifetimes(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let old = house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    house
        .sql("UPDATE accounts SET policy_key_days = 30 WHERE name = 'contoso'")
        .await;
    let refused = "days: This owner allows at most 30 days.";
    assert_eq!(said(create(house.g(), &bob, key_form("new", "contoso")).await), refused);
    let own = create_for_organization(house.g(), &anna, key_form("new", "contoso")).await;
    assert_eq!(said(own), refused);
    create(house.g(), &bob, key_form("own", "bob")).await.unwrap();
    let page = of_organization(house.g(), &anna, "contoso", Place::Start)
        .await
        .unwrap();
    let KeysOfOrganization::Managed { lifetimes, .. } = page.keys else {
        panic!("an administrator manages")
    };
    assert_eq!(lifetimes, [1, 30]);
    assert_eq!(
        mine(house.g(), &bob).await.unwrap().lifetimes,
        [1, 30, 90, 180, 270, 365]
    );

    // What is there works until it is as old as the policy allows.
    house.push(&old, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.test.clock.advance(30 * DAY);
    let too_old = reason(house.push(&old, &package("Contoso.A", "1.1.0")).await);
    assert!(too_old.starts_with("A policy of 'contoso' refuses this."), "{too_old}");
    let state = async |by: &Actor| {
        let keys = mine(house.g(), by).await.unwrap().keys;
        let row = keys.into_iter().find(|row| row.name == "ci").unwrap();
        (
            row.key,
            row.state,
            (row.expires.seconds() - house.g().now().seconds() + DAY / 2) / DAY,
        )
    };
    let (key, before, _) = state(&bob).await;
    assert_eq!(before, ApiKeyState::Policy(Policy::KeyLifetime));
    assert_eq!(
        house.own(&anna).await[0].state,
        ApiKeyState::Policy(Policy::KeyLifetime)
    );
    // A new value lives as long as the policy allows.
    let value = regenerate(house.g(), &bob, key).await.unwrap().value;
    assert_eq!(state(&bob).await, (key, ApiKeyState::Active, 30));
    house.push(&value, &package("Contoso.A", "1.1.0")).await.unwrap();
    let own = house.own(&anna).await[0].key;
    regenerate(house.g(), &anna, own).await.unwrap();
    let left = house.own(&anna).await[0].expires.seconds() - house.g().now().seconds();
    assert!((29 * DAY..=30 * DAY).contains(&left), "{left}");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn where_only_organization_keys_publish_personal_ones_are_refused(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let personal = house.key(&bob, "contoso").await;
    house
        .sql("UPDATE accounts SET policy_organization_keys = true WHERE name = 'contoso'")
        .await;
    let organizations = house.organization_key(&anna, "contoso", "build").await;
    for person in [&anna, &bob] {
        let refused = said(create(house.g(), person, key_form("new", "contoso")).await);
        assert!(refused.starts_with("owner: Packages are published by"), "{refused}");
    }
    let key = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(key.state, ApiKeyState::Policy(Policy::OrganizationKeys));
    assert!(house.push(&personal, &package("Contoso.A", "1.0.0")).await.is_err());
    assert!(regenerate(house.g(), &bob, key.key).await.is_err());
    house
        .push(&organizations, &package("Contoso.A", "1.0.0"))
        .await
        .unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_is_barred_makes_no_key_and_learns_why(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    house
        .sql("UPDATE accounts SET policy_second_factor = true WHERE name = 'contoso'")
        .await;
    let barred = Policy::SecondFactor.sentence();
    let refused = said(create(house.g(), &bob, key_form("new", "contoso")).await);
    assert_eq!(refused, format!("owner: {barred}"));
    let key = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(key.state, ApiKeyState::Policy(Policy::SecondFactor));
    // An administrator who does not meet it is treated as no member.
    let refused = of_organization(house.g(), &anna, "contoso", Place::Start).await;
    assert_eq!(said(refused), barred);
    let refused = create_for_organization(house.g(), &anna, key_form("new", "contoso")).await;
    assert_eq!(said(refused), barred);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_list_tells_what_is_in_the_way_of_a_key(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    let operator = Actor::operator();
    let state = async || mine(house.g(), &bob).await.unwrap().keys[0].state;
    accounts::lock(house.g(), &operator, &name("contoso")).await.unwrap();
    assert_eq!(state().await, ApiKeyState::OwnerLocked);
    assert_eq!(house.own(&anna).await[0].state, ApiKeyState::OwnerLocked);
    let locked = create_for_organization(house.g(), &anna, key_form("x", "contoso")).await;
    assert_eq!(said(locked), "The account is locked. Ask the operators of this site.");
    accounts::unlock(house.g(), &operator, &name("contoso")).await.unwrap();
    accounts::lock(house.g(), &operator, &name("bob")).await.unwrap();
    assert_eq!(state().await, ApiKeyState::PersonLocked);
    assert_eq!(
        house.managed(&anna, Place::Start).await.1.items[0].state,
        ApiKeyState::PersonLocked
    );
    accounts::unlock(house.g(), &operator, &name("bob")).await.unwrap();
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(state().await, ApiKeyState::NotAMember);
    members::add(house.g(), &operator, &name("contoso"), &name("bob"), Role::Collaborator)
        .await
        .unwrap();
    assert_eq!(state().await, ApiKeyState::NeedsConfirmation);
    house
        .sql("UPDATE accounts SET deleted_at = 1 WHERE name = 'contoso'")
        .await;
    assert_eq!(state().await, ApiKeyState::OwnerDeleted);
}
