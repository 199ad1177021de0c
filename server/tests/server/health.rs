//! Health: alive, and able to work.

use super::inside::Inside;
use gallery::testkit::{Database, TestGallery};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_server_that_can_work_is_live_and_ready(#[case] database: Database) {
    let test = TestGallery::open(database).await;
    let inside = Inside::of(test.gallery.clone(), &[]);
    for path in ["/health/live", "/health/ready"] {
        // Whoever asks comes by the machine's own address, not by the public one.
        let heard = inside.ask("GET", path, &[("host", "10.0.0.7")], Vec::new()).await;
        assert_eq!(
            (heard.status, heard.header("cache-control")),
            (200, Some("no-store")),
            "{path}"
        );
        assert!(heard.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn a_server_that_stops_is_live_and_not_ready() {
    let test = TestGallery::open(Database::Sqlite).await;
    let inside = Inside::of(test.gallery.clone(), &[]);
    inside.stopping.cancel();
    assert_eq!(inside.get("/health/live").await.status, 200);
    let ready = inside.get("/health/ready").await;
    assert_eq!((ready.status, ready.body.as_str()), (503, "stopping\n"));
}

#[tokio::test]
async fn a_server_without_its_database_is_live_and_not_ready() {
    let test = TestGallery::open(Database::Sqlite).await;
    let inside = Inside::of(test.gallery.clone(), &[]);
    test.gallery.close().await;
    assert_eq!(inside.get("/health/live").await.status, 200);
    assert_eq!(inside.get("/health/ready").await.status, 503);
}
