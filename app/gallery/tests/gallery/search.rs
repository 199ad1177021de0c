//! Search: what fits, in which order, and what nobody finds.

use crate::parcels::package;
use crate::people::House;
use domain::profile::SortBy;
use gallery::feed::{count_download, flush_downloads, package_file};
use gallery::packages::search;
use gallery::search::{SearchQuery, page};
use gallery::testkit::Database;
use rstest::rstest;

async fn open(database: Database) -> (House, String) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    (house, key)
}

fn query(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        semver2: true,
        take: 20,
        ..SearchQuery::default()
    }
}

async fn ids(house: &House, query: &SearchQuery) -> Vec<String> {
    let found = search(house.g(), query).await.unwrap();
    found.hits.into_iter().map(|hit| hit.id).collect()
}

async fn download(house: &House, id: &str, times: u32) {
    let file = package_file(house.g(), id, "1.0.0").await.unwrap();
    for _ in 0..times {
        count_download(house.g(), &file);
    }
    flush_downloads(house.g()).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_id_as_typed_comes_first_then_beginnings_then_tokens_then_mentions(#[case] database: Database) {
    let (house, key) = open(database).await;
    let texts = [
        ("Contoso.Mentions", "Works with json."),
        ("Contoso.Json", "x"),
        ("Json.Net", "x"),
        ("Json", "x"),
        ("Contoso.Text", "x"),
    ];
    for (id, description) in texts {
        house
            .push(&key, &package(id, "1.0.0").authors("Somebody").description(description))
            .await
            .unwrap();
    }
    download(&house, "Contoso.Mentions", 9).await;
    assert_eq!(
        ids(&house, &query("JSON")).await,
        ["Json", "Json.Net", "Contoso.Json", "Contoso.Mentions"]
    );
    assert_eq!(
        ids(&house, &query("contoso json")).await,
        ["Contoso.Json", "Contoso.Mentions"]
    );
    assert_eq!(ids(&house, &query("packageid:json")).await, ["Json"]);
    assert_eq!(ids(&house, &query("owner:nobody json")).await, [""; 0]);
    assert_eq!(ids(&house, &query("owner:CONTOSO json")).await.len(), 4);
    assert_eq!(ids(&house, &query("100%")).await, [""; 0]);
    assert_eq!(
        ids(&house, &query("")).await[0],
        "Contoso.Mentions",
        "without words, by downloads"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_the_newest_version_of_a_kind_that_was_asked_for(#[case] database: Database) {
    let (house, key) = open(database).await;
    for version in ["1.0.0", "1.1.0+build", "2.0.0-beta", "2.0.0-beta.2"] {
        house.push(&key, &package("Contoso.Json", version)).await.unwrap();
    }
    house.push(&key, &package("Contoso.Early", "1.0.0-rc.1")).await.unwrap();
    let shown = async |prerelease: bool, semver2: bool| {
        let query = SearchQuery {
            prerelease,
            semver2,
            sort: SortBy::Name,
            ..query("contoso")
        };
        let found = search(house.g(), &query).await.unwrap();
        assert_eq!(found.total, found.hits.len() as u64);
        let versions = |hit: &gallery::search::Hit| hit.versions.len();
        found
            .hits
            .iter()
            .map(|hit| (hit.full_version.clone(), versions(hit)))
            .collect::<Vec<_>>()
    };
    let of = |found: &[(&str, usize)]| {
        found
            .iter()
            .map(|(text, count)| ((*text).to_owned(), *count))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(false, false).await, of(&[("1.0.0", 1)]));
    assert_eq!(shown(false, true).await, of(&[("1.1.0+build", 2)]));
    assert_eq!(shown(true, false).await, of(&[("2.0.0-beta", 2)]));
    assert_eq!(shown(true, true).await, of(&[("1.0.0-rc.1", 1), ("2.0.0-beta.2", 4)]));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn pages_and_orders_are_as_asked(#[case] database: Database) {
    let (house, key) = open(database).await;
    for number in 0..23 {
        house
            .push(&key, &package(&format!("Contoso.P{number:02}"), "1.0.0"))
            .await
            .unwrap();
        house.test.clock.advance(1);
    }
    download(&house, "Contoso.P07", 3).await;
    let read = async |sort: SortBy, number: u32| page(house.g(), "contoso", false, sort, number).await.unwrap();
    let first = read(SortBy::Name, 1).await;
    assert_eq!(
        (first.total, first.number, first.pages, first.packages.len()),
        (23, 1, 2, 20)
    );
    assert_eq!(first.packages[0].id, "Contoso.P00");
    let last = read(SortBy::Name, 2).await;
    let last_ids: Vec<_> = last.packages.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(last_ids, ["Contoso.P20", "Contoso.P21", "Contoso.P22"]);
    for beyond in [3, u32::MAX] {
        assert_eq!(read(SortBy::Name, beyond).await, last);
    }
    assert_eq!(read(SortBy::Name, 0).await, first);
    assert_eq!(read(SortBy::Recent, 1).await.packages[0].id, "Contoso.P22");
    let most = read(SortBy::Downloads, 1).await;
    assert_eq!(
        (most.packages[0].id.as_str(), most.packages[0].downloads),
        ("Contoso.P07", 3)
    );
    let skipped = SearchQuery {
        skip: 22,
        take: 5,
        sort: SortBy::Name,
        ..query("contoso")
    };
    let found = search(house.g(), &skipped).await.unwrap();
    assert_eq!((found.total, found.hits.len()), (23, 1));
    assert_eq!(
        search(house.g(), &SearchQuery { take: 0, ..skipped })
            .await
            .unwrap()
            .total,
        23
    );
}
