//! Search and autocomplete, as clients ask.

use super::nuget_site::{Site, package};
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

async fn publish_some(site: &Site, key: &str) {
    let json = package("Contoso.Json", "1.0.0")
        .authors("Anna, Olga")
        .description("Reads JSON.")
        .element("projectUrl", "https://contoso.example/json")
        .tags("json text");
    let tool = package("Contoso.Tool", "1.0.0").description("A tool.");
    let mut packages = vec![json.build(), tool.build()];
    for version in ["1.1.0", "2.0.0-beta", "2.0.0-beta.2+sha"] {
        packages.push(package("Contoso.Json", version).description("Reads JSON.").build());
    }
    packages.push(
        package("Contoso.Text", "1.0.0-alpha")
            .description("Reads text.")
            .build(),
    );
    for bytes in packages {
        assert_eq!(site.push(key, &bytes).await.status, 201);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_search_shows_what_clients_show(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    publish_some(&site, &key).await;
    let answer = site
        .get("/v3/query?q=json&skip=0&take=20&prerelease=true&semVerLevel=2.0.0")
        .await;
    insta::assert_snapshot!("search", site.steady(&answer));
    let answer = site
        .get("/v3/autocomplete?q=contoso&prerelease=true&semVerLevel=2.0.0")
        .await;
    insta::assert_snapshot!("autocomplete", site.steady(&answer));
}

#[rstest]
#[case("", json!([["Contoso.Json", "1.1.0"], ["Contoso.Tool", "1.0.0"]]))]
#[case("prerelease=true", json!([["Contoso.Json", "2.0.0-beta"], ["Contoso.Text", "1.0.0-alpha"], ["Contoso.Tool", "1.0.0"]]))]
#[case("semVerLevel=2.0.0", json!([["Contoso.Json", "1.1.0"], ["Contoso.Tool", "1.0.0"]]))]
#[case("q=JSON&prerelease=True&semVerLevel=2.0.0", json!([["Contoso.Json", "2.0.0-beta.2+sha"]]))]
#[case("q=tool", json!([["Contoso.Tool", "1.0.0"]]))]
#[case("q=nothing", json!([]))]
#[case("take=1", json!([["Contoso.Json", "1.1.0"]]))]
#[case("skip=1&take=1", json!([["Contoso.Tool", "1.0.0"]]))]
#[case("skip=5", json!([]))]
#[case("packageType=dependency&take=1", json!([["Contoso.Json", "1.1.0"]]))]
#[case("packageType=DotnetTool", json!([]))]
#[case("packageType=%00", json!([]))]
#[tokio::test]
async fn parameters_choose(#[case] query: &str, #[case] expected: Value) {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    publish_some(&site, &key).await;
    let answer = site.get(&format!("/v3/query?{query}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let document = answer.json();
    let hits = document["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| json!([hit["id"], hit["version"]]));
    assert_eq!(Value::from_iter(hits), expected);
    assert!(document["totalHits"].as_u64().unwrap() >= expected.as_array().unwrap().len() as u64);
}

#[tokio::test]
async fn take_is_capped_and_nonsense_is_named() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    let answer = site.get("/v3/query?take=99999&skip=0").await;
    assert_eq!(
        (answer.status, answer.json()["data"].as_array().unwrap().len()),
        (200, 1)
    );
    let answer = site.get("/v3/query?take=0").await;
    assert_eq!(
        (answer.json()["totalHits"].clone(), answer.json()["data"].clone()),
        (json!(1), json!([]))
    );
    for (query, parameter) in [("take=-1", "take"), ("skip=one", "skip")] {
        for path in ["query", "autocomplete"] {
            let answer = site.get(&format!("/v3/{path}?{query}")).await;
            assert_eq!(answer.status, 400);
            assert!(answer.text().contains(&format!("\"{parameter}\"")), "{answer:?}");
        }
    }
}

#[rstest]
#[case("id=contoso.json", json!(["1.0.0", "1.1.0"]))]
#[case("id=Contoso.Json&prerelease=true", json!(["1.0.0", "1.1.0", "2.0.0-beta"]))]
#[case("id=contoso.json&prerelease=true&semVerLevel=2.0.0", json!(["1.0.0", "1.1.0", "2.0.0-beta", "2.0.0-beta.2+sha"]))]
#[case("id=unknown", json!([]))]
#[case("q=js", json!(["Contoso.Json"]))]
#[case("q=son", json!([]))]
#[case("q=contoso&take=1", json!(["Contoso.Json"]))]
#[tokio::test]
async fn ids_and_versions_are_completed(#[case] query: &str, #[case] expected: Value) {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    publish_some(&site, &key).await;
    assert_eq!(
        site.get(&format!("/v3/autocomplete?{query}")).await.json()["data"],
        expected
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn what_is_unlisted_is_found_no_more_with_the_next_request(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    site.publish(&key, "Contoso.Json", "2.0.0").await;
    let found = async || {
        let answer = site.get("/v3/query?q=contoso").await.json();
        answer["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["version"].clone())
            .collect::<Value>()
    };
    assert_eq!(found().await, json!(["2.0.0"]));
    assert_eq!(site.unlist(&key, "Contoso.Json", "2.0.0").await.status, 204);
    assert_eq!(found().await, json!(["1.0.0"]));
    assert_eq!(site.unlist(&key, "Contoso.Json", "1.0.0").await.status, 204);
    assert_eq!(found().await, json!([]));
    assert_eq!(site.get("/v3/autocomplete?q=contoso").await.json()["data"], json!([]));
}

#[tokio::test]
async fn an_answer_is_compressed_and_not_sent_twice() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    let path = "/v3/query?q=contoso";
    let plain = site.get(path).await;
    let packed = site.ask("GET", path, &[("Accept-Encoding", "gzip, deflate")]).await;
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(
        (packed.json(), packed.header("vary")),
        (plain.json(), Some("accept-encoding"))
    );
    let etag = plain.header("etag").unwrap();
    assert_eq!(site.ask("GET", path, &[("If-None-Match", etag)]).await.status, 304);
    site.publish(&key, "Contoso.Json", "1.1.0").await;
    assert_eq!(site.ask("GET", path, &[("If-None-Match", etag)]).await.status, 200);
    assert_eq!(site.ask("HEAD", path, &[]).await.body, b"");
}
