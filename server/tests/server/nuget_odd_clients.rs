//! Clients that are old, hasty, slow or lying.

use super::nuget_site::{Key, Site, package};
use super::nuget_wire::{connect, form, hear, request, say};
use gallery::testkit::Database;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

/// The head of a push with a form, before the lines about its length.
fn head(key: &str, version: &str) -> String {
    format!(
        "PUT /api/v2/package/ HTTP/{version}\r\nHost: feed.example\r\nX-NuGet-ApiKey: {key}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\n"
    )
}

#[tokio::test]
async fn http_1_0_with_a_bare_line_feed_before_the_last_boundary() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let bytes = package("Contoso.Json", "1.0.0").build();
    let part = "--b\r\nContent-Disposition: form-data; name=\"package\"; filename=\"package\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n";
    let body = [part.as_bytes(), &bytes, b"\n--b--"].concat();
    let head = format!("{}Content-Length: {}\r\n\r\n", head(&key, "1.0"), body.len());
    let answer = say(&site.address, &[head.as_bytes(), &body].concat()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let served = site
        .get("/v3/package/contoso.json/1.0.0/contoso.json.1.0.0.nupkg")
        .await;
    assert_eq!(served.body, bytes);
}

#[tokio::test]
async fn a_refusal_waits_for_the_end_of_a_small_body() {
    let (site, _) = Site::with_team(Database::Sqlite).await;
    let body = form(&package("Contoso.Json", "1.0.0").build());
    let (first, rest) = body.split_at(body.len() / 2);
    let mut connection = connect(&site.address).await;
    let head = format!("{}Content-Length: {}\r\n\r\n", head("unknown", "1.1"), body.len());
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(first).await.unwrap();
    let mut byte = [0];
    let early = timeout(Duration::from_millis(300), connection.read(&mut byte)).await;
    assert!(early.is_err(), "answered before the client had finished: {early:?}");
    connection.write_all(rest).await.unwrap();
    // The connection is good for another request.
    connection
        .write_all(&request("GET", "/v3/index.json", &[], b""))
        .await
        .unwrap();
    let mut answers = Vec::new();
    connection.read_to_end(&mut answers).await.unwrap();
    let answers = String::from_utf8_lossy(&answers);
    assert!(answers.starts_with("HTTP/1.1 403 "), "{answers}");
    assert!(answers.contains("HTTP/1.1 200 OK"), "{answers}");
}

#[tokio::test]
async fn a_client_that_sends_a_large_body_first_reads_its_refusal_afterwards() {
    let (site, _) = Site::with_team(Database::Sqlite).await;
    let body = vec![b'x'; 30 << 20];
    let head = format!("{}Content-Length: {}\r\n\r\n", head("unknown", "1.1"), body.len());
    let answer = say(&site.address, &[head.as_bytes(), &body].concat()).await;
    assert_eq!((answer.status, answer.header("connection")), (403, Some("close")));
}

#[tokio::test]
async fn a_large_body_is_refused_before_it_has_come() {
    let (site, _) = Site::with_team(Database::Sqlite).await;
    let mut connection = connect(&site.address).await;
    let head = format!("{}Content-Length: 200000000\r\n\r\n", head("unknown", "1.1"));
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    timeout(Duration::from_secs(5), connection.read_exact(&mut start))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&start, b"HTTP/1.1 403");
}

#[tokio::test]
async fn a_client_that_asks_first_need_not_send_its_body() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let body = form(&package("Contoso.Json", "1.0.0").build());
    let expecting = |key: &str| {
        format!(
            "{}Connection: close\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
            head(key, "1.1"),
            body.len()
        )
    };
    let refused = say(&site.address, expecting("unknown").as_bytes()).await;
    assert_eq!(refused.status, 403);

    let mut connection = connect(&site.address).await;
    connection.write_all(expecting(&key).as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    connection.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    connection.write_all(&body).await.unwrap();
    assert_eq!(hear(&mut connection).await.status, 201);
}

#[tokio::test]
async fn a_body_that_is_shorter_than_announced_publishes_nothing() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let body = form(&package("Contoso.Json", "1.0.0").build());
    let mut connection = connect(&site.address).await;
    let head = format!("{}Content-Length: {}\r\n\r\n", head(&key, "1.1"), body.len() + 1_000);
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&body[..body.len() - 10]).await.unwrap();
    drop(connection);
    sleep(Duration::from_millis(300)).await;
    assert_eq!(site.get("/v3/package/contoso.json/index.json").await.status, 404);
    site.publish(&key, "Contoso.Json", "1.0.0").await;
}

#[tokio::test]
async fn a_body_that_is_longer_than_announced_is_cut_and_refused() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let body = form(&package("Contoso.Json", "1.0.0").build());
    let head = format!(
        "{}Connection: close\r\nContent-Length: {}\r\n\r\n",
        head(&key, "1.1"),
        body.len() - 20
    );
    let answer = say(&site.address, &[head.as_bytes(), &body].concat()).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(site.get("/v3/package/contoso.json/index.json").await.status, 404);
}

#[tokio::test]
async fn a_form_without_a_file_is_refused_in_words() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let headers = |kind| [("X-NuGet-ApiKey", key.as_str()), ("Content-Type", kind)];
    let field = b"--b\r\nContent-Disposition: form-data; name=package\r\n\r\nPK\r\n--b--\r\n";
    let forms: [(&str, &[u8]); 3] = [
        ("multipart/form-data; boundary=b", field),
        ("multipart/form-data", field),
        ("multipart/form-data; boundary=b", b""),
    ];
    for (kind, body) in forms {
        let answer = say(&site.address, &request("PUT", "/api/v2/package", &headers(kind), body)).await;
        assert_eq!(answer.status, 400, "{answer:?}");
        assert!(!answer.reason.is_empty());
    }
}

#[tokio::test]
async fn nothing_of_a_refused_push_stays_in_the_folder_of_uploads() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let limited = site
        .key(Key {
            globs: "Nothing",
            ..Key::of("anna", "contoso")
        })
        .await;
    site.push(&limited, &package("Contoso.Json", "1.0.0").build()).await;
    site.push(&key, b"no package").await;
    for folder in ["uploads", "packages"] {
        let left: Vec<_> = std::fs::read_dir(site.test.folder.path().join(folder))
            .unwrap()
            .collect();
        assert!(left.is_empty(), "{folder}: {left:?}");
    }
}
