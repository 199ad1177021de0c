//! The flat container: all that a restore asks for.

use super::nuget_site::{Site, package};
use super::nuget_wire::{request, say};
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::json;

/// The smallest picture that there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\
    \xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn versions_are_ascending_normalized_and_listed_or_not(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    for version in ["1.10", "1.2.0", "01.2.0-Beta.2+sha", "1.2.0-beta.10", "2.0.0.1"] {
        site.publish(&key, "Contoso.Json", version).await;
    }
    assert_eq!(site.unlist(&key, "contoso.json", "1.2").await.status, 204);
    let expected = json!({ "versions": ["1.2.0-beta.2", "1.2.0-beta.10", "1.2.0", "1.10.0", "2.0.0.1"] });
    for id in ["contoso.json", "Contoso.JSON"] {
        assert_eq!(site.get(&format!("/v3/package/{id}/index.json")).await.json(), expected);
    }
    for unknown in ["contoso.xml", "%C3%84", "..%2F..", "a%20b"] {
        let answer = site.get(&format!("/v3/package/{unknown}/index.json")).await;
        assert_eq!(answer.status, 404);
        assert_eq!(
            answer.header("x-nuget-warning"),
            None,
            "a client would print it for each feed without the package"
        );
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_package_comes_out_byte_for_byte_under_every_spelling(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    let bytes = site.publish(&key, "Contoso.Json", "1.0-Beta").await;
    for path in [
        "contoso.json/1.0.0-beta/contoso.json.1.0.0-beta.nupkg",
        "Contoso.Json/1.0.0-Beta/Contoso.Json.1.0.0-Beta.nupkg",
        "contoso.json/1.0-beta/contoso.json.1.0.0-beta.nupkg",
        "CONTOSO.JSON/01.0.0.0-BETA+x/contoso.json.1.0-BETA.NUPKG",
    ] {
        let answer = site.get(&format!("/v3/package/{path}")).await;
        assert_eq!((answer.status, &answer.body), (200, &bytes), "{path}");
        assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
        assert_eq!(answer.header("content-length"), Some(bytes.len().to_string().as_str()));
        assert_eq!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        let disposition = "attachment; filename=\"contoso.json.1.0.0-beta.nupkg\"";
        assert_eq!(answer.header("content-disposition"), Some(disposition));
    }
    for path in [
        "contoso.json/1.0.0/contoso.json.1.0.0.nupkg",
        "contoso.json/1.0.0-beta/contoso.json.1.0.1.nupkg",
        "contoso.json/1.0.0-beta/contoso.json.nupkg",
        "contoso.json/nonsense/contoso.json.nonsense.nupkg",
        "contoso.xml/1.0.0-beta/contoso.xml.1.0.0-beta.nupkg",
        "contoso.json/1.0.0-beta/icon",
        "contoso.json/1.0.0-beta/readme",
        "contoso.json/1.0.0-beta/license",
    ] {
        assert_eq!(site.get(&format!("/v3/package/{path}")).await.status, 404, "{path}");
    }
}

#[rstest]
#[case("index.json")]
#[case("1.0.0/contoso.json.1.0.0.nupkg")]
#[case("1.0.0/contoso.json.nuspec")]
#[case("1.0.0/icon")]
#[tokio::test]
async fn head_tells_the_same_and_who_has_it_is_not_sent_it(#[case] file: &str) {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let bytes = package("Contoso.Json", "1.0.0").icon(PNG).build();
    assert_eq!(site.push(&key, &bytes).await.status, 201);
    let path = format!("/v3/package/contoso.json/{file}");
    let get = site.get(&path).await;
    let head = site.ask("HEAD", &path, &[]).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    for header in [
        "content-type",
        "content-length",
        "etag",
        "cache-control",
        "content-disposition",
    ] {
        assert_eq!(head.header(header), get.header(header), "{header}");
    }
    let etag = get.header("etag").unwrap();
    let known = site.ask("GET", &path, &[("If-None-Match", etag)]).await;
    assert_eq!(
        (known.status, known.body.len(), known.header("etag")),
        (304, 0, Some(etag))
    );
    assert_eq!(
        site.ask("GET", &path, &[("If-None-Match", "\"another\"")]).await.status,
        200
    );
}

#[tokio::test]
async fn what_stands_in_a_package_is_served_beside_it() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let package = package("Contoso.Json", "1.0.0")
        .readme("# Hello\n<script>alert(1)</script>")
        .icon(PNG)
        .license(domain::package::License::File("LICENSE.txt".to_owned()))
        .file("LICENSE.txt", "Do what you want.");
    let nuspec = package.nuspec();
    assert_eq!(site.push(&key, &package.build()).await.status, 201);
    let expected = [
        ("contoso.json.nuspec", "application/xml", nuspec.as_bytes()),
        ("Contoso.JSON.nuspec", "application/xml", nuspec.as_bytes()),
        (
            "readme",
            "text/markdown; charset=utf-8",
            b"# Hello\n<script>alert(1)</script>",
        ),
        ("icon", "image/png", PNG),
        ("license", "text/plain; charset=utf-8", b"Do what you want."),
    ];
    for (file, media_type, bytes) in expected {
        let answer = site.get(&format!("/v3/package/Contoso.Json/1.0/{file}")).await;
        assert_eq!((answer.status, answer.body.as_slice()), (200, bytes), "{file}");
        assert_eq!(answer.header("content-type"), Some(media_type), "{file}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{file}");
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_push_is_seen_with_the_next_request(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    let versions = async || site.get("/v3/package/contoso.json/index.json").await;
    assert_eq!(versions().await.status, 404);
    for (version, expected) in [("1.0.0", json!(["1.0.0"])), ("0.9.0", json!(["0.9.0", "1.0.0"]))] {
        site.publish(&key, "Contoso.Json", version).await;
        assert_eq!(versions().await.json()["versions"], expected);
    }
}

#[tokio::test]
async fn a_push_on_one_node_is_seen_on_another_with_the_next_request() {
    let (site, key) = Site::with_team(Database::Postgres).await;
    let other = site.another_node(site.gallery().settings().clone(), &[]).await;
    let asked = request("GET", "/v3/package/contoso.json/index.json", &[], b"");
    assert_eq!(say(&other, &asked).await.status, 404);
    for (version, expected) in [("1.0.0", json!(["1.0.0"])), ("2.0.0", json!(["1.0.0", "2.0.0"]))] {
        site.publish(&key, "Contoso.Json", version).await;
        assert_eq!(say(&other, &asked).await.json()["versions"], expected);
    }
}
