//! Two at once: an organization keeps an administrator, one of two that exclude each other wins, and whoever loses is
//! told why. Many rounds, since one proves nothing; 1,000 with `GUILDHALL_TEST_LONG=1`.

use crate::people::{House, name, said};
use domain::permission::Role;
use gallery::members::{accept, add, cancel, change_role, leave, remove};
use gallery::testkit::Database;
use gallery::{Actor, Error, Gallery};
use rstest::rstest;
use std::future::Future;
use std::sync::Arc;
use tokio::sync::Barrier;

const LAST: &str = "You are the last administrator. Make somebody else administrator first.";
const GONE: &str = "This invitation is not there any more.";
const NOT_A_MEMBER: &str = "This user is not a member any more.";

#[expect(clippy::disallowed_methods, reason = "a test's own setting, read nowhere else")]
pub(crate) fn rounds() -> usize {
    if std::env::var("GUILDHALL_TEST_LONG").is_ok_and(|value| value == "1") {
        1_000
    } else {
        20
    }
}

/// Lets both begin at the same moment, each on a task of its own.
pub(crate) async fn at_once<A, B>(
    house: &House,
    one: impl FnOnce(Gallery) -> A,
    other: impl FnOnce(Gallery) -> B,
) -> (A::Output, B::Output)
where
    A: Future<Output: Send + 'static> + Send + 'static,
    B: Future<Output: Send + 'static> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(2));
    let start = barrier.clone();
    let one = one(house.g().clone());
    let one = tokio::spawn(async move {
        start.wait().await;
        one.await
    });
    let other = other(house.g().clone());
    let other = tokio::spawn(async move {
        barrier.wait().await;
        other.await
    });
    (one.await.unwrap(), other.await.unwrap())
}

/// One won; the other one's refusal.
pub(crate) fn loser<A: std::fmt::Debug, B: std::fmt::Debug>(one: Result<A, Error>, other: Result<B, Error>) -> String {
    match (one, other) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => said(Err::<(), _>(refused)),
        both => panic!("not exactly one winner: {both:?}"),
    }
}

/// Anna and Bob administer contoso, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna", "bob"], &[]).await;
    (house, anna, bob, carol)
}

/// Makes both administrators again.
async fn restore(house: &House) {
    for person in ["anna", "bob"] {
        let operator = Actor::operator();
        let added = add(
            house.g(),
            &operator,
            &name("contoso"),
            &name(person),
            Role::Administrator,
        )
        .await;
        if let Err(error) = added {
            assert_eq!(said(Err::<(), _>(error)), "This user is a member already.");
        }
    }
}

async fn one_administrator_is_left(house: &House) {
    let members = house.members("contoso").await;
    let administrators = members.iter().filter(|member| member.ends_with(":administrator"));
    assert_eq!(administrators.count(), 1, "{members:?}");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_demotions_one_is_refused(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for _ in 0..rounds() {
        let (anna, bob) = (anna.clone(), bob.clone());
        let (one, other) = at_once(
            &house,
            |g| async move { change_role(&g, &anna, "contoso", "anna", "collaborator").await },
            |g| async move { change_role(&g, &bob, "contoso", "bob", "collaborator").await },
        )
        .await;
        assert_eq!(loser(one, other), LAST);
        one_administrator_is_left(&house).await;
        restore(&house).await;
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_departures_one_is_refused(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for _ in 0..rounds() {
        let (anna, bob) = (anna.clone(), bob.clone());
        let (one, other) = at_once(
            &house,
            |g| async move { leave(&g, &anna, "contoso").await },
            |g| async move { leave(&g, &bob, "contoso").await },
        )
        .await;
        assert_eq!(loser(one, other), LAST);
        one_administrator_is_left(&house).await;
        restore(&house).await;
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_a_demotion_and_a_departure_one_is_refused(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for _ in 0..rounds() {
        let (anna, bob) = (anna.clone(), bob.clone());
        let (one, other) = at_once(
            &house,
            |g| async move { change_role(&g, &anna, "contoso", "anna", "collaborator").await },
            |g| async move { leave(&g, &bob, "contoso").await },
        )
        .await;
        assert_eq!(loser(one, other), LAST);
        one_administrator_is_left(&house).await;
        restore(&house).await;
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn administrators_who_remove_each_other_leave_one(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for _ in 0..rounds() {
        let (anna, bob) = (anna.clone(), bob.clone());
        let (one, other) = at_once(
            &house,
            |g| async move { remove(&g, &anna, "contoso", "bob").await },
            |g| async move { remove(&g, &bob, "contoso", "anna").await },
        )
        .await;
        // Whoever is no member any more does not find the organization.
        assert_eq!(loser(one, other), "There is nothing at this address.");
        one_administrator_is_left(&house).await;
        restore(&house).await;
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_accepted_or_cancelled(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    for _ in 0..rounds() {
        house
            .invite(&anna, "contoso", "carol", Role::Collaborator)
            .await
            .unwrap();
        let key = house.invitations(&anna, "contoso").await[0].0;
        let (administrator, invited) = (anna.clone(), carol.clone());
        let (accepted, cancelled) = at_once(
            &house,
            |g| async move { accept(&g, &invited, "contoso").await },
            |g| async move { cancel(&g, &administrator, "contoso", key).await },
        )
        .await;
        let joined = accepted.is_ok();
        assert_eq!(loser(accepted, cancelled), GONE);
        assert_eq!(house.members("contoso").await.len(), if joined { 3 } else { 2 });
        assert_eq!(house.invitations(&anna, "contoso").await, []);
        if joined {
            leave(house.g(), &carol, "contoso").await.unwrap();
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_removed_member_gets_no_other_role(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for _ in 0..rounds() {
        let operator = Actor::operator();
        add(
            house.g(),
            &operator,
            &name("contoso"),
            &name("carol"),
            Role::Collaborator,
        )
        .await
        .unwrap();
        let (anna, bob) = (anna.clone(), bob.clone());
        let (changed, removed) = at_once(
            &house,
            |g| async move { change_role(&g, &anna, "contoso", "carol", "administrator").await },
            |g| async move { remove(&g, &bob, "contoso", "carol").await },
        )
        .await;
        removed.unwrap();
        if let Err(error) = changed {
            assert_eq!(said(Err::<(), _>(error)), NOT_A_MEMBER);
        }
        assert_eq!(
            house.members("contoso").await,
            ["anna:administrator", "bob:administrator"]
        );
    }
    house.chain_is_whole().await;
}
