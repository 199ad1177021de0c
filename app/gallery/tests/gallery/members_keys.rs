//! The members' keys for an organization, as its administrators see them and cut them off.

use crate::organization_keys::open;
use crate::parcels::{key_form, package, reason};
use crate::people::said;
use domain::api_key::ApiKeyState;
use domain::page::Place;
use gallery::api_keys::{create, cut_off, edit_globs, mine, regenerate, revoke};
use gallery::members;
use gallery::testkit::Database;
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_members_key_is_cut_off_for_good_and_its_person_is_told(#[case] database: Database) {
    let (house, [anna, bob, _, dora]) = open(database).await;
    let value = house.key(&bob, "contoso").await;
    let own = house.key_of(&bob, key_form("own", "bob")).await;
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
    let (_, keys) = house.managed(&anna, Place::Start).await;
    let rows: Vec<_> = keys
        .items
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.member.as_str(),
                row.state,
                row.last_used.is_some(),
            )
        })
        .collect();
    assert_eq!(rows, [("ci", "bob", ApiKeyState::Active, true)]);
    let key = keys.items[0].key;
    let done = cut_off(house.g(), &anna, "contoso", key).await.unwrap();
    assert_eq!((done.key.as_str(), done.member.as_str()), ("ci", "bob"));
    cut_off(house.g(), &dora, "contoso", key).await.unwrap();

    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.1.0")).await),
        "An administrator of 'contoso' has cut off the API key 'ci'. Ask there, and create a new one."
    );
    house.push(&own, &package("Bob.A", "1.0.0")).await.unwrap();
    let mails = house.mails("api-key-revoked").await;
    assert_eq!(mails.len(), 1, "twice is once");
    assert_eq!(
        (mails[0].to.as_str(), mails[0].link.as_str()),
        ("bob@example.com", "/account/apikeys")
    );
    let told = gallery::notifications::list(house.g(), &bob, Place::Start)
        .await
        .unwrap();
    assert!(
        told.items
            .iter()
            .any(|one| one.text == "Your API key ci was cut off from contoso."),
        "{told:?}"
    );
    let cut = house.trail(&anna, "contoso").await;
    assert_eq!(cut.iter().filter(|action| *action == "api_key.cut_off").count(), 1);

    let rows = mine(house.g(), &bob).await.unwrap().keys;
    let row = rows.iter().find(|row| row.key == key).unwrap();
    assert_eq!(row.state, ApiKeyState::CutOff);
    let refused = "This key was cut off from its owner. Create a new one.";
    assert_eq!(said(regenerate(house.g(), &bob, key).await), refused);
    assert_eq!(said(edit_globs(house.g(), &bob, key, "*").await), refused);
    assert_eq!(house.managed(&anna, Place::Start).await.1.items, []);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_members_key_for_the_organization_is_cut_off(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open(database).await;
    house.organization("fabrikam", &["carol"], &["bob"]).await;
    house.organization_key(&anna, "contoso", "build").await;
    let own_key = house.own(&anna).await[0].key;
    create(house.g(), &bob, key_form("own", "bob")).await.unwrap();
    create(house.g(), &bob, key_form("other", "fabrikam")).await.unwrap();
    let gone = "This key is not there any more.";
    let others = mine(house.g(), &bob).await.unwrap().keys;
    for key in others.iter().map(|row| row.key).chain([own_key, 0, -1, i64::MAX]) {
        assert_eq!(said(cut_off(house.g(), &anna, "contoso", key).await), gone, "{key}");
    }
    assert_eq!(said(cut_off(house.g(), &carol, "fabrikam", own_key).await), gone);
    // A key that its person revoked is none to cut off.
    create(house.g(), &bob, key_form("mine", "contoso")).await.unwrap();
    let key = mine(house.g(), &bob).await.unwrap().keys[0].key;
    revoke(house.g(), &bob, key).await.unwrap();
    cut_off(house.g(), &anna, "contoso", key).await.unwrap();
    assert_eq!(mine(house.g(), &bob).await.unwrap().keys[0].state, ApiKeyState::Revoked);
    assert!(
        !house
            .trail(&anna, "contoso")
            .await
            .contains(&"api_key.cut_off".to_owned())
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn members_keys_come_page_by_page(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    for number in 0..120 {
        create(house.g(), &bob, key_form(&format!("key {number}"), "contoso"))
            .await
            .unwrap();
    }
    let (mut seen, mut place) = (Vec::new(), Place::Start);
    loop {
        let (_, page) = house.managed(&anna, place).await;
        assert!(page.items.len() <= 50);
        seen.extend(page.items.iter().map(|row| row.name.clone()));
        match page.next {
            Some(next) => place = Place::After(next),
            None => break,
        }
    }
    let expected: Vec<_> = (0..120).rev().map(|number| format!("key {number}")).collect();
    assert_eq!(seen, expected, "newest first, each once");
    // Former members' keys are theirs alone.
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(house.managed(&anna, Place::Start).await.1.items, []);
}
