//! Linking further sign-ins to an account, and unlinking them.

use crate::people::{House, identity, said};
use domain::account::AccountKey;
use domain::session::SignInChoice;
use gallery::accounts::{lock, security};
use gallery::sessions::resolve;
use gallery::sign_in::{Identity, SignedIn, link, unlink};
use gallery::testkit::Database;
use gallery::{Actor, Error, Origin};
use rstest::rstest;

const LINKED_HERE: &str = "This sign-in is linked to your account already.";
const LINKED_ELSEWHERE: &str =
    "This sign-in belongs to another account. Sign in with it there and unlink it first, or choose another one.";
const ANOTHER_PERSON: &str =
    "Nothing was linked, because you are not signed in any more as the person who began it. Sign in and begin again.";
const LAST: &str = "This is your last sign-in. Link another one first.";

fn github(subject: &str, email: &str) -> Identity {
    Identity {
        provider: "github".to_owned(),
        issuer: "https://github.example".to_owned(),
        ..identity(subject, email)
    }
}

fn choices() -> Vec<SignInChoice> {
    [("github", "GitHub"), ("development", "the development identity")]
        .map(|(provider, label)| SignInChoice {
            provider: provider.to_owned(),
            label: label.to_owned(),
        })
        .to_vec()
}

fn key(actor: &Actor) -> AccountKey {
    actor.account().unwrap()
}

async fn linked(house: &House, by: &Actor, identity: &Identity) -> Result<(), Error> {
    link(house.g(), by, key(by), identity, "GitHub").await
}

/// What each sign-in is called, with its handle.
async fn sign_ins(house: &House, by: &Actor) -> Vec<(i64, String)> {
    let page = security(house.g(), by, None, &choices()).await.unwrap();
    page.sign_ins.into_iter().map(|row| (row.key, row.label)).collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_linked_sign_in_opens_the_account(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    linked(&house, &anna, &github("4711", "anna@work.example"))
        .await
        .unwrap();
    let SignedIn::Session { token, .. } = house.finish(github("4711", "anna@work.example")).await else {
        panic!("the sign-in is linked");
    };
    assert_eq!(key(&house.session(token.expose()).await), key(&anna));
    assert_eq!(house.mails("identity-linked").await[0].to, "anna@example.com");

    let page = security(house.g(), &anna, Some(token.expose()), &choices())
        .await
        .unwrap();
    let rows: Vec<_> = page
        .sign_ins
        .iter()
        .map(|row| (row.label.as_str(), row.address.as_str(), row.here, row.unlinkable))
        .collect();
    assert_eq!(
        rows,
        [
            ("development identity", "anna@example.com", false, true),
            ("GitHub", "anna@work.example", true, true)
        ]
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_linked_once_and_by_whoever_began_it(#[case] database: Database) {
    let house = House::open(database).await;
    let (anna, bob) = (house.person("anna").await, house.person("bob").await);
    let own = identity("anna", "anna@example.com");
    assert_eq!(said(linked(&house, &anna, &own).await), LINKED_HERE);
    assert_eq!(said(linked(&house, &bob, &own).await), LINKED_ELSEWHERE);
    let new = github("4711", "anna@work.example");
    assert_eq!(
        said(link(house.g(), &bob, key(&anna), &new, "GitHub").await),
        ANOTHER_PERSON
    );
    let nobody = Actor::anonymous(Origin::default());
    assert_eq!(
        said(link(house.g(), &nobody, key(&anna), &new, "GitHub").await),
        ANOTHER_PERSON
    );
    lock(house.g(), &Actor::operator(), &crate::people::name("anna"))
        .await
        .unwrap();
    assert_eq!(
        said(linked(&house, &anna, &new).await),
        "Your account is locked. Ask the operators of this site."
    );
    assert!(matches!(house.finish(new).await, SignedIn::Register { .. }));
    assert_eq!(house.all_mails().await.len(), 0);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_unlinked_sign_in_opens_nothing_and_its_sessions_end(#[case] database: Database) {
    let house = House::open(database).await;
    let first = house.register("anna", "anna@example.com", true).await.unwrap();
    let anna = house.session(&first).await;
    linked(&house, &anna, &github("4711", "anna@work.example"))
        .await
        .unwrap();
    let SignedIn::Session { token, .. } = house.finish(github("4711", "anna@work.example")).await else {
        panic!("the sign-in is linked");
    };
    let github_key = sign_ins(&house, &anna).await[1].0;
    let unlinked = unlink(house.g(), &anna, github_key, Some(&first), &choices())
        .await
        .unwrap();
    assert_eq!((unlinked.provider.as_str(), unlinked.signed_out), ("GitHub", false));
    assert!(resolve(house.g(), token.expose()).await.unwrap().is_none());
    assert!(resolve(house.g(), &first).await.unwrap().is_some());
    assert!(matches!(
        house.finish(github("4711", "anna@work.example")).await,
        SignedIn::Register { .. }
    ));
    assert_eq!(house.mails("identity-unlinked").await[0].to, "anna@example.com");

    let last = sign_ins(&house, &anna).await;
    assert_eq!(last.len(), 1);
    assert_eq!(
        said(unlink(house.g(), &anna, last[0].0, Some(&first), &choices()).await),
        LAST
    );
    assert!(!security(house.g(), &anna, None, &choices()).await.unwrap().sign_ins[0].unlinkable);
    let gone = unlink(house.g(), &anna, github_key, Some(&first), &choices()).await;
    assert_eq!(said(gone), "There is nothing at this address.");
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_unlinks_what_they_came_by_is_signed_out(#[case] database: Database) {
    let house = House::open(database).await;
    let first = house.register("anna", "anna@example.com", true).await.unwrap();
    let anna = house.session(&first).await;
    linked(&house, &anna, &identity("anna-2", "")).await.unwrap();
    linked(&house, &anna, &github("4711", "")).await.unwrap();
    let rows = sign_ins(&house, &anna).await;
    let labels: Vec<_> = rows.iter().map(|(_, label)| label.as_str()).collect();
    assert_eq!(labels, ["development identity", "development identity 2", "GitHub"]);
    let unlinked = unlink(house.g(), &anna, rows[0].0, Some(&first), &choices())
        .await
        .unwrap();
    assert!(unlinked.signed_out);
    assert!(resolve(house.g(), &first).await.unwrap().is_none());
    let bob = house.person("bob").await;
    let foreign = unlink(house.g(), &bob, rows[1].0, None, &choices()).await;
    assert_eq!(said(foreign), "There is nothing at this address.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_last_sign_ins_unlinked_at_once_one_stays(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    for _ in 0..crate::races::rounds() {
        let _again = linked(&house, &anna, &identity("anna", "anna@example.com")).await;
        let _again = linked(&house, &anna, &github("4711", "anna@work.example")).await;
        let rows = sign_ins(&house, &anna).await;
        let (one, other) = (anna.clone(), anna.clone());
        let (first, second) = (rows[0].0, rows[1].0);
        let (one, other) = crate::races::at_once(
            &house,
            |g| async move { unlink(&g, &one, first, None, &choices()).await },
            |g| async move { unlink(&g, &other, second, None, &choices()).await },
        )
        .await;
        assert_eq!(crate::races::loser(one, other), LAST);
        assert_eq!(sign_ins(&house, &anna).await.len(), 1);
    }
    house.chain_is_whole().await;
}
