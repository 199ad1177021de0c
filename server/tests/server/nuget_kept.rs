//! Documents that are kept are answered before anything else looks at the request; nobody can tell but by the time.

use super::nuget_site::Site;
use super::nuget_wire::Answer;
use gallery::testkit::Database;
use rstest::rstest;
use std::collections::BTreeMap;

/// What differs from answer to answer: the moment, the request's number, the nonce.
fn steady(answer: &Answer) -> BTreeMap<String, Vec<String>> {
    let mut headers = answer.headers.clone();
    headers.remove("date");
    headers.remove("x-request-id");
    for policy in headers.get_mut("content-security-policy").into_iter().flatten() {
        let (before, rest) = policy.split_once("'nonce-").unwrap();
        *policy = format!("{before}'nonce-N'{}", rest.split_once('\'').unwrap().1);
    }
    headers
}

/// Only what went through the router has a number.
fn is_kept(answer: &Answer) -> bool {
    answer.header("x-request-id").is_none()
}

#[rstest]
#[case("/v3/index.json")]
#[case("/v3/package/Contoso.Json/index.json")]
#[case("/v3/registration/contoso.json/index.json")]
#[case("/v3/registration-gz/contoso.json/index.json")]
#[case("/v3/registration-gz-semver2/contoso.json/1.0.0.json")]
#[tokio::test]
async fn what_is_kept_is_said_as_it_was_said_first(#[case] path: &str) {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    for encoding in ["identity", "gzip"] {
        let headers = [("Accept-Encoding", encoding)];
        // HEAD never comes from memory, so it tells what the router says.
        let rendered = site.ask("HEAD", path, &headers).await;
        let kept = site.ask("GET", path, &headers).await;
        assert_eq!((rendered.status, kept.status), (200, 200));
        assert!(!is_kept(&rendered) && is_kept(&kept));
        assert_eq!(steady(&kept), steady(&rendered));
        assert!(kept.json().is_object());
    }
    let etag = site.get(path).await.header("etag").unwrap().to_owned();
    let known = site.ask("GET", path, &[("If-None-Match", &etag)]).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert!(is_kept(&known));
}

#[tokio::test]
async fn what_has_changed_is_no_longer_said_from_memory() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let path = "/v3/package/contoso.json/index.json";
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    assert!(!is_kept(&site.get(path).await));
    assert!(is_kept(&site.get(path).await));
    site.publish(&key, "Contoso.Json", "2.0.0").await;
    let answer = site.get(path).await;
    assert!(!is_kept(&answer));
    assert_eq!(answer.json()["versions"], serde_json::json!(["1.0.0", "2.0.0"]));
}
