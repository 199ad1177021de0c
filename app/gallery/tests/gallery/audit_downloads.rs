//! Downloads of the trail: all of it, a piece at a time, and only as long as the right lasts.

use crate::parcels::package;
use crate::people::{House, name, said};
use domain::audit::{AuditAction, AuditFilterForm};
use gallery::Actor;
use gallery::audit::{AuditEvent, Subject};
use gallery::audit_trail::{AuditRecord, download, filter_of_query};
use gallery::testkit::Database;
use rstest::rstest;

/// Contoso with a push of anna's and as many other events.
async fn open(database: Database, others: usize) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    let key = house.key(&anna, "contoso").await;
    house.push(&key, &package("Contoso.A", "1.0.0")).await.unwrap();
    let contoso = gallery::import::find_owner(house.g(), &name("contoso")).await.unwrap();
    let event = || AuditEvent::new(&anna, AuditAction::SettingsChanged, Subject::text("x")).on_behalf_of(contoso);
    if others > 0 {
        let events = std::iter::repeat_with(event).take(others).collect();
        house.g().begin().await.unwrap().commit_all(events).await.unwrap();
    }
    (house, anna, bob)
}

/// Everything of a download, with the lengths of its pieces.
async fn all(house: &House, by: &Actor, query: &str) -> (Vec<AuditRecord>, Vec<usize>) {
    let mut download = download(house.g(), by, "CONTOSO", &filter_of_query(query))
        .await
        .unwrap();
    let (mut records, mut pieces) = (Vec::new(), Vec::new());
    while let Some(piece) = download.next().await.unwrap() {
        pieces.push(piece.len());
        records.extend(piece);
    }
    (records, pieces)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_in_pieces_newest_first(#[case] database: Database) {
    let (house, anna, bob) = open(database, 2_100).await;
    let (records, pieces) = all(&house, &anna, "").await;
    assert_eq!(pieces, [1_000, 1_000, 106]);
    assert_eq!(records[0].action, "settings.changed");
    let pushed = &records[2_100];
    assert_eq!(
        [
            &pushed.actor,
            &pushed.account,
            &pushed.action,
            &pushed.subject,
            &pushed.credential
        ],
        ["anna", "contoso", "package.pushed", "Contoso.A 1.0.0", "ci"]
    );
    assert_eq!(records.last().unwrap().action, "organization.created");
    let (records, _) = all(&house, &anna, "package=contoso.a").await;
    assert_eq!(records.len(), 1);
    let (records, _) = all(&house, &anna, "q=1.0.0").await;
    assert_eq!(
        records.len(),
        1,
        "the whole trail is searched, however rare the text is"
    );
    let (records, _) = all(&house, &bob, "").await;
    let actions: Vec<_> = records.iter().map(|record| record.action.as_str()).collect();
    assert_eq!(actions, ["package.pushed", "member.added", "member.added"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_download_ends_with_the_right_to_it(#[case] database: Database) {
    let (house, _, bob) = open(database, 0).await;
    let contoso = gallery::import::find_owner(house.g(), &name("contoso")).await.unwrap();
    let event = || AuditEvent::new(&bob, AuditAction::PackageListed, Subject::package("A")).on_behalf_of(contoso);
    let events = std::iter::repeat_with(event).take(1_500).collect();
    house.g().begin().await.unwrap().commit_all(events).await.unwrap();
    let begin = async || {
        download(house.g(), &bob, "contoso", &AuditFilterForm::default())
            .await
            .unwrap()
    };

    let mut promoted = begin().await;
    assert_eq!(promoted.next().await.unwrap().unwrap().len(), 1_000);
    let mut removed = begin().await;
    assert_eq!(removed.next().await.unwrap().unwrap().len(), 1_000);
    let operator = Actor::operator();
    gallery::members::change_role(house.g(), &operator, "contoso", "bob", "administrator")
        .await
        .unwrap();
    assert!(
        promoted.next().await.is_err(),
        "what it would hold is another thing now"
    );
    gallery::members::remove(house.g(), &operator, "contoso", "bob")
        .await
        .unwrap();
    assert!(removed.next().await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_the_trail_gets_no_download(#[case] database: Database) {
    let (house, anna, bob) = open(database, 0).await;
    let carol = house.person("carol").await;
    let begin = async |by: &Actor, query: &str| {
        let begun = download(house.g(), by, "contoso", &filter_of_query(query)).await;
        said(begun.map(|_| ()))
    };
    assert_eq!(begin(&carol, "").await, "There is nothing at this address.");
    assert_eq!(
        begin(&Actor::anonymous(gallery::Origin::default()), "").await,
        "Sign in to go on."
    );
    assert_eq!(begin(&anna, "from=x").await, "from: Write the day as 2026-11-22.");
    assert_eq!(
        begin(&bob, "action=api_key.created").await,
        "action: There is no such action here. Choose one of the list."
    );
}
