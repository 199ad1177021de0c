//! Two at once about the owners of a package: one of two that exclude each other wins, and an owner is always left.

use crate::ownership::{open, owners, received};
use crate::people::said;
use crate::races::{at_once, loser, rounds};
use gallery::ownership::{accept, add, cancel, remove};
use gallery::testkit::Database;
use rstest::rstest;

const GONE: &str = "This request is not there any more.";

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_accepted_or_withdrawn(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    for _ in 0..rounds() {
        add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
        let key = received(&house, &carol).await[0].key;
        let (owner, asked) = (anna.clone(), carol.clone());
        let (accepted, cancelled) = at_once(
            &house,
            |g| async move { accept(&g, &asked, key).await },
            |g| async move { cancel(&g, &owner, key).await },
        )
        .await;
        let joined = accepted.is_ok();
        assert_eq!(loser(accepted, cancelled), GONE);
        assert_eq!(
            owners(&house, &anna, "Contoso.Json").await.len(),
            if joined { 2 } else { 1 }
        );
        assert!(received(&house, &carol).await.is_empty());
        if joined {
            remove(house.g(), &carol, "Contoso.Json", "carol").await.unwrap();
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn owners_who_remove_each_other_leave_one(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    for _ in 0..rounds() {
        if owners(&house, &anna, "Contoso.Json").await.len() < 2 {
            add(house.g(), &anna, "Contoso.Json", "carol").await.unwrap();
            accept(house.g(), &carol, received(&house, &carol).await[0].key)
                .await
                .unwrap();
        }
        let (one, other) = (anna.clone(), carol.clone());
        let (by_anna, by_carol) = at_once(
            &house,
            |g| async move { remove(&g, &one, "Contoso.Json", "carol").await },
            |g| async move { remove(&g, &other, "Contoso.Json", "contoso").await },
        )
        .await;
        let carol_is_left = by_carol.is_ok();
        // Whoever is no owner any more does not find it.
        assert_eq!(loser(by_anna, by_carol), "There is nothing at this address.");
        if carol_is_left {
            assert_eq!(owners(&house, &carol, "Contoso.Json").await, ["carol"]);
            add(house.g(), &carol, "Contoso.Json", "contoso").await.unwrap();
            accept(house.g(), &anna, received(&house, &anna).await[0].key)
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
async fn somebody_is_asked_once(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    for _ in 0..rounds() {
        let (one, other) = (anna.clone(), anna.clone());
        let (first, second) = at_once(
            &house,
            |g| async move { add(&g, &one, "Contoso.Json", "carol").await },
            |g| async move { add(&g, &other, "Contoso.Json", "carol").await },
        )
        .await;
        let refused = loser(first, second);
        assert_eq!(
            refused,
            "owner: This account is asked to own Contoso.Json already. Wait for the answer."
        );
        let requests = received(&house, &carol).await;
        assert_eq!(requests.len(), 1);
        cancel(house.g(), &anna, requests[0].key).await.unwrap();
        assert_eq!(said(accept(house.g(), &carol, requests[0].key).await), GONE);
    }
}
