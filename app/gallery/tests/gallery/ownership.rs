//! Owners of a package: added at once or asked, answered, withdrawn, removed; who may, and who is told.

use crate::parcels::package;
use crate::people::{House, name, said};
use domain::ownership::{OwnerRoute, OwnershipRequest};
use domain::page::Place;
use gallery::ownership::{Asked, accept, add, cancel, reject, remove};
use gallery::packages::{manage_page, owned};
use gallery::testkit::Database;
use gallery::{Actor, Origin, accounts};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const ADMINISTRATORS: &str = "Only administrators may do this. Ask one of them.";
const GONE: &str = "This request is not there any more.";

/// Anna administers contoso, which owns Contoso.Json; Bob collaborates there; Carol administers fabrikam, where Dave
/// collaborates.
pub(crate) async fn open(database: Database) -> (House, [Actor; 4]) {
    let house = House::open(database).await;
    let people = [
        house.person("anna").await,
        house.person("bob").await,
        house.person("carol").await,
        house.person("dave").await,
    ];
    house.organization("contoso", &["anna"], &["bob"]).await;
    house.organization("fabrikam", &["carol"], &["dave"]).await;
    let key = house.key(&people[0], "contoso").await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    (house, people)
}

/// The owners of a package by name, as one of its insiders sees them.
pub(crate) async fn owners(house: &House, by: &Actor, id: &str) -> Vec<String> {
    let page = manage_page(house.g(), by, id, &Place::Start, "").await.unwrap();
    page.owners.into_iter().map(|owner| owner.name).collect()
}

pub(crate) async fn received(house: &House, by: &Actor) -> Vec<OwnershipRequest> {
    owned(house.g(), by, "", &Place::Start).await.unwrap().received
}

async fn sent(house: &House, by: &Actor) -> Vec<OwnershipRequest> {
    owned(house.g(), by, "", &Place::Start).await.unwrap().sent
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_could_accept_need_not_be_asked(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    house.organization("northwind", &["anna"], &[]).await;
    for (who, called) in [("ANNA", "anna"), ("northwind", "northwind")] {
        let added = add(house.g(), &anna, "contoso.json", who).await.unwrap();
        assert_eq!((added.name.as_str(), added.asked), (called, Asked::Added));
    }
    assert_eq!(
        owners(&house, &anna, "Contoso.Json").await,
        ["anna", "contoso", "northwind"]
    );
    let mut told: Vec<String> = house
        .mails("owner-added")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "anna@example.com",
            "anna@example.com",
            "contoso@example.com",
            "contoso@example.com",
            "northwind@example.com"
        ],
        "every owner, the new one too, at the account's own address"
    );
    assert!(house.mails("ownership-requested").await.is_empty());
    let trail = house.trail(&anna, "contoso").await;
    assert_eq!(trail.iter().filter(|action| *action == "ownership.added").count(), 2);
    assert!(
        house
            .trail(&anna, "northwind")
            .await
            .contains(&"ownership.added".to_owned())
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_owns_it_after_accepting(#[case] database: Database) {
    let (house, [anna, bob, carol, dave]) = open(database).await;
    let asked = add(house.g(), &anna, "Contoso.Json", "fabrikam").await.unwrap();
    assert_eq!(asked.asked, Asked::Requested);
    assert_eq!(owners(&house, &anna, "Contoso.Json").await, ["contoso"]);
    let mail = &house.mails("ownership-requested").await[0];
    assert_eq!(
        (mail.to.as_str(), mail.link.as_str()),
        ("carol@example.com", "/account/packages")
    );
    assert_eq!(
        said(add(house.g(), &anna, "Contoso.Json", "fabrikam").await),
        "owner: This account is asked to own Contoso.Json already. Wait for the answer."
    );

    let requests = received(&house, &carol).await;
    assert_eq!(requests.len(), 1);
    assert_eq!(
        (
            requests[0].id.as_str(),
            requests[0].owner.as_str(),
            requests[0].by.as_str()
        ),
        ("Contoso.Json", "fabrikam", "anna")
    );
    assert_eq!(sent(&house, &anna).await, requests);
    let key = requests[0].key;
    // Others neither see it nor can answer it.
    assert!(received(&house, &dave).await.is_empty() && sent(&house, &bob).await.is_empty());
    assert_eq!(said(accept(house.g(), &dave, key).await), ADMINISTRATORS);
    assert_eq!(said(accept(house.g(), &anna, key).await), NOT_FOUND);
    assert_eq!(said(reject(house.g(), &bob, key).await), NOT_FOUND);
    let nobody = Actor::anonymous(Origin::default());
    assert_eq!(said(accept(house.g(), &nobody, key).await), "Sign in to go on.");

    let accepted = accept(house.g(), &carol, key).await.unwrap();
    assert_eq!(accepted, ("Contoso.Json".to_owned(), "fabrikam".to_owned()));
    assert_eq!(owners(&house, &dave, "Contoso.Json").await, ["contoso", "fabrikam"]);
    assert_eq!(house.mails("ownership-accepted").await[0].to, "anna@example.com");
    assert_eq!(house.mails("owner-added").await.len(), 2);
    assert!(received(&house, &carol).await.is_empty());
    assert_eq!(said(accept(house.g(), &carol, key).await), GONE);
    assert_eq!(
        said(add(house.g(), &anna, "Contoso.Json", "Fabrikam").await),
        "owner: This account owns the package already."
    );
    for organization in ["contoso", "fabrikam"] {
        let by = if organization == "contoso" { &anna } else { &carol };
        let trail = house.trail(by, organization).await;
        let events: Vec<_> = trail.iter().filter(|action| action.starts_with("ownership.")).collect();
        assert_eq!(events, ["ownership.requested", "ownership.accepted"], "{organization}");
    }
    // The next push knows it.
    let key = house.key(&dave, "fabrikam").await;
    house.push(&key, &package("Contoso.Json", "2.0.0")).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_can_be_rejected_and_withdrawn(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open(database).await;
    add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
    let key = received(&house, &carol).await[0].key;
    reject(house.g(), &carol, key).await.unwrap();
    assert_eq!(house.mails("ownership-rejected").await[0].to, "anna@example.com");
    add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
    let key = received(&house, &carol).await[0].key;
    assert_eq!(said(cancel(house.g(), &bob, key).await), ADMINISTRATORS);
    assert_eq!(said(cancel(house.g(), &carol, key).await), NOT_FOUND);
    let cancelled = cancel(house.g(), &anna, key).await.unwrap();
    assert_eq!(cancelled, ("Contoso.Json".to_owned(), "carol".to_owned()));
    assert_eq!(house.mails("ownership-cancelled").await[0].to, "carol@example.com");
    assert_eq!(said(cancel(house.g(), &anna, key).await), GONE);
    assert_eq!(said(reject(house.g(), &carol, key).await), GONE);
    assert_eq!(owners(&house, &anna, "Contoso.Json").await, ["contoso"]);
    let told = gallery::notifications::list(house.g(), &carol, Place::Start)
        .await
        .unwrap();
    let told = told.items.iter().filter(|told| told.text.contains("to own"));
    assert_eq!(told.count(), 3, "asked, asked, withdrawn");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_an_owner_is_told_at_the_field(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open(database).await;
    house.register("uma", "uma@example.com", false).await.unwrap();
    house.person("lars").await;
    let operator = Actor::operator();
    accounts::lock(house.g(), &operator, &name("lars")).await.unwrap();
    for (typed, problem) in [
        ("", "Enter the name of a user or an organization."),
        ("carol@example.com", "Enter a user name, not an email address."),
        (
            "nobody",
            "There is no user or organization of this name. Check the spelling.",
        ),
        (
            "a\0b",
            "There is no user or organization of this name. Check the spelling.",
        ),
        (
            "uma",
            "This account has not confirmed its email address yet. It must do so first.",
        ),
        ("lars", "This account is locked. It cannot own more packages."),
        ("Contoso", "This account owns the package already."),
    ] {
        let refused = said(add(house.g(), &anna, "Contoso.Json", typed).await);
        assert_eq!(refused, format!("owner: {problem}"));
    }
    assert_eq!(
        said(add(house.g(), &bob, "Contoso.Json", "carol").await),
        ADMINISTRATORS
    );
    assert_eq!(said(add(house.g(), &carol, "Contoso.Json", "carol").await), NOT_FOUND);
    assert_eq!(said(add(house.g(), &anna, "Contoso.Nothing", "carol").await), NOT_FOUND);
    for asked in ["carol", "dave", "fabrikam"] {
        add(house.g(), &anna, "Contoso.Json", asked).await.unwrap();
    }
    house.person("erin").await;
    assert_eq!(
        said(add(house.g(), &anna, "Contoso.Json", "erin").await),
        "owner: At most 3 requests for Contoso.Json can wait for an answer. Cancel one of them first."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_package_has_fifteen_owners_at_most(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
    for number in 0..14 {
        let team = format!("team-{number}");
        house.organization(&team, &["anna"], &[]).await;
        add(house.g(), &anna, "Contoso.Json", &team).await.unwrap();
    }
    let full = "A package can have at most 15 owners. Remove one of them first.";
    assert_eq!(
        said(add(house.g(), &anna, "Contoso.Json", "anna").await),
        format!("owner: {full}")
    );
    let key = received(&house, &carol).await[0].key;
    assert_eq!(said(accept(house.g(), &carol, key).await), full);
    remove(house.g(), &anna, "Contoso.Json", "team-3").await.unwrap();
    accept(house.g(), &carol, key).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_is_removed_but_never_the_only_one(#[case] database: Database) {
    let (house, [anna, bob, carol, dave]) = open(database).await;
    assert_eq!(
        said(remove(house.g(), &anna, "Contoso.Json", "contoso").await),
        "This is the only owner. Add another owner first."
    );
    add(house.g(), &anna, "Contoso.Json", "fabrikam").await.unwrap();
    accept(house.g(), &carol, received(&house, &carol).await[0].key)
        .await
        .unwrap();
    add(house.g(), &anna, "Contoso.Json", "dave").await.unwrap();
    for (by, who, problem) in [
        (&bob, "fabrikam", ADMINISTRATORS),
        (&dave, "contoso", ADMINISTRATORS),
        (&anna, "dave", "This account does not own the package any more."),
        (&anna, "a b", "This account does not own the package any more."),
    ] {
        assert_eq!(said(remove(house.g(), by, "Contoso.Json", who).await), problem);
    }
    let page = manage_page(house.g(), &anna, "Contoso.Json", &Place::Start, "")
        .await
        .unwrap();
    let routes: Vec<_> = page.owners.iter().map(|owner| owner.route).collect();
    assert_eq!(routes, [OwnerRoute::OnlyRoute, OwnerRoute::Foreign]);
    assert!(page.manages_owners && page.requests.len() == 1);
    let page = manage_page(house.g(), &bob, "Contoso.Json", &Place::Start, "")
        .await
        .unwrap();
    assert!(
        !page.manages_owners && page.requests.is_empty(),
        "collaborators see neither"
    );

    // What was asked on behalf of whoever goes is withdrawn with them.
    assert_eq!(
        remove(house.g(), &carol, "Contoso.Json", "CONTOSO").await.unwrap(),
        "contoso"
    );
    assert_eq!(owners(&house, &carol, "Contoso.Json").await, ["fabrikam"]);
    assert!(received(&house, &dave).await.is_empty());
    assert_eq!(house.mails("ownership-cancelled").await[0].to, "dave@example.com");
    let mut told: Vec<String> = house
        .mails("owner-removed")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    told.sort();
    assert_eq!(told, ["contoso@example.com", "fabrikam@example.com"]);
    assert_eq!(
        said(manage_page(house.g(), &anna, "Contoso.Json", &Place::Start, "").await),
        NOT_FOUND
    );
    let trail = house.trail(&anna, "contoso").await;
    assert!(
        trail.ends_with(&["ownership.cancelled".to_owned(), "ownership.removed".to_owned()]),
        "{trail:?}"
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_locked_changes_no_owners(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
    let key = received(&house, &carol).await[0].key;
    let operator = Actor::operator();
    let own = "Your account is locked. Ask the operators of this site.";
    accounts::lock(house.g(), &operator, &name("carol")).await.unwrap();
    assert_eq!(said(accept(house.g(), &carol, key).await), own);
    accounts::unlock(house.g(), &operator, &name("carol")).await.unwrap();
    accounts::lock(house.g(), &operator, &name("contoso")).await.unwrap();
    assert_eq!(
        said(add(house.g(), &anna, "Contoso.Json", "anna").await),
        "The account is locked. Ask the operators of this site."
    );
    accounts::unlock(house.g(), &operator, &name("contoso")).await.unwrap();
    accounts::lock(house.g(), &operator, &name("anna")).await.unwrap();
    for refused in [
        said(add(house.g(), &anna, "Contoso.Json", "fabrikam").await),
        said(cancel(house.g(), &anna, key).await),
        said(remove(house.g(), &anna, "Contoso.Json", "contoso").await),
    ] {
        assert_eq!(refused, own);
    }
    house.sql("UPDATE packages SET locked = TRUE").await;
    assert_eq!(
        said(accept(house.g(), &carol, key).await),
        "The package is locked. Ask the operators of this site."
    );
    house.sql("UPDATE packages SET locked = FALSE").await;
    accept(house.g(), &carol, key).await.unwrap();
}
