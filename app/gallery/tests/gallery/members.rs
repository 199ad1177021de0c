//! Roles, removal, leaving, and the list.

use crate::people::{House, name, said};
use domain::page::Place;
use domain::permission::Role;
use gallery::Actor;
use gallery::members::{accept, add, change_role, leave, list, remove};
use gallery::testkit::Database;
use rstest::rstest;

const LAST: &str = "You are the last administrator. Make somebody else administrator first.";
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

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn last_administrator_cannot_leave_step_down_or_be_removed(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    gallery::accounts::promote(house.g(), &Actor::operator(), &name("carol"))
        .await
        .unwrap();
    assert_eq!(said(leave(house.g(), &anna, "contoso").await), LAST);
    assert_eq!(said(remove(house.g(), &anna, "contoso", "ANNA").await), LAST);
    assert_eq!(
        said(change_role(house.g(), &anna, "contoso", "Anna", "collaborator").await),
        LAST
    );
    assert_eq!(said(remove(house.g(), &carol, "contoso", "anna").await), LAST);
    assert_eq!(
        said(remove(house.g(), &Actor::operator(), "contoso", "anna").await),
        LAST
    );
    change_role(house.g(), &anna, "contoso", "bob", "administrator")
        .await
        .unwrap();
    leave(house.g(), &anna, "contoso").await.unwrap();
    assert_eq!(house.members("contoso").await, ["bob:administrator"]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn person_and_organization_hear_of_every_change(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    let before = house.all_mails().await.len();
    change_role(house.g(), &anna, "contoso", "BOB", "administrator")
        .await
        .unwrap();
    // No change, nothing told.
    change_role(house.g(), &anna, "contoso", "bob", "administrator")
        .await
        .unwrap();
    change_role(house.g(), &bob, "contoso", "bob", "collaborator")
        .await
        .unwrap();
    assert_eq!(remove(house.g(), &anna, "contoso", "Bob").await.unwrap().member, "bob");
    assert_eq!(
        house.all_mails().await.split_off(before),
        [
            "role-changed to bob@example.com",
            "role-changed to contoso@example.com",
            "role-changed to bob@example.com",
            "role-changed to contoso@example.com",
            "member-removed to bob@example.com",
            "member-removed to contoso@example.com",
        ]
    );
    assert_eq!(
        house.trail(&anna, "contoso").await[3..],
        ["member.role_changed", "member.role_changed", "member.removed"]
    );
    let gone = change_role(house.g(), &anna, "contoso", "bob", "collaborator").await;
    assert_eq!(said(gone), "This user is not a member any more.");
    assert_eq!(said(leave(house.g(), &bob, "contoso").await), NOT_FOUND);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_collaborator_leaves_and_changes_nobody_else(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let refused = "Only administrators may do this. Ask one of them.";
    assert_eq!(said(remove(house.g(), &bob, "contoso", "anna").await), refused);
    assert_eq!(
        said(change_role(house.g(), &bob, "contoso", "bob", "administrator").await),
        refused
    );
    assert_eq!(said(remove(house.g(), &carol, "contoso", "bob").await), NOT_FOUND);
    assert_eq!(said(remove(house.g(), &anna, "nowhere", "bob").await), NOT_FOUND);
    // One's own name in another writing is still oneself.
    remove(house.g(), &bob, "contoso", "BoB").await.unwrap();
    assert_eq!(house.members("contoso").await, ["anna:administrator"]);
    assert_eq!(house.trail(&anna, "contoso").await.last().unwrap(), "member.left");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_repairs_an_organization(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    let operator = Actor::operator();
    let contoso = name("contoso");
    for (person, role) in [("bob", Role::Administrator), ("carol", Role::Collaborator)] {
        add(house.g(), &operator, &contoso, &name(person), role).await.unwrap();
    }
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "bob:administrator", "carol:collaborator"]
    );
    let again = add(house.g(), &operator, &contoso, &name("carol"), Role::Collaborator).await;
    assert_eq!(said(again), "This user is a member already.");
    let unknown = add(house.g(), &operator, &contoso, &name("nobody"), Role::Collaborator).await;
    assert!(said(unknown).starts_with("There is no user of this name."));
    let nowhere = add(house.g(), &operator, &name("carol"), &name("bob"), Role::Collaborator).await;
    assert_eq!(said(nowhere), NOT_FOUND);
    let not_operator = add(house.g(), &anna, &contoso, &name("carol"), Role::Administrator).await;
    assert_eq!(said(not_operator), NOT_FOUND);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_organization_changes_nothing_but_lets_members_leave(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    house
        .invite(&anna, "contoso", "carol", Role::Collaborator)
        .await
        .unwrap();
    gallery::accounts::lock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    let locked = "The account is locked. Ask the operators of this site.";
    assert_eq!(
        said(house.invite(&anna, "contoso", "x@y.example", Role::Collaborator).await),
        locked
    );
    assert_eq!(said(accept(house.g(), &carol, "contoso").await), locked);
    leave(house.g(), &bob, "contoso").await.unwrap();
    // The refused acceptance left the invitation where it was.
    gallery::accounts::unlock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    accept(house.g(), &carol, "contoso").await.unwrap();
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "carol:collaborator"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_paged_by_name_and_searched(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let operator = Actor::operator();
    for number in 0..120 {
        let person = format!("Member_{number:03}");
        house.person(&person).await;
        add(
            house.g(),
            &operator,
            &name("contoso"),
            &name(&person),
            Role::Collaborator,
        )
        .await
        .unwrap();
    }
    house
        .invite(&anna, "contoso", "new@work.example", Role::Collaborator)
        .await
        .unwrap();
    let read = async |q: &str, place: Place| list(house.g(), &anna, "contoso", q, place).await.unwrap();

    let first = read("", Place::Start).await;
    assert_eq!((first.administrators, first.collaborators), (1, 120));
    assert_eq!(first.invitations.len(), 1);
    assert_eq!(first.members.items.len(), 50);
    assert!(first.members.items[0].oneself && first.members.items[0].name == "anna");
    assert_eq!(first.members.previous, None);
    let second = read("", Place::After(first.members.next.unwrap())).await;
    assert_eq!(second.invitations, []);
    assert_eq!(second.members.items[0].name, "Member_049");
    let third = read("", Place::After(second.members.next.unwrap())).await;
    assert_eq!((third.members.items.len(), third.members.next), (21, None));
    let back = read("", Place::Before(third.members.previous.unwrap())).await;
    assert_eq!(back.members.items[0].name, "Member_049");
    let start = read("", Place::Before(back.members.previous.unwrap())).await;
    assert_eq!(start.members.previous, None);
    assert_eq!(start.invitations.len(), 1);

    let found = read("BER_11", Place::Start).await;
    assert_eq!(found.members.items.len(), 10);
    assert_eq!(found.invitations, []);
    // An underscore is a letter, not a wildcard.
    assert_eq!(read("r_r", Place::Start).await.members.items.len(), 0);
    assert_eq!(read("e%", Place::Start).await.members.items.len(), 0);
    assert_eq!(read("new@", Place::Start).await.invitations.len(), 1);
}
