//! What clients read: versions, registrations for each kind of client, files, download counts.

use crate::parcels::package;
use crate::people::House;
use domain::package::{PackageId, VersionRange};
use domain::page::Place;
use futures::TryStreamExt;
use gallery::feed::{
    autocomplete, count_download, flush_downloads, generation, last_change, nuspec, package_file, registration,
    registration_leaf, registration_page, versions, versions_of,
};
use gallery::packages::page;
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

async fn open(database: Database) -> (House, String) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    (house, key)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn old_clients_see_what_they_understand_and_the_flat_container_has_all(#[case] database: Database) {
    let (house, key) = open(database).await;
    for version in ["2.0.0", "1.0.0-beta", "1.0.0-beta.2", "1.0.0", "3.0.0+build.7"] {
        house.push(&key, &package("Contoso.Json", version)).await.unwrap();
    }
    let range = VersionRange::parse("1.0.0-beta.2").unwrap();
    let needs_semver2 = package("Contoso.Json", "1.5.0").dependency("net8.0", &PackageId::parse("X").unwrap(), &range);
    house.push(&key, &needs_semver2).await.unwrap();
    assert_eq!(
        versions(house.g(), "CONTOSO.json").await.unwrap(),
        ["1.0.0-beta", "1.0.0-beta.2", "1.0.0", "1.5.0", "2.0.0", "3.0.0"]
    );
    let shown = async |semver2: bool| {
        let index = registration(house.g(), "contoso.JSON", semver2).await.unwrap();
        assert_eq!(index.id, "Contoso.Json");
        assert_eq!(index.pages.len(), 1);
        let leaves = index.pages[0].leaves.clone().unwrap();
        leaves.into_iter().map(|leaf| leaf.full_version).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(true).await,
        ["1.0.0-beta", "1.0.0-beta.2", "1.0.0", "1.5.0", "2.0.0", "3.0.0+build.7"]
    );
    assert_eq!(shown(false).await, ["1.0.0-beta", "1.0.0", "2.0.0"]);
    assert!(
        registration_leaf(house.g(), "contoso.json", false, "3.0.0")
            .await
            .is_err()
    );
    let leaf = registration_leaf(house.g(), "contoso.json", true, "3").await.unwrap();
    assert_eq!(leaf.full_version, "3.0.0+build.7");
    assert_eq!(
        versions_of(house.g(), "contoso.json", false, true).await.unwrap(),
        ["1.0.0", "1.5.0", "2.0.0", "3.0.0+build.7"]
    );
    assert_eq!(versions_of(house.g(), "unknown", true, true).await.unwrap(), [""; 0]);
    assert!(registration(house.g(), "unknown", true).await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn many_versions_are_pages_of_their_own(#[case] database: Database) {
    let (house, key) = open(database).await;
    for minor in 0..130 {
        house
            .push(&key, &package("Contoso.Many", &format!("1.{minor}.0")))
            .await
            .unwrap();
    }
    let index = registration(house.g(), "contoso.many", true).await.unwrap();
    let pages: Vec<_> = index
        .pages
        .iter()
        .map(|page| {
            (
                page.lower.as_str(),
                page.upper.as_str(),
                page.count,
                page.leaves.is_none(),
            )
        })
        .collect();
    assert_eq!(
        pages,
        [
            ("1.0.0", "1.63.0", 64, true),
            ("1.64.0", "1.127.0", 64, true),
            ("1.128.0", "1.129.0", 2, true)
        ]
    );
    let second = registration_page(house.g(), "contoso.many", true, "1.64.0", "1.127.0")
        .await
        .unwrap();
    assert_eq!((second.count, second.leaves.unwrap().len()), (64, 64));
    assert!(
        registration_page(house.g(), "contoso.many", true, "5.0.0", "6.0.0")
            .await
            .is_err()
    );
    assert!(
        registration_page(house.g(), "contoso.many", true, "nonsense", "6.0.0")
            .await
            .is_err()
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn files_come_back_byte_for_byte_and_downloads_are_counted(#[case] database: Database) {
    let (house, key) = open(database).await;
    let bytes = package("Contoso.Json", "1.0.0").build();
    house.push_bytes(&key, &bytes).await.unwrap();
    house.push(&key, &package("Contoso.Json", "2.0.0")).await.unwrap();
    let file = package_file(house.g(), "CONTOSO.json", "1.0").await.unwrap();
    assert_eq!(file.name, "contoso.json.1.0.0.nupkg");
    let chunks: Vec<_> = file.open(house.g()).await.unwrap().try_collect().await.unwrap();
    assert!(chunks.concat() == bytes);
    let text = String::from_utf8(nuspec(house.g(), "contoso.json", "1.0.0").await.unwrap()).unwrap();
    assert!(text.contains("<id>Contoso.Json</id>"), "{text}");
    for _ in 0..3 {
        count_download(
            house.g(),
            &package_file(house.g(), "contoso.json", "1.0.0").await.unwrap(),
        );
    }
    count_download(
        house.g(),
        &package_file(house.g(), "contoso.json", "2.0.0").await.unwrap(),
    );
    flush_downloads(house.g()).await.unwrap();
    flush_downloads(house.g()).await.unwrap();
    let nobody = Actor::anonymous(Origin::default());
    let page = page(house.g(), &nobody, "contoso.json", Some("1.0.0"), &Place::Start)
        .await
        .unwrap();
    assert_eq!((page.downloads, page.version_downloads), (4, 3));
    assert!(package_file(house.g(), "contoso.json", "4.0.0").await.is_err());
    assert!(package_file(house.g(), "contoso.json", "../1.0.0").await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_known_with_the_next_question(#[case] database: Database) {
    let (house, key) = open(database).await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let before = generation(house.g(), "Contoso.Json").await.unwrap();
    assert_eq!(generation(house.g(), "contoso.json").await.unwrap(), before);
    let change = last_change(house.g(), "contoso.json").await.unwrap();
    house.push(&key, &package("Contoso.Json", "1.1.0")).await.unwrap();
    assert_ne!(generation(house.g(), "contoso.json").await.unwrap(), before);
    assert!(last_change(house.g(), "contoso.json").await.unwrap().number > change.number);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn ids_are_completed_by_the_beginnings_of_their_tokens(#[case] database: Database) {
    let (house, key) = open(database).await;
    for id in ["Contoso.Json", "Contoso.JsonSchema", "Contoso.Text"] {
        house
            .push(&key, &package(id, "1.0.0").description("Reads json."))
            .await
            .unwrap();
    }
    let query = SearchQuery {
        text: "json".to_owned(),
        semver2: true,
        take: 10,
        ..SearchQuery::default()
    };
    let found = autocomplete(house.g(), &query).await.unwrap();
    assert_eq!(
        (found.total, found.ids),
        (2, vec!["Contoso.Json".to_owned(), "Contoso.JsonSchema".to_owned()])
    );
}
