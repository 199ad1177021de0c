//! Publishing: rights, duplicates, races, what is written and who is told.

use crate::parcels::{key_form, package, reason, received};
use crate::people::{House, name};
use domain::api_key::ApiKeyForm;
use domain::package::metadata::License;
use domain::page::Place;
use gallery::packages::{Endpoint, PushRefused, admit, page};
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

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
async fn collaborator_publishes_a_new_id_and_a_version_for_the_organization(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let key = house.key(&bob, "contoso").await;
    let published = house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    assert_eq!(
        (published.id.as_str(), published.version.as_str()),
        ("Contoso.Json", "1.0.0")
    );
    house.push(&key, &package("contoso.json", "1.1")).await.unwrap();
    let page = page(house.g(), &carol, "CONTOSO.JSON", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!((page.id.as_str(), page.version.as_str()), ("contoso.json", "1.1.0"));
    assert_eq!(page.owners, ["contoso"]);
    assert!(!page.insider);
    assert_eq!(
        house.trail(&anna, "contoso").await.split_off(3),
        [
            "api_key.created",
            "api_key.first_used",
            "package.pushed",
            "package.pushed"
        ]
    );
    let mails = house.mails("package-published").await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].to, "contoso@example.com");
    assert_eq!(mails[0].link, "/packages/Contoso.Json/1.0.0");
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_equal_pushes_at_once_exactly_one_wins(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    // The first version makes the id, the second finds it: both ways are raced.
    for version in ["1.0.0", "2.0.0"] {
        let pushes = (0..20).map(|number| {
            // Different bytes of the same version, one in three with other case or metadata.
            let written = match number % 3 {
                0 => version.to_owned(),
                1 => format!("{version}+build.{number}"),
                _ => format!("{version}.0"),
            };
            let description = format!("Push {number}.");
            let (house, key) = (&house, &key);
            async move {
                house
                    .push(key, &package("Contoso.Race", &written).description(&description))
                    .await
                    .map(|_| description)
            }
        });
        let results = futures::future::join_all(pushes).await;
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 19));
        for result in lost {
            assert!(matches!(result.unwrap_err(), PushRefused::VersionExists { .. }));
        }
        let page = page(house.g(), &anna, "contoso.race", Some(version), &Place::Start)
            .await
            .unwrap();
        assert_eq!(page.description, won.into_iter().next().unwrap().unwrap());
    }
    // And once and for all.
    let late = house.push(&key, &package("Contoso.Race", "2.0")).await;
    assert!(matches!(late, Err(PushRefused::VersionExists { .. })));
    let file = gallery::feed::package_file(house.g(), "Contoso.Race", "2.0.0")
        .await
        .unwrap();
    assert!(file.size > 0);
    assert_eq!(house.mismatches().await, [""; 0]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn versions_that_differ_in_case_or_metadata_are_one(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    house
        .push(&key, &package("Contoso.Json", "1.0.0-Beta.1+one"))
        .await
        .unwrap();
    assert_eq!(
        reason(house.push(&key, &package("contoso.json", "1.0-beta.1+two")).await),
        "The version 1.0.0-beta.1+two of 'contoso.json' is the same as 1.0.0-Beta.1+one, which exists already: neither \
         upper and lower case nor build metadata make a difference. Publish another version."
    );
    assert_eq!(
        reason(house.push(&key, &package("Contoso.Json", "1.0.0-Beta.1+one")).await),
        "The version 1.0.0-Beta.1+one of 'Contoso.Json' exists already and cannot be replaced. Publish another version."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_owners_who_create_an_id_at_once_one_wins(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    let (ours, theirs) = (house.key(&anna, "contoso").await, house.key(&carol, "carol").await);
    for round in 0..5 {
        let id = format!("Wanted.Id{round}");
        let pushes = (0..10).map(|number| {
            let key = if number % 2 == 0 { &ours } else { &theirs };
            let wanted = package(&id, &format!("1.0.{number}"));
            let house = &house;
            async move { (number % 2, house.push(key, &wanted).await) }
        });
        let results = futures::future::join_all(pushes).await;
        let winners: Vec<i32> = results
            .iter()
            .filter(|(_, result)| result.is_ok())
            .map(|(side, _)| *side)
            .collect();
        assert_eq!(
            winners.len(),
            5,
            "all five versions of the owner who was first, and none of the other's"
        );
        assert!(winners.iter().all(|side| *side == winners[0]));
        for (_, result) in results {
            if let Err(refused) = result {
                assert!(matches!(refused, PushRefused::NotAnOwner { .. }), "{refused:?}");
            }
        }
    }
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_tells_its_true_reason(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let ours = house.key(&anna, "contoso").await;
    house.push(&ours, &package("Contoso.Json", "1.0.0")).await.unwrap();

    assert_eq!(
        reason(admit(house.g(), Origin::default(), None, Endpoint::Push).await),
        "An API key must be provided in the header X-NuGet-ApiKey."
    );
    let generic = "The API key is invalid, has expired, or has no permission for this package.";
    assert_eq!(reason(house.push("nonsense", &package("A", "1.0.0")).await), generic);
    let unknown = gallery::api_keys::KeyValue::random(house.g().ids()).unwrap();
    assert_eq!(
        reason(house.push(unknown.expose(), &package("A", "1.0.0")).await),
        generic
    );

    let narrow = ApiKeyForm {
        globs: "Contoso.Other*".to_owned(),
        ..key_form("narrow", "contoso")
    };
    let narrow = house.key_of(&anna, narrow).await;
    assert_eq!(
        reason(house.push(&narrow, &package("Contoso.Json", "2.0.0")).await),
        "The glob patterns of the API key 'narrow' do not match the package id 'Contoso.Json'."
    );
    let versions_only = ApiKeyForm {
        push_scope: "versions".to_owned(),
        ..key_form("versions", "contoso")
    };
    let versions_only = house.key_of(&bob, versions_only).await;
    assert_eq!(
        reason(house.push(&versions_only, &package("Contoso.New", "1.0.0")).await),
        "The API key 'versions' pushes new versions only, and the package id 'Contoso.New' is new."
    );
    house
        .push(&versions_only, &package("Contoso.Json", "1.1.0"))
        .await
        .unwrap();
    let unlist_only = ApiKeyForm {
        push: String::new(),
        ..key_form("unlist", "contoso")
    };
    let unlist_only = house.key_of(&anna, unlist_only).await;
    assert_eq!(
        reason(house.push(&unlist_only, &package("Contoso.Json", "2.0.0")).await),
        "The API key 'unlist' has no scope to push packages."
    );
    let own = house.key(&anna, "anna").await;
    assert_eq!(
        reason(house.push(&own, &package("Contoso.Json", "2.0.0")).await),
        "'anna' does not own the package 'Contoso.Json'."
    );
    let theirs = house.key(&carol, "carol").await;
    assert_eq!(
        reason(house.push(&theirs, &package("Contoso.Json", "1.0.0")).await),
        "'carol' does not own the package 'Contoso.Json'.",
        "rights come before the version"
    );
    assert_eq!(
        reason(house.push_bytes(&ours, b"no zip").await),
        "The file is no zip archive. Upload a .nupkg file as \"dotnet pack\" makes it."
    );
    let bad = package("Contoso.Json", "3.0.0").license(License::Expression("Nonsense".to_owned()));
    assert!(matches!(house.push(&ours, &bad).await, Err(PushRefused::BadPackage(_))));

    gallery::members::remove(house.g(), &anna, "contoso", "bob")
        .await
        .unwrap();
    let gone = house.push(&versions_only, &package("Contoso.Json", "1.2.0")).await;
    assert!(
        matches!(
            gone,
            Err(PushRefused::NotAMember { .. } | PushRefused::SuspendedKey { .. })
        ),
        "{gone:?}"
    );

    gallery::accounts::lock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    assert_eq!(
        reason(house.push(&ours, &package("Contoso.Json", "2.0.0")).await),
        "'contoso' is locked. Ask the operators of this site."
    );
    gallery::accounts::unlock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    gallery::accounts::lock(house.g(), &Actor::operator(), &name("anna"))
        .await
        .unwrap();
    assert_eq!(
        reason(house.push(&ours, &package("Contoso.Json", "2.0.0")).await),
        "Your account is locked. Ask the operators of this site."
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn refused_push_of_somebody_known_is_in_the_trail(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let _ = house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap_err();
    let _ = house.push_bytes(&key, b"no zip").await.unwrap_err();
    house.test.clock.advance(91 * 86_400);
    assert_eq!(
        reason(house.push(&key, &package("Contoso.Json", "2.0.0")).await),
        "The API key 'ci' has expired. Regenerate it, or create a new one."
    );
    let page = gallery::audit_trail::of_organization(house.g(), &anna, "contoso", Place::Start)
        .await
        .unwrap();
    let refused: Vec<_> = page
        .events
        .items
        .iter()
        .filter(|event| event.action == "package.push_refused")
        .map(|event| (event.who.as_str(), event.subject.as_str(), event.credential.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("anna", "", "ci"),
            ("anna", "", "ci"),
            ("anna", "Contoso.Json 1.0.0", "ci")
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn unconfirmed_owner_publishes_nothing(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    house.add_organization(&anna, "fresh").await;
    let refused = gallery::api_keys::create(house.g(), &anna, key_form("ci", "fresh")).await;
    assert_eq!(
        crate::people::said(refused),
        "owner: This owner has not confirmed its email address yet. Confirm it first."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn key_that_is_revoked_while_its_package_is_on_the_way_publishes_nothing(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    let actor = admit(house.g(), Origin::default(), Some(&key), Endpoint::Push)
        .await
        .unwrap();
    let bytes = received(house.g(), &package("Contoso.Json", "1.0.0").build()).await;
    let keys = gallery::api_keys::mine(house.g(), &anna).await.unwrap().keys;
    gallery::api_keys::revoke(house.g(), &anna, keys[0].key).await.unwrap();
    let pushed = gallery::packages::push(house.g(), &actor, bytes).await;
    assert_eq!(reason(pushed), "The API key 'ci' was revoked. Create a new one.");
    assert!(gallery::feed::versions(house.g(), "Contoso.Json").await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_lost_are_swept_and_those_that_won_stay(#[case] database: Database) {
    let (house, anna, ..) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let lost = received(
        house.g(),
        &package("Contoso.Json", "1.0.0").description("Lost.").build(),
    )
    .await;
    house.g().blobs().keep(&lost, house.g().now()).await.unwrap();
    house.test.clock.advance(7_200);
    gallery::sweep::sweep(house.g()).await.unwrap();
    assert_eq!(house.g().blobs().size(&lost.key).await.unwrap(), None);
    assert_eq!(house.mismatches().await, [""; 0]);
}
