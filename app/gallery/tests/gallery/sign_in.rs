//! Signing in: known and new people, claimed accounts, addresses of others.

use crate::people::{House, identity, name, said};
use domain::account::{AccountKind, EmailAddress};
use domain::links::LocalPath;
use domain::session::NewAccount;
use gallery::Actor;
use gallery::sign_in::{Attempt, Identity, SignedIn, begin, take};
use gallery::testkit::Database;
use rstest::rstest;

const OTHERS: &str = "This address belongs to another account. Sign in there and link this sign-in.";

fn refused(outcome: SignedIn) -> String {
    match outcome {
        SignedIn::Refused(error) => error.message,
        other => panic!("not refused: {other:?}"),
    }
}

async fn made_by_operator(house: &House, account: &str) {
    let new = NewAccount {
        name: name(account),
        email: EmailAddress::parse(&crate::people::address(account)).unwrap(),
    };
    gallery::accounts::create(house.g(), &Actor::operator(), new, AccountKind::User, None)
        .await
        .unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_known_identity_enters_whatever_address_it_tells(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    let elsewhere = identity("anna", "anna@elsewhere.example");
    assert!(matches!(house.finish(elsewhere).await, SignedIn::Session { .. }));
    let without = Identity {
        email: None,
        ..identity("anna", "")
    };
    assert!(matches!(house.finish(without).await, SignedIn::Session { .. }));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_another_account_links_nothing(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    let vouched = identity("mallory", "Anna@Example.com");
    assert_eq!(refused(house.finish(vouched.clone()).await), OTHERS);
    let unvouched = Identity {
        vouched: false,
        ..vouched
    };
    assert_eq!(refused(house.finish(unvouched).await), OTHERS);
    assert_eq!(
        house.register("mallory", "mallory@example.com", true).await.map(drop),
        Ok(())
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_the_operator_is_claimed_by_the_first_vouched_sign_in(#[case] database: Database) {
    let house = House::open(database).await;
    made_by_operator(&house, "anna").await;
    let unvouched = Identity {
        vouched: false,
        ..identity("github-1", "anna@example.com")
    };
    assert_eq!(refused(house.finish(unvouched).await), OTHERS);

    let first = identity("github-1", "anna@example.com");
    let SignedIn::Session { token, .. } = house.finish(first.clone()).await else {
        panic!("not claimed");
    };
    let context = gallery::sessions::resolve(house.g(), token.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(context.viewer.name, "anna");
    assert!(context.viewer.confirmed);
    assert_eq!(house.mails("identity-claimed").await[0].to, "anna@example.com");

    let second = identity("github-2", "anna@example.com");
    assert_eq!(refused(house.finish(second).await), OTHERS);
    assert!(matches!(house.finish(first).await, SignedIn::Session { .. }));
    assert_eq!(house.mails("identity-claimed").await.len(), 1);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_not_claimed(#[case] database: Database) {
    let house = House::open(database).await;
    made_by_operator(&house, "anna").await;
    gallery::accounts::lock(house.g(), &Actor::operator(), &name("anna"))
        .await
        .unwrap();
    let first = identity("github-1", "anna@example.com");
    assert_eq!(refused(house.finish(first).await), OTHERS);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_is_never_signed_in_to(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    assert_eq!(
        refused(house.finish(identity("x", "contoso@example.com")).await),
        OTHERS
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_is_taken_up_once_by_the_browser_that_began_it(#[case] database: Database) {
    let house = House::open(database).await;
    let attempt = |state: &str| Attempt {
        provider: "development".to_owned(),
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        state: state.to_owned(),
        browser_token: "browser".to_owned(),
        return_to: LocalPath::parse("/account/apikeys").unwrap(),
        linking: None,
    };
    begin(house.g(), attempt("one")).await.unwrap();
    assert!(take(house.g(), "one", "another browser").await.unwrap().is_none());
    assert!(take(house.g(), "another state", "browser").await.unwrap().is_none());
    let taken = take(house.g(), "one", "browser").await.unwrap().unwrap();
    assert_eq!(taken.return_to.as_str(), "/account/apikeys");
    assert_eq!((taken.nonce.as_str(), taken.verifier.as_str()), ("nonce", "verifier"));
    assert!(take(house.g(), "one", "browser").await.unwrap().is_none());

    begin(house.g(), attempt("two")).await.unwrap();
    house.test.clock.advance(15 * 60);
    assert!(take(house.g(), "two", "browser").await.unwrap().is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_person_signs_in_and_changes_nothing(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    gallery::accounts::lock(house.g(), &Actor::operator(), &name("anna"))
        .await
        .unwrap();
    let SignedIn::Session { token, .. } = house.finish(identity("anna", "anna@example.com")).await else {
        panic!("a locked person may sign in");
    };
    let anna = house.session(token.expose()).await;
    let form = domain::organization::AddOrganizationForm {
        name: "contoso".to_owned(),
        email: "contoso@example.com".to_owned(),
    };
    let refused = gallery::organizations::add(house.g(), &anna, form).await;
    assert_eq!(said(refused), "Your account is locked. Ask the operators of this site.");
}
