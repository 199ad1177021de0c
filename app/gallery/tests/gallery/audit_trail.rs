//! The page "Audit trail": who sees what, and pages.

use crate::people::{House, said};
use domain::page::Place;
use domain::permission::Role;
use gallery::audit_trail::of_organization;
use gallery::testkit::Database;
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn administrators_see_all_and_collaborators_what_concerns_packages_and_members(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    house
        .invite(&anna, "contoso", "Dave@work.example", Role::Administrator)
        .await
        .unwrap();
    let page = of_organization(house.g(), &anna, "contoso", Place::Start)
        .await
        .unwrap();
    let rows: Vec<_> = page
        .events
        .items
        .iter()
        .map(|row| format!("{} {} {} {}", row.who, row.action, row.subject, row.after))
        .collect();
    assert_eq!(
        rows,
        [
            "anna invitation.created D…@work.example administrator",
            "operator member.added bob collaborator",
            "operator member.added anna administrator",
            "operator organization.created contoso ",
        ]
    );
    assert!(page.events.items[0].who_is_account && !page.events.items[1].who_is_account);
    assert_eq!(page.events.items[0].credential, "session");
    assert_eq!(
        house.trail(&bob, "contoso").await,
        ["member.added", "member.added", "invitation.created"]
    );
    let stranger = of_organization(house.g(), &carol, "contoso", Place::Start).await;
    assert_eq!(said(stranger), "There is nothing at this address.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_paged_newest_first(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    for role in ["administrator", "collaborator"].iter().cycle().take(60) {
        gallery::members::change_role(house.g(), &anna, "contoso", "bob", role)
            .await
            .unwrap();
    }
    let read = async |place: Place| {
        of_organization(house.g(), &anna, "contoso", place)
            .await
            .unwrap()
            .events
    };
    let first = read(Place::Start).await;
    assert_eq!((first.items.len(), first.previous), (50, None));
    let second = read(Place::After(first.next.unwrap())).await;
    assert_eq!((second.items.len(), second.next), (13, None));
    assert_eq!(second.items.last().unwrap().action, "organization.created");
    let back = read(Place::Before(second.previous.unwrap())).await;
    assert_eq!(back.items, first.items);
    assert_eq!(read(Place::After("nonsense".to_owned())).await.items, []);
}
