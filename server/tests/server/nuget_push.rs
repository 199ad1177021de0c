//! Pushing, unlisting and relisting, when nothing is against it.

use super::nuget_site::{Key, Site, package};
use super::nuget_wire::{FORM, chunks, form, request, say};
use domain::package::License;
use gallery::testkit::Database;
use rstest::rstest;
use std::collections::BTreeMap;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn of_twenty_equal_pushes_at_once_one_is_taken(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    let bytes = package("Contoso.Json", "1.0.0").build();
    let pushes = (0..20).map(|_| site.push(&key, &bytes));
    let mut statuses = BTreeMap::<u16, u32>::new();
    for answer in futures::future::join_all(pushes).await {
        *statuses.entry(answer.status).or_default() += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(201, 1), (409, 19)]));
    let served = site
        .get("/v3/package/contoso.json/1.0.0/contoso.json.1.0.0.nupkg")
        .await;
    assert_eq!(served.body, bytes);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn of_twenty_different_packages_of_one_version_one_is_taken(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    let packages: Vec<Vec<u8>> = (0..20)
        .map(|n| {
            package("Contoso.Json", "1.0.0")
                .description(&format!("The {n}th."))
                .build()
        })
        .collect();
    let answers = futures::future::join_all(packages.iter().map(|bytes| site.push(&key, bytes))).await;
    let taken: Vec<_> = answers
        .iter()
        .zip(&packages)
        .filter(|(answer, _)| answer.status == 201)
        .collect();
    assert_eq!(taken.len(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 19);
    let served = site
        .get("/v3/package/contoso.json/1.0.0/contoso.json.1.0.0.nupkg")
        .await;
    assert_eq!(&served.body, taken[0].1);
}

#[tokio::test]
async fn every_push_address_takes_put_and_post_forms_and_raw_bytes() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let addresses = [
        "/api/v2",
        "/api/v2/",
        "/api/v2/package",
        "/api/v2/package/",
        "/nuget",
        "/nuget/",
        "/nuget/package",
        "/nuget/package/",
    ];
    let mut number = 0;
    for address in addresses {
        for method in ["PUT", "POST"] {
            number += 1;
            let bytes = package("Contoso.Json", &format!("1.{number}.0")).build();
            let asked = request(method, address, &[("X-NuGet-ApiKey", &key), FORM], &form(&bytes));
            assert_eq!(say(&site.address, &asked).await.status, 201, "{method} {address}");
        }
    }
    let kinds: [&[(&str, &str)]; 3] = [
        &[],
        &[("Content-Type", "application/octet-stream")],
        &[("Content-Type", "application/x-www-form-urlencoded")],
    ];
    for kind in kinds {
        number += 1;
        let bytes = package("Contoso.Json", &format!("1.{number}.0")).build();
        let headers = [&[("X-NuGet-ApiKey", key.as_str())], kind].concat();
        let asked = request("PUT", "/api/v2/package/", &headers, &bytes);
        assert_eq!(say(&site.address, &asked).await.status, 201, "{kind:?}");
    }
    let versions = site.get("/v3/package/contoso.json/index.json").await.json();
    assert_eq!(versions["versions"].as_array().unwrap().len(), number);
}

#[tokio::test]
async fn a_form_in_chunks_is_taken_byte_for_byte() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let noise: Vec<u8> = (0..300_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let bytes = package("Contoso.Json", "1.0.0")
        .file("lib/net8.0/noise.dll", noise)
        .build();
    let head = format!(
        "PUT /api/v2/package/ HTTP/1.1\r\nHost: x\r\nX-NuGet-ApiKey: {key}\r\nContent-Type: multipart/form-data; \
         boundary=\"b\"\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    );
    let answer = say(
        &site.address,
        &[head.as_bytes(), &chunks(&form(&bytes), 1_000)].concat(),
    )
    .await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(
        answer.header("location"),
        Some(&*format!("{}/packages/Contoso.Json/1.0.0", site.address))
    );
    let served = site
        .get("/v3/package/contoso.json/1.0.0/contoso.json.1.0.0.nupkg")
        .await;
    assert_eq!(served.body, bytes);
}

#[tokio::test]
async fn each_thing_that_could_be_better_is_a_warning() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let poor = package("Contoso.Json", "1.0.0").license(License::None).build();
    let answer = site.push(&key, &poor).await;
    assert_eq!(answer.status, 201);
    let warnings = &answer.headers["x-nuget-warning"];
    assert!(warnings.len() >= 2, "{warnings:?}");
    assert!(
        warnings.iter().any(|warning| warning.to_lowercase().contains("licen")),
        "{warnings:?}"
    );
    assert!(
        warnings.iter().any(|warning| warning.to_lowercase().contains("readme")),
        "{warnings:?}"
    );

    let good = package("Contoso.Json", "1.1.0").readme("# Good").build();
    assert_eq!(site.push(&key, &good).await.headers.get("x-nuget-warning"), None);
}

#[tokio::test]
async fn a_key_that_ends_within_ten_days_is_a_warning() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let push = async |version: &str| {
        let answer = site
            .push(&key, &package("Contoso.Json", version).readme("# Good").build())
            .await;
        assert_eq!(answer.status, 201);
        answer.header("x-nuget-warning").map(str::to_owned)
    };
    const DAY: i64 = 86_400;
    site.test.clock.advance(79 * DAY - 60);
    assert_eq!(push("1.0.0").await, None);
    site.test.clock.advance(DAY);
    let expected = "The API key 'ci' expires in 10 days. Regenerate it in time.";
    assert_eq!(push("1.1.0").await.as_deref(), Some(expected));
    site.test.clock.advance(9 * DAY);
    let expected = "The API key 'ci' expires in 1 day. Regenerate it in time.";
    assert_eq!(push("1.2.0").await.as_deref(), Some(expected));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn unlisting_is_204_and_relisting_200_however_often(#[case] database: Database) {
    let (site, key) = Site::with_team(database).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    let key = [("X-NuGet-ApiKey", key.as_str())];
    for path in ["/api/v2/package", "/nuget/package", "/api/v2", "/nuget"] {
        for version in ["1.0.0", "1.0", "01.0.0.0"] {
            let answer = site
                .ask("DELETE", &format!("{path}/CONTOSO.json/{version}"), &key)
                .await;
            assert_eq!((answer.status, answer.body.len()), (204, 0), "{path} {version}");
        }
    }
    for path in ["/api/v2/package", "/nuget/package", "/nuget/package"] {
        assert_eq!(
            site.ask("POST", &format!("{path}/contoso.json/1.0"), &key).await.status,
            200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn no_cookie_is_read() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let bytes = package("Contoso.Json", "1.0.0").build();
    let cookies = [
        ("Cookie", "guildhall-3000=x; __Host-guildhall=x"),
        ("Sec-Fetch-Site", "cross-site"),
        FORM,
    ];
    let answer = say(
        &site.address,
        &request("PUT", "/api/v2/package", &cookies, &form(&bytes)),
    )
    .await;
    assert_eq!((answer.status, answer.header("set-cookie")), (401, None));
    let headers = [&cookies[..], &[("X-NuGet-ApiKey", key.as_str())]].concat();
    let answer = say(
        &site.address,
        &request("PUT", "/api/v2/package", &headers, &form(&bytes)),
    )
    .await;
    assert_eq!((answer.status, answer.header("set-cookie")), (201, None));
}

#[tokio::test]
async fn a_key_of_the_organization_itself_pushes_too() {
    let (site, _) = Site::with_team(Database::Sqlite).await;
    let key = site.key(Key::of("contoso", "contoso")).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
}
