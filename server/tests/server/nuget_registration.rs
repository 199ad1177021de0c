//! Package metadata in three hives.

use super::nuget_site::{Site, package};
use domain::package::{License, PackageId, VersionRange};
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

const HIVES: [&str; 3] = ["registration", "registration-gz", "registration-gz-semver2"];

fn id(text: &str) -> PackageId {
    PackageId::parse(text).unwrap()
}

fn range(text: &str) -> VersionRange {
    VersionRange::parse(text).unwrap()
}

/// Three versions: one that says everything, one for SemVer 2 clients, one unlisted.
async fn publish_three(site: &Site, key: &str) {
    let full = package("Contoso.Json", "1.0")
        .authors("Anna, Olga")
        .description("Reads JSON.")
        .element("title", "Contoso's JSON")
        .element("summary", "JSON.")
        .element("projectUrl", "https://contoso.example/json")
        .element("language", "en-US")
        .tags("json text")
        .readme("# Contoso.Json")
        .dependency("net8.0", &id("Contoso.Text"), &range("[1.0, 2.0)"))
        .dependency("net8.0", &id("Newtonsoft.Json"), &range("13.0.1"))
        .dependency("netstandard2.0", &id("Contoso.Text"), &range("1.0"))
        .build();
    let semver2 = package("Contoso.Json", "1.1-beta.1+sha").license(License::None).build();
    let old = package("Contoso.Json", "0.9.0").build();
    for bytes in [full, semver2, old] {
        let answer = site.push(key, &bytes).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_eq!(site.unlist(key, "Contoso.Json", "0.9.0").await.status, 204);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn the_index_holds_every_version_with_what_it_says(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    publish_three(&site, &key).await;
    let answer = site.get("/v3/registration-gz-semver2/Contoso.JSON/index.json").await;
    insta::assert_snapshot!("registration_index", site.steady(&answer));
    let leaf = site
        .get("/v3/registration-gz-semver2/contoso.json/1.1.0-BETA.1.json")
        .await;
    insta::assert_snapshot!("registration_leaf", site.steady(&leaf));
}

#[tokio::test]
async fn old_clients_get_no_semver2_version_and_new_ones_compressed_bytes() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    publish_three(&site, &key).await;
    for hive in HIVES {
        let plain = hive == "registration";
        let all = hive == "registration-gz-semver2";
        let answer = site.get(&format!("/v3/{hive}/contoso.json/index.json")).await;
        assert_eq!(answer.header("content-encoding"), (!plain).then_some("gzip"), "{hive}");
        let versions: Vec<String> = leaves(&answer.json()["items"][0]).map(|leaf| version(&leaf)).collect();
        let expected: &[&str] = if all {
            &["0.9.0", "1.0.0", "1.1.0-beta.1+sha"]
        } else {
            &["0.9.0", "1.0.0"]
        };
        assert_eq!(versions, expected, "{hive}");
        let leaf = site.get(&format!("/v3/{hive}/contoso.json/1.1.0-beta.1.json")).await;
        assert_eq!(leaf.status, if all { 200 } else { 404 }, "{hive}");
        let asked = [("Accept-Encoding", "gzip, deflate")];
        let answer = site
            .ask("GET", &format!("/v3/{hive}/contoso.json/index.json"), &asked)
            .await;
        assert_eq!(answer.header("content-encoding"), Some("gzip"), "{hive}");
    }
}

#[tokio::test]
async fn an_id_of_which_a_hive_knows_nothing_is_not_found() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    site.publish(&key, "Contoso.New", "1.0.0-a.b").await;
    for (hive, status) in HIVES.into_iter().zip([404, 404, 200]) {
        assert_eq!(
            site.get(&format!("/v3/{hive}/contoso.new/index.json")).await.status,
            status,
            "{hive}"
        );
        for path in [
            "unknown/index.json",
            "contoso.new/1.0.json",
            "contoso.new/x.json",
            "contoso.new/1.0.0-a.b",
        ] {
            assert_eq!(
                site.get(&format!("/v3/{hive}/{path}")).await.status,
                404,
                "{hive}/{path}"
            );
        }
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn from_128_versions_on_pages_stand_apart(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    for minor in 0..127 {
        site.publish(&key, "Contoso.Many", &format!("1.{minor}.0")).await;
    }
    let index = async || {
        site.get("/v3/registration-gz-semver2/contoso.many/index.json")
            .await
            .json()
    };
    let before = index().await;
    assert_eq!(before["count"], 2);
    assert_eq!(leaves(&before["items"][0]).count(), 64);

    site.publish(&key, "Contoso.Many", "1.127.0").await;
    let after = index().await;
    let shape: Vec<_> = after["items"].as_array().unwrap().iter().map(shape).collect();
    assert_eq!(
        shape,
        [
            json!([64, "1.0.0", "1.63.0", null]),
            json!([64, "1.64.0", "1.127.0", null])
        ]
    );

    let address = after["items"][0]["@id"].as_str().unwrap().replace(&site.address, "");
    let page = site.get(&address).await.json();
    assert_eq!(page["@id"], after["items"][0]["@id"]);
    assert_eq!(page["parent"], after["@id"]);
    assert_eq!(leaves(&page).count(), 64);

    // Clients keep an index for half an hour; its pages stay good meanwhile.
    site.publish(&key, "Contoso.Many", "1.5.1").await;
    let page = site.get(&address).await.json();
    assert_eq!(shape_of(&page), json!([65, "1.0.0", "1.63.0"]));
    assert_eq!(
        site.get(&address.replace("1.0.0/1.63.0", "3.0.0/4.0.0")).await.status,
        404
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn unlisting_and_relisting_are_seen_with_the_next_request(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    let entry = async || {
        let index = site.get("/v3/registration-gz-semver2/contoso.json/index.json").await;
        let entry = index.json()["items"][0]["items"][0]["catalogEntry"].clone();
        (
            entry["listed"].clone(),
            entry["published"].as_str().unwrap().starts_with("1900-01-01T"),
            index,
        )
    };
    let (listed, unlisted_year, first) = entry().await;
    assert_eq!((listed, unlisted_year), (json!(true), false));
    assert_eq!(site.unlist(&key, "contoso.json", "1.0").await.status, 204);
    let (listed, unlisted_year, second) = entry().await;
    assert_eq!((listed, unlisted_year), (json!(false), true));
    assert_ne!(first.header("etag"), second.header("etag"));
    let path = "/api/v2/package/Contoso.Json/1.0.0";
    assert_eq!(site.ask("POST", path, &[("X-NuGet-ApiKey", &key)]).await.status, 200);
    assert_eq!(entry().await.0, json!(true));
}

fn leaves(page: &Value) -> impl Iterator<Item = Value> {
    page["items"].as_array().unwrap().clone().into_iter()
}

fn version(leaf: &Value) -> String {
    leaf["catalogEntry"]["version"].as_str().unwrap().to_owned()
}

fn shape(page: &Value) -> Value {
    json!([page["count"], page["lower"], page["upper"], page["items"]])
}

fn shape_of(page: &Value) -> Value {
    json!([page["count"], page["lower"], page["upper"]])
}
