//! A transformation and something that excludes it at once: one of the two happens, whole, and nobody waits for ever.

use crate::people::{House, address, identity, name, said};
use crate::races::{at_once, loser, rounds};
use crate::transformations::{ask, naming, open};
use domain::links::LocalPath;
use domain::permission::Role;
use domain::session::RegistrationForm;
use gallery::sign_in::SignedIn;
use gallery::testkit::Database;
use gallery::transformations::{accept, cancel, reject, request, undo};
use gallery::{Actor, Error, Origin, accounts, members};
use rstest::rstest;

const GONE: &str = "This request is not there any more.";
const SIGN_IN: &str = "Sign in to go on.";

/// How many sessions Tara has.
const SESSIONS: &str =
    "SELECT count(*) FROM sessions JOIN accounts ON accounts.id = account_id WHERE accounts.name = 'Tara'";

/// Whether Tara is an organization, with Anna as its only member, or a user who is in none.
async fn transformed(house: &House) -> bool {
    let organizations = "SELECT count(*) FROM accounts WHERE name = 'Tara' AND kind = 'organization'";
    let members =
        "SELECT count(*) FROM memberships JOIN accounts ON accounts.id = organization_id WHERE accounts.name = 'Tara'";
    let awake = "SELECT count(*) FROM identities JOIN accounts ON accounts.id = account_id WHERE accounts.name = 'Tara' AND NOT dormant";
    let is = house.number(organizations).await;
    assert_eq!(house.number(members).await, is);
    assert_eq!(house.number(awake).await, 1 - is);
    is == 1
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_accepted_or_cancelled(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    for _ in 0..rounds() {
        ask(&house, &tara).await;
        let (administrator, account) = (anna.clone(), tara.clone());
        let (accepted, cancelled) = at_once(
            &house,
            |g| async move { accept(&g, &administrator, "tara").await },
            |g| async move { cancel(&g, &account).await },
        )
        .await;
        let won = accepted.is_ok();
        assert_eq!(transformed(&house).await, won);
        // Whose account is an organization is nobody any more.
        assert_eq!(loser(accepted, cancelled), if won { SIGN_IN } else { GONE });
        if won {
            undo(house.g(), &anna, "tara").await.unwrap();
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_answered_once(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    for round in 0..rounds() {
        ask(&house, &tara).await;
        let (one, other) = (anna.clone(), anna.clone());
        let (accepted, answered) = at_once(
            &house,
            |g| async move { accept(&g, &one, "tara").await },
            |g| async move {
                if round % 2 == 0 {
                    accept(&g, &other, "tara").await
                } else {
                    reject(&g, &other, "tara").await
                }
            },
        )
        .await;
        assert_eq!(loser(accepted, answered), GONE);
        if transformed(&house).await {
            undo(house.g(), &anna, "tara").await.unwrap();
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_is_locked_meanwhile_accepts_before_or_not_at_all(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let operator = Actor::operator();
    for _ in 0..rounds() {
        ask(&house, &tara).await;
        let administrator = anna.clone();
        let (accepted, locked) = at_once(
            &house,
            |g| async move { accept(&g, &administrator, "tara").await },
            |g| async move { accounts::lock(&g, &Actor::operator(), &name("anna")).await },
        )
        .await;
        locked.unwrap();
        accounts::unlock(house.g(), &operator, &name("anna")).await.unwrap();
        if transformed(&house).await {
            accepted.unwrap();
            undo(house.g(), &anna, "tara").await.unwrap();
        } else {
            assert_eq!(
                said(accepted),
                "Your account is locked. Ask the operators of this site."
            );
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_becomes_a_member_or_an_organization(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["bob"], &[]).await;
    for round in 0..rounds() {
        ask(&house, &tara).await;
        let (administrator, inviter) = (anna.clone(), bob.clone());
        let (accepted, joined) = at_once(
            &house,
            |g| async move { accept(&g, &administrator, "tara").await.map(drop) },
            |g| async move {
                let (contoso, tara) = (name("contoso"), name("tara"));
                if round % 2 == 0 {
                    members::add(&g, &Actor::operator(), &contoso, &tara, Role::Collaborator).await
                } else {
                    let form = domain::member::InviteForm {
                        invited: "tara".to_owned(),
                        role: "collaborator".to_owned(),
                    };
                    members::invite(&g, &inviter, "contoso", form).await.map(drop)
                }
            },
        )
        .await;
        let won = accepted.is_ok();
        assert_eq!(transformed(&house).await, won);
        let told = loser(accepted, joined);
        if won {
            assert!(
                told.ends_with("This is an organization. Only users can become members."),
                "{told}"
            );
            undo(house.g(), &anna, "tara").await.unwrap();
        } else {
            assert!(told.starts_with("The account is "), "{told}");
            if round % 2 == 0 {
                members::leave(house.g(), &tara, "contoso").await.unwrap();
            } else {
                members::decline(house.g(), &tara, "contoso").await.unwrap();
            }
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_signed_in_as_an_organization(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    for _ in 0..rounds() {
        ask(&house, &tara).await;
        let administrator = anna.clone();
        let (accepted, entered) = at_once(
            &house,
            |g| async move { accept(&g, &administrator, "tara").await },
            |g| async move {
                let who = identity("Tara", &address("tara"));
                gallery::sign_in::finish(&g, Origin::default(), who, LocalPath::home()).await
            },
        )
        .await;
        accepted.unwrap();
        match entered {
            Ok(SignedIn::Session { .. } | SignedIn::Refused(_)) => {}
            Ok(other) => panic!("{other:?}"),
            Err(error) => assert_eq!(
                said(Err::<(), Error>(error)),
                "This sign-in has just changed. Sign in again."
            ),
        }
        assert_eq!(house.number(SESSIONS).await, 0);
        assert!(transformed(&house).await);
        undo(house.g(), &anna, "tara").await.unwrap();
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn people_who_ask_one_another_at_once_do_not_wait_for_ever(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    for _ in 0..rounds() {
        let (one, other) = (tara.clone(), anna.clone());
        let (asked, asked_back) = at_once(
            &house,
            |g| async move { request(&g, &one, &naming("anna")).await },
            |g| async move { request(&g, &other, &naming("tara")).await },
        )
        .await;
        let told = loser(asked, asked_back);
        assert!(
            told.starts_with("The account is asked to administer another one."),
            "{told}"
        );
        for person in [&tara, &anna] {
            let _ = cancel(house.g(), person).await;
        }
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_wakes_or_begins_anew(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    for round in 0..rounds().min(100) {
        let old = format!("tara{round}");
        let tara = house.person(&old).await;
        ask(&house, &tara).await;
        accept(house.g(), &anna, &old).await.unwrap();
        let elsewhere = format!("new{round}@example.com");
        let SignedIn::Register { token, .. } = house.finish(identity(&old, &elsewhere)).await else {
            panic!("an old sign-in is a first one")
        };
        let (administrator, organization) = (anna.clone(), old.clone());
        let form = RegistrationForm {
            name: format!("new{round}"),
            email: elsewhere,
        };
        let (undone, registered) = at_once(
            &house,
            |g| async move { undo(&g, &administrator, &organization).await.map(drop) },
            |g| async move {
                accounts::register(&g, Origin::default(), token.expose(), form)
                    .await
                    .map(drop)
            },
        )
        .await;
        let won = undone.is_ok();
        let told = loser(undone, registered);
        if won {
            assert_eq!(told, "You have an account already. Sign in again.");
        } else {
            assert!(told.starts_with("One of the account's old sign-ins was used"), "{told}");
        }
        let twice = format!("SELECT count(*) FROM identities WHERE subject = '{old}'");
        assert_eq!(house.number(&twice).await, 1);
    }
    house.chain_is_whole().await;
}
