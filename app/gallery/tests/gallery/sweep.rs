//! What has ended by its time is swept, and nothing else.

use crate::parcels::{package, received};
use crate::people::House;
use domain::form::{Done, Outcome};
use domain::time::DAY;
use gallery::sweep::sweep;
use gallery::testkit::Database;
use gallery::uploads::{DraftLimits, receive};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn bytes_without_a_row_are_spared_for_an_hour(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let g = house.g();
    let draft = received(g, &package("Anna.Draft", "1.0.0").build()).await;
    let kept = draft.key.clone();
    receive(g, &anna, "a.nupkg", draft, DraftLimits::Bind).await.unwrap();
    let lost = received(g, &package("Anna.Lost", "1.0.0").build()).await;
    g.blobs().keep(&lost, g.now()).await.unwrap();
    house.test.clock.advance(3_500);
    sweep(g).await.unwrap();
    assert!(g.blobs().size(&lost.key).await.unwrap().is_some());
    // Kept anew, by an equal push for example: the hour begins anew by the store's clock, which is the real one.
    house.test.clock.advance(200);
    sweep(g).await.unwrap();
    assert_eq!(g.blobs().size(&lost.key).await.unwrap(), None);
    assert!(g.blobs().size(&kept).await.unwrap().is_some(), "a draft's bytes stay");
    house.test.clock.advance(7 * DAY);
    sweep(g).await.unwrap();
    assert_eq!(g.blobs().size(&kept).await.unwrap(), None, "with the draft");
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_left_half_written_is_removed() {
    let house = House::open(Database::Sqlite).await;
    let folder = house.test.folder.path();
    std::fs::create_dir_all(folder.join("packages/ab")).unwrap();
    let left = [
        folder.join("uploads/1-77.part"),
        folder.join("packages/ab/abcd.nupkg#1"),
    ];
    for file in &left {
        std::fs::write(file, b"half").unwrap();
    }
    sweep(house.g()).await.unwrap();
    assert!(left.iter().all(|file| file.exists()), "somebody may be writing still");
    house.test.clock.advance(3_700);
    sweep(house.g()).await.unwrap();
    assert!(left.iter().all(|file| !file.exists()));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sessions_outcomes_and_drafts_are_swept_when_they_have_ended(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let g = house.g();
    let outcome = Outcome {
        action: "/rpc/members/invite".to_owned(),
        form: String::new(),
        result: Ok(Done::say("Invited.")),
        typed: Vec::new(),
    };
    gallery::outcomes::keep(g, "browser", &outcome).await.unwrap();
    let file = received(g, &package("Anna.A", "1.0.0").build()).await;
    receive(g, &anna, "a.nupkg", file, DraftLimits::Bind).await.unwrap();
    let counts = async || {
        (
            house.number("SELECT COUNT(*) FROM outcomes").await,
            house.number("SELECT COUNT(*) FROM drafts").await,
            house.number("SELECT COUNT(*) FROM sessions").await,
        )
    };
    sweep(g).await.unwrap();
    assert_eq!(counts().await, (1, 1, 1));
    house.test.clock.advance(5 * 60 + 1);
    sweep(g).await.unwrap();
    assert_eq!(counts().await, (0, 1, 1));
    house.test.clock.advance(7 * DAY);
    sweep(g).await.unwrap();
    assert_eq!(counts().await, (0, 0, 1));
    house.test.clock.advance(30 * DAY);
    sweep(g).await.unwrap();
    assert_eq!(counts().await, (0, 0, 0));
    house.chain_is_whole().await;
}
