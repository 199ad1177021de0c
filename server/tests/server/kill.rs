//! The server is killed in the middle of pushes, again and again. What it had acknowledged is there afterwards, byte for
//! byte, and nothing is left that does not fit.

use super::house::House;
use super::nuget_site::package;
use super::nuget_wire::{FORM, form, request, say, try_say};
use gallery::testkit::{Database, TestGallery};
use rstest::rstest;
use std::hash::{BuildHasher, RandomState};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How many clients push at once.
const CLIENTS: u32 = 6;

/// The latest moment of a kill, in milliseconds after the pushes began.
const LATEST: u64 = 600;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn what_was_acknowledged_survives_a_kill(#[case] database: Database) {
    let house = House::new(TestGallery::open(database).await);
    let key = house.found_a_team().await;
    let mut published = Vec::new();
    let mut server = Server::start(&house).await;
    for round in 0..rounds() {
        let acknowledged = push_until_killed(server, &key, round).await;
        server = Server::start(&house).await;
        for (path, bytes) in &acknowledged {
            let answer = say(&server.address, &request("GET", path, &[], b"")).await;
            assert_eq!(
                (answer.status, &answer.body == bytes),
                (200, true),
                "round {round}: {path}"
            );
        }
        published.extend(acknowledged.into_iter().map(|(path, _)| path));
        let check = house.run(&["check"]).await;
        assert!(check.contains(" 0 mismatches"), "round {round}: {check}");
    }
    assert!(!published.is_empty(), "no push was fast enough");
    for path in &published {
        let head = say(&server.address, &request("HEAD", path, &[], b"")).await;
        assert_eq!(head.status, 200, "{path}");
    }
}

/// Ten rounds, or a hundred when asked for the full numbers.
#[expect(clippy::disallowed_methods, reason = "a test's own setting, read nowhere else")]
fn rounds() -> u32 {
    if std::env::var("GUILDHALL_TEST_LONG").is_ok_and(|long| long == "1") {
        100
    } else {
        10
    }
}

/// The real program, serving.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    async fn start(house: &House) -> Self {
        let mut process = house.guildhall(&["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = timeout(Duration::from_secs(60), lines.next_line())
            .await
            .expect("the server starts")
            .unwrap();
        let first = first.expect("the server says where it serves");
        let address = first
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { process, address }
    }
}

/// Pushes one version after the other, with several clients, until the server is killed at some moment; returns what it
/// had acknowledged: the address and the bytes of each.
async fn push_until_killed(mut server: Server, key: &str, round: u32) -> Vec<(String, Vec<u8>)> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (key, address) = (key.to_owned(), server.address.clone());
        let acknowledged = Arc::clone(&acknowledged);
        clients.spawn(async move {
            for number in 0.. {
                // Two clients to an id, so that some push new ids and some versions of what is there.
                let (id, version) = (
                    format!("Contoso.Part{}", client / 2),
                    format!("{round}.{client}.{number}"),
                );
                let noise: Vec<u8> = (0..number * 10_007 % 300_000_u32)
                    .map(|n| (n.wrapping_mul(n) >> 7) as u8)
                    .collect();
                let bytes = package(&id, &version).file("lib/net8.0/noise.dll", noise).build();
                let headers = [("X-NuGet-ApiKey", key.as_str()), FORM];
                let asked = request("PUT", "/api/v2/package/", &headers, &form(&bytes));
                let Some(answer) = try_say(&address, &asked).await else {
                    return;
                };
                assert_eq!(answer.status, 201, "{answer:?}");
                let id = id.to_lowercase();
                let path = format!("/v3/package/{id}/{version}/{id}.{version}.nupkg");
                acknowledged.lock().unwrap().push((path, bytes));
            }
        });
    }
    sleep(Duration::from_millis(RandomState::new().hash_one(round) % LATEST)).await;
    server.process.start_kill().unwrap();
    server.process.wait().await.unwrap();
    while let Some(client) = clients.join_next().await {
        client.unwrap();
    }
    std::mem::take(&mut *acknowledged.lock().unwrap())
}
