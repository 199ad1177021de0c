//! API keys: made for owners one may push for, good for as long as they say, and stopped with the next request.

use crate::parcels::{key_form, package, reason};
use crate::people::{House, name, said};
use domain::api_key::{ApiKeyForm, ApiKeyState, NewApiKey};
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::time::DAY;
use gallery::api_keys::{
    OperatorKey, confirm, create, create_by_operator, delete, edit_globs, mine, regenerate, revoke,
};
use gallery::testkit::Database;
use gallery::{Actor, members};
use rstest::rstest;

const UNKNOWN: &str = "The API key is invalid, has expired, or has no permission for this package.";
const NOT_FOUND: &str = "There is nothing at this address.";

/// Anna administers contoso, Bob collaborates, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    (house, anna, bob, carol)
}

/// The handle and the state of a person's newest key.
async fn newest(house: &House, by: &Actor) -> (i64, ApiKeyState) {
    let keys = mine(house.g(), by).await.unwrap().keys;
    (keys[0].key, keys[0].state)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_hash_of_a_value_is_kept() {
    let (house, anna, ..) = open(Database::Sqlite).await;
    let value = house.key(&anna, "contoso").await;
    house.push(&value, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let key = newest(&house, &anna).await.0;
    let again = regenerate(house.g(), &anna, key).await.unwrap().value;
    let mails = house.test.mails().await.concat();
    let mut files = 0;
    for entry in std::fs::read_dir(house.test.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            files += 1;
            for secret in [&value, &again] {
                // Neither whole, nor without what every key begins with.
                let found = bytes.windows(52).any(|window| window == &secret.as_bytes()[4..56]);
                assert!(!found, "a key's value in {}", path.display());
            }
        }
    }
    assert!(files > 0);
    assert!(!mails.contains(&value[4..20]));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_for_owners_one_may_push_for(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let foreign = "owner: You may not push for this owner. Select another one.";
    for owner in ["contoso", "anna", "nobody"] {
        assert_eq!(said(create(house.g(), &carol, key_form("ci", owner)).await), foreign);
    }
    let wrong = ApiKeyForm {
        name: " ".to_owned(),
        days: "366".to_owned(),
        push: String::new(),
        unlist: String::new(),
        globs: "a b/c".to_owned(),
        ..key_form("", "contoso")
    };
    let fields = said(create(house.g(), &bob, wrong).await);
    for field in ["name: ", "days: ", "scopes: ", "globs: "] {
        assert!(fields.contains(field), "{fields}");
    }
    create(house.g(), &bob, key_form("ci", "CONTOSO")).await.unwrap();
    create(house.g(), &bob, key_form("own", "bob")).await.unwrap();
    let page = mine(house.g(), &bob).await.unwrap();
    let keys: Vec<_> = page
        .keys
        .iter()
        .map(|key| (key.name.as_str(), key.owner.as_str()))
        .collect();
    assert_eq!(keys, [("own", "bob"), ("ci", "contoso")]);
    assert_eq!(page.owners, ["bob", "contoso"]);
    assert_eq!(mine(house.g(), &anna).await.unwrap().keys, []);
    let operator = said(create(house.g(), &Actor::operator(), key_form("ci", "contoso")).await);
    assert_eq!(operator, said(Err::<(), _>(domain::form::UiError::sign_in())));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_key_ends_with_its_days_and_regenerating_gives_it_as_many_again(#[case] database: Database) {
    let (house, _, bob, _) = open(database).await;
    let form = ApiKeyForm {
        days: "30".to_owned(),
        ..key_form("ci", "contoso")
    };
    let first = house.key_of(&bob, form).await;
    house.test.clock.advance(30 * DAY - 60);
    house.push(&first, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.test.clock.advance(61);
    assert_eq!(
        reason(house.push(&first, &package("Contoso.A", "2.0.0")).await),
        "The API key 'ci' has expired. Regenerate it, or create a new one."
    );
    let (key, state) = newest(&house, &bob).await;
    assert_eq!(state, ApiKeyState::Expired);
    let second = regenerate(house.g(), &bob, key).await.unwrap().value;
    let row = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(row.state, ApiKeyState::Active);
    let left = row.expires.seconds() - house.g().now().seconds();
    assert!((30 * DAY - 60..=30 * DAY).contains(&left), "{left}");
    assert_eq!(
        reason(house.push(&first, &package("Contoso.A", "2.0.0")).await),
        UNKNOWN
    );
    house.push(&second, &package("Contoso.A", "2.0.0")).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_stays_in_the_list_and_never_works_again(#[case] database: Database) {
    let (house, _, bob, _) = open(database).await;
    let value = house.key(&bob, "contoso").await;
    let key = newest(&house, &bob).await.0;
    revoke(house.g(), &bob, key).await.unwrap();
    revoke(house.g(), &bob, key).await.unwrap();
    assert_eq!(
        house.mails("api-key-revoked").await.len(),
        1,
        "revoked twice is revoked once"
    );
    assert_eq!(newest(&house, &bob).await, (key, ApiKeyState::Revoked));
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        "The API key 'ci' was revoked. Create a new one."
    );
    let revoked = "This key was revoked. Create a new one.";
    assert_eq!(said(regenerate(house.g(), &bob, key).await.map(drop)), revoked);
    assert_eq!(said(edit_globs(house.g(), &bob, key, "*").await), revoked);
    assert_eq!(said(confirm(house.g(), &bob, key).await), revoked);
    delete(house.g(), &bob, key).await.unwrap();
    assert_eq!(house.mails("api-key-revoked").await.len(), 1);
    assert_eq!(mine(house.g(), &bob).await.unwrap().keys, []);
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        UNKNOWN
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn another_ones_key_is_not_found(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let value = house.key(&bob, "contoso").await;
    let key = newest(&house, &bob).await.0;
    // Not even for an administrator of the owner: it is Bob's.
    for other in [&anna, &carol] {
        for number in [key, key + 1_000] {
            assert_eq!(said(edit_globs(house.g(), other, number, "*").await), NOT_FOUND);
            assert_eq!(said(regenerate(house.g(), other, number).await.map(drop)), NOT_FOUND);
            assert_eq!(said(revoke(house.g(), other, number).await), NOT_FOUND);
            assert_eq!(said(confirm(house.g(), other, number).await), NOT_FOUND);
            assert_eq!(said(delete(house.g(), other, number).await), NOT_FOUND);
        }
    }
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_leaving_members_keys_stop_until_they_are_confirmed_after_rejoining(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    let own = house.key_of(&bob, key_form("own", "bob")).await;
    let value = house.key(&bob, "contoso").await;
    let key = newest(&house, &bob).await.0;
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(newest(&house, &bob).await, (key, ApiKeyState::NotAMember));
    let stopped = reason(house.push(&value, &package("Contoso.A", "1.0.0")).await);
    assert!(stopped.contains("contoso"), "{stopped}");
    // Nobody outside confirms or renews it.
    let foreign = "You may not push for this owner. Select another one.";
    assert_eq!(said(confirm(house.g(), &bob, key).await), foreign);
    assert_eq!(said(regenerate(house.g(), &bob, key).await.map(drop)), foreign);
    house.push(&own, &package("Bob.A", "1.0.0")).await.unwrap();

    let contoso = name("contoso");
    members::add(
        house.g(),
        &Actor::operator(),
        &contoso,
        &name("bob"),
        Role::Collaborator,
    )
    .await
    .unwrap();
    assert_eq!(newest(&house, &bob).await, (key, ApiKeyState::NeedsConfirmation));
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        "The API key 'ci' stopped when its holder left 'contoso'. Confirm it on the page \"API keys\"."
    );
    // A new value alone revives nothing.
    let renewed = regenerate(house.g(), &bob, key).await.unwrap().value;
    assert!(reason(house.push(&renewed, &package("Contoso.A", "1.0.0")).await).contains("Confirm it"));
    confirm(house.g(), &bob, key).await.unwrap();
    confirm(house.g(), &bob, key).await.unwrap();
    house.push(&renewed, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn changed_patterns_bind_the_next_push(#[case] database: Database) {
    let (house, _, bob, _) = open(database).await;
    let value = house.key(&bob, "contoso").await;
    let key = newest(&house, &bob).await.0;
    let wrong = said(edit_globs(house.g(), &bob, key, "a/b").await);
    assert!(wrong.starts_with("globs: "), "{wrong}");
    edit_globs(house.g(), &bob, key, "Contoso.*, Other").await.unwrap();
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.push(&value, &package("Other", "1.0.0")).await.unwrap();
    assert_eq!(
        reason(house.push(&value, &package("Contoso", "1.0.0")).await),
        "The glob patterns of the API key 'ci' do not match the package id 'Contoso'."
    );
    let row = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(row.globs, ["Contoso.*", "Other"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_makes_the_keys_that_could_have_been_made_on_the_page(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let wanted = |account: &str, owner: &str| OperatorKey {
        account: name(account),
        key: NewApiKey {
            name: "command line".to_owned(),
            days: 1,
            owner: name(owner),
            scopes: Scopes {
                push: PushScope::NewPackages,
                unlist: false,
            },
            globs: vec![Glob::parse("*").unwrap()],
        },
    };
    let operator = Actor::operator();
    let refused = create_by_operator(house.g(), &operator, wanted("carol", "contoso")).await;
    assert_eq!(
        said(refused.map(drop)),
        "carol is no member of contoso. Name an owner for whom the account may push."
    );
    let refused = create_by_operator(house.g(), &operator, wanted("contoso", "anna")).await;
    assert_eq!(
        said(refused.map(drop)),
        "An organization's key pushes for that organization. Name it as owner too."
    );
    let refused = create_by_operator(house.g(), &anna, wanted("bob", "bob")).await;
    assert_eq!(said(refused.map(drop)), NOT_FOUND);
    let value = create_by_operator(house.g(), &operator, wanted("contoso", "contoso"))
        .await
        .unwrap();
    house
        .push(value.expose(), &package("Contoso.A", "1.0.0"))
        .await
        .unwrap();
    // An organization's own key outlives every membership.
    members::add(
        house.g(),
        &operator,
        &name("contoso"),
        &name("carol"),
        Role::Administrator,
    )
    .await
    .unwrap();
    members::leave(house.g(), &anna, "contoso").await.unwrap();
    house
        .push(value.expose(), &package("Contoso.A", "1.1.0"))
        .await
        .unwrap();
}
