//! A deletion and something else at once: an organization keeps an administrator, a package an owner, and nobody becomes
//! a member of what is gone.

use crate::parcels::package;
use crate::people::{House, name};
use crate::races::{at_once, rounds};
use domain::permission::Role;
use gallery::deletion::{delete_account, delete_organization};
use gallery::members::{accept, add, change_role, leave};
use gallery::testkit::Database;
use gallery::{Actor, Error};
use rstest::rstest;

/// A refusal is one that a person can read; no deadlock, no fault of ours.
fn in_order<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    match result {
        Ok(_) => true,
        Err(Error::Refused(_) | Error::NotFound | Error::Denied(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_is_deleted_or_joined(#[case] database: Database) {
    let house = House::open(database).await;
    let (anna, carol) = (house.person("anna").await, house.person("carol").await);
    for round in 0..rounds() {
        let team = format!("team{round}");
        house.organization(&team, &["anna"], &[]).await;
        house.invite(&anna, &team, "carol", Role::Collaborator).await.unwrap();
        let (owner, invited) = (anna.clone(), carol.clone());
        let (one, other) = (team.clone(), team.clone());
        let (deleted, joined) = at_once(
            &house,
            |g| async move { delete_organization(&g, &owner, &one).await },
            |g| async move { accept(&g, &invited, &other).await },
        )
        .await;
        let (deleted, joined) = (in_order(deleted), in_order(joined));
        assert_ne!(deleted, joined, "exactly one of both");
        let left = "SELECT COUNT(*) FROM memberships JOIN accounts ON accounts.id = organization_id \
                    WHERE accounts.deleted_at IS NOT NULL";
        assert_eq!(house.number(left).await, 0);
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_with_members_keeps_an_administrator(#[case] database: Database) {
    let house = House::open(database).await;
    for person in ["bob", "carol"] {
        house.person(person).await;
    }
    house.organization("contoso", &["bob"], &["carol"]).await;
    let operator = Actor::operator();
    let bob = house
        .session(&house.register("bob", "bob@example.com", true).await.unwrap())
        .await;
    for round in 0..rounds() {
        let person = format!("anna{round}");
        let anna = house.person(&person).await;
        add(
            house.g(),
            &operator,
            &name("contoso"),
            &name(&person),
            Role::Administrator,
        )
        .await
        .unwrap();
        let stepping_down = bob.clone();
        let (deleted, demoted) = at_once(
            &house,
            |g| async move { delete_account(&g, &anna).await },
            |g| async move { change_role(&g, &stepping_down, "contoso", "bob", "collaborator").await },
        )
        .await;
        let (deleted, demoted) = (in_order(deleted), in_order(demoted));
        assert_ne!(deleted, demoted, "exactly one of both");
        let administrators = "SELECT COUNT(*) FROM memberships JOIN accounts ON accounts.id = member_id \
                              WHERE role = 'administrator' AND accounts.deleted_at IS NULL";
        assert_eq!(house.number(administrators).await, 1);
        if demoted {
            add(
                house.g(),
                &operator,
                &name("contoso"),
                &name("bob"),
                Role::Administrator,
            )
            .await
            .unwrap();
            gallery::members::remove(house.g(), &bob, "contoso", &person)
                .await
                .unwrap();
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_owners_who_delete_their_accounts_one_stays(#[case] database: Database) {
    let house = House::open(database).await;
    for round in 0..rounds() {
        let (one, other) = (format!("anna{round}"), format!("bob{round}"));
        let (anna, bob) = (house.person(&one).await, house.person(&other).await);
        let id = format!("Shared.P{round}");
        let key = house.key(&anna, &one).await;
        house.push(&key, &package(&id, "1.0.0")).await.unwrap();
        let second = bob.account().unwrap().0;
        house
            .sql(&format!(
                "INSERT INTO package_owners (package_id, account_id, id_key, since, downloads, listed) \
                 SELECT id, {second}, id_key, 0, downloads, latest_id IS NOT NULL FROM packages WHERE name = '{id}'"
            ))
            .await;
        let (first, second) = at_once(
            &house,
            |g| async move { delete_account(&g, &anna).await },
            |g| async move { delete_account(&g, &bob).await },
        )
        .await;
        assert_ne!(in_order(first), in_order(second), "exactly one of both");
    }
    assert_eq!(house.mismatches().await, [""; 0]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_is_gone_becomes_a_member(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("bob").await;
    house.organization("contoso", &["bob"], &[]).await;
    for round in 0..rounds() {
        let person = format!("anna{round}");
        let anna = house.person(&person).await;
        let (deleted, added) = at_once(
            &house,
            |g| async move { delete_account(&g, &anna).await },
            |g| async move {
                add(
                    &g,
                    &Actor::operator(),
                    &name("contoso"),
                    &name(&person),
                    Role::Collaborator,
                )
                .await
            },
        )
        .await;
        assert!(in_order(deleted), "a collaborator may go, and so may who is none");
        in_order(added);
        let gone = "SELECT COUNT(*) FROM memberships JOIN accounts ON accounts.id = member_id \
                    WHERE accounts.deleted_at IS NOT NULL";
        assert_eq!(house.number(gone).await, 0);
    }
    assert_eq!(house.members("contoso").await, ["bob:administrator"]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_departure_and_a_deletion_leave_an_administrator(#[case] database: Database) {
    let house = House::open(database).await;
    let operator = Actor::operator();
    for round in 0..rounds() {
        let (one, other) = (format!("anna{round}"), format!("bob{round}"));
        let (anna, bob) = (house.person(&one).await, house.person(&other).await);
        let team = format!("team{round}");
        house.organization(&team, &[&one, &other], &[]).await;
        let of = team.clone();
        let (deleted, left) = at_once(
            &house,
            |g| async move { delete_account(&g, &anna).await },
            |g| async move { leave(&g, &bob, &of).await },
        )
        .await;
        assert_ne!(in_order(deleted), in_order(left), "exactly one of both");
        let members = gallery::members::names(house.g(), &operator, &name(&team))
            .await
            .unwrap();
        assert_eq!(members.len(), 1);
        assert_eq!(members[0].1, Role::Administrator);
    }
    house.chain_is_whole().await;
}
