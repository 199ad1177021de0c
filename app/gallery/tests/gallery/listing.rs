//! Unlisting and relisting: who may, and what still finds an unlisted version.

use crate::parcels::{key_form, package, reason};
use crate::people::{House, name};
use domain::api_key::ApiKeyForm;
use domain::page::Place;
use gallery::feed::{package_file, registration_leaf, versions};
use gallery::packages::{Listing, page, search, set_listing};
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use gallery::{Actor, Origin, accounts, members};
use rstest::rstest;

/// Anna administers contoso, Bob collaborates, Carol is nobody there; contoso has 1.0.0 and 2.0.0.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    let key = house.key(&anna, "contoso").await;
    for version in ["1.0.0", "2.0.0"] {
        house.push(&key, &package("Contoso.Json", version)).await.unwrap();
    }
    (house, anna, bob, carol)
}

/// The version that a search shows, if any.
async fn shown(house: &House) -> Option<String> {
    let query = SearchQuery {
        text: "contoso".to_owned(),
        semver2: true,
        take: 10,
        ..SearchQuery::default()
    };
    let mut found = search(house.g(), &query).await.unwrap();
    assert_eq!(found.total, found.hits.len() as u64);
    found.hits.pop().map(|hit| hit.full_version)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_unlisted_version_is_found_by_its_name_alone(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    set_listing(house.g(), &bob, "contoso.JSON", "2.0", Listing::Unlisted)
        .await
        .unwrap();
    assert_eq!(shown(&house).await.as_deref(), Some("1.0.0"));
    let default = page(house.g(), &carol, "contoso.json", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(default.version, "1.0.0");
    assert_eq!(default.versions.items.len(), 1, "strangers see no unlisted versions");
    let insider = page(house.g(), &bob, "contoso.json", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(insider.versions.items.len(), 2);
    assert!(
        !page(house.g(), &carol, "contoso.json", Some("2.0.0"), &Place::Start)
            .await
            .unwrap()
            .listed
    );
    assert_eq!(versions(house.g(), "contoso.json").await.unwrap(), ["1.0.0", "2.0.0"]);
    assert!(package_file(house.g(), "contoso.json", "2.0.0").await.is_ok());
    assert!(
        !registration_leaf(house.g(), "contoso.json", true, "2.0.0")
            .await
            .unwrap()
            .listed
    );

    set_listing(house.g(), &anna, "Contoso.Json", "1.0.0", Listing::Unlisted)
        .await
        .unwrap();
    assert_eq!(shown(&house).await, None);
    assert_eq!(
        page(house.g(), &carol, "contoso.json", None, &Place::Start)
            .await
            .unwrap()
            .version,
        "2.0.0"
    );
    set_listing(house.g(), &anna, "Contoso.Json", "2.0.0", Listing::Listed)
        .await
        .unwrap();
    set_listing(house.g(), &anna, "Contoso.Json", "2.0.0", Listing::Listed)
        .await
        .unwrap();
    assert_eq!(shown(&house).await.as_deref(), Some("2.0.0"));
    let trail = house.trail(&anna, "contoso").await;
    let listings: Vec<_> = trail.iter().filter(|action| action.ends_with("listed")).collect();
    assert_eq!(
        listings,
        ["package.unlisted", "package.unlisted", "package.listed"],
        "twice is once"
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_unlist_is_told_why(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let unlist = async |actor: &Actor, version: &str| {
        reason(set_listing(house.g(), actor, "Contoso.Json", version, Listing::Unlisted).await)
    };
    assert_eq!(
        unlist(&carol, "1.0.0").await,
        "'carol' does not own the package 'Contoso.Json'."
    );
    assert_eq!(
        unlist(&anna, "9.0.0").await,
        "There is no version 9.0.0 of 'Contoso.Json'."
    );
    assert_eq!(
        unlist(&anna, "nonsense").await,
        "There is no version nonsense of 'Contoso.Json'."
    );
    assert_eq!(
        reason(set_listing(house.g(), &anna, "Unknown", "1.0.0", Listing::Unlisted).await),
        "There is no version 1.0.0 of 'Unknown'."
    );
    let nobody = Actor::anonymous(Origin::default());
    let refused = set_listing(house.g(), &nobody, "Contoso.Json", "1.0.0", Listing::Unlisted).await;
    assert!(refused.is_err());

    let push_only = ApiKeyForm {
        unlist: String::new(),
        ..key_form("push only", "contoso")
    };
    let push_only = house.key_of(&bob, push_only).await;
    assert_eq!(
        reason(house.lister(&push_only).await),
        "The API key 'push only' has no scope to unlist or relist versions."
    );
    let own = house.lister(&house.key(&bob, "bob").await).await.unwrap();
    assert_eq!(
        unlist(&own, "1.0.0").await,
        "'bob' does not own the package 'Contoso.Json'."
    );
    let narrow = ApiKeyForm {
        globs: "Other".to_owned(),
        ..key_form("narrow", "contoso")
    };
    let narrow = house.lister(&house.key_of(&bob, narrow).await).await.unwrap();
    assert_eq!(
        unlist(&narrow, "1.0.0").await,
        "The glob patterns of the API key 'narrow' do not match the package id 'Contoso.Json'."
    );
    // The right ends with the next request, even for a key that was looked at already.
    let admitted = house.lister(&house.key(&bob, "contoso").await).await.unwrap();
    accounts::lock(house.g(), &Actor::operator(), &name("bob"))
        .await
        .unwrap();
    assert_eq!(
        unlist(&admitted, "1.0.0").await,
        "Your account is locked. Ask the operators of this site."
    );
    assert_eq!(
        unlist(&bob, "1.0.0").await,
        "Your account is locked. Ask the operators of this site."
    );
    accounts::unlock(house.g(), &Actor::operator(), &name("bob"))
        .await
        .unwrap();
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert!(unlist(&admitted, "1.0.0").await.contains("'contoso'"));
    assert_eq!(
        unlist(&bob, "1.0.0").await,
        "'bob' does not own the package 'Contoso.Json'."
    );
    assert_eq!(shown(&house).await.as_deref(), Some("2.0.0"));
}
