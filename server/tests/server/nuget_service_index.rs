//! The service index: whole, and true.

use super::nuget_site::{Site, package};
use gallery::testkit::Database;
use serde_json::Value;

#[tokio::test]
async fn the_service_index_names_what_there_is() {
    let site = Site::start(Database::Sqlite).await;
    insta::assert_snapshot!(site.steady(&site.get("/v3/index.json").await));
}

#[tokio::test]
async fn every_resource_answers() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let with_readme = package("Contoso.Json", "1.0.0").readme("# Contoso.Json").build();
    assert_eq!(site.push(&key, &with_readme).await.status, 201);

    let index = site.get("/v3/index.json").await.json();
    for resource in index["resources"].as_array().unwrap() {
        let (kind, address) = (resource["@type"].as_str().unwrap(), resource["@id"].as_str().unwrap());
        let path = address.strip_prefix(&site.address).unwrap();
        let path = path
            .replace("{lower_id}", "contoso.json")
            .replace("{lower_version}", "1.0.0");
        let path = match kind.split('/').next().unwrap() {
            // Pages of the application, which it tests itself.
            "PackageDetailsUriTemplate" | "OwnerDetailsUriTemplate" => continue,
            // Nothing is to be read there; without a key it says so.
            "PackagePublish" => {
                let answer = site.ask("PUT", &path, &[]).await;
                assert_eq!((answer.status, answer.text().is_empty()), (401, false));
                continue;
            }
            "RegistrationsBaseUrl" | "PackageBaseAddress" => format!("{path}contoso.json/index.json"),
            _ => path,
        };
        let answer = site.get(&path).await;
        assert_eq!(answer.status, 200, "{kind}: {path}");
        assert_ne!(answer.body, b"", "{kind}");
    }
}

#[tokio::test]
async fn only_clients_that_know_semver2_take_the_versioned_registrations() {
    let site = Site::start(Database::Sqlite).await;
    let index = site.get("/v3/index.json").await.json();
    let resources = index["resources"].as_array().unwrap();
    let of = |kind: &str| resources.iter().find(|resource| resource["@type"] == kind).unwrap();
    let versioned = of("RegistrationsBaseUrl/Versioned");
    assert_eq!(versioned["clientVersion"], "4.3.0-alpha");
    assert_eq!(versioned["@id"], of("RegistrationsBaseUrl/3.6.0")["@id"]);
    assert!(
        resources
            .iter()
            .all(|resource| resource["clientVersion"] == Value::Null || resource == versioned)
    );
}
