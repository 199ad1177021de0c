//! Work after a commit: done at least once, looks as if done once, and is tried again after a failure.

use crate::people::House;
use domain::permission::Role;
use gallery::Actor;
use gallery::testkit::Database;
use rstest::rstest;

/// Anna invites that many addresses; nothing is sent yet.
async fn open(database: Database, invitations: usize) -> (House, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    house.test.mails().await;
    for number in 0..invitations {
        house
            .invite(
                &anna,
                "contoso",
                &format!("person{number}@work.example"),
                Role::Collaborator,
            )
            .await
            .unwrap();
    }
    (house, anna)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_cannot_be_sent_is_sent_later_and_once(#[case] database: Database) {
    let (house, _) = open(database, 1).await;
    let (mail, aside) = (
        house.test.folder.path().join("mail"),
        house.test.folder.path().join("aside"),
    );
    std::fs::rename(&mail, &aside).unwrap();
    // A file where the folder should be: no mail can be written.
    std::fs::write(&mail, b"").unwrap();
    assert_eq!(house.g().do_due_work().await.unwrap(), 1);
    assert_eq!(house.g().do_due_work().await.unwrap(), 0, "it is put off");
    house.test.clock.advance(2);
    assert_eq!(house.g().do_due_work().await.unwrap(), 1);
    std::fs::remove_file(&mail).unwrap();
    std::fs::rename(&aside, &mail).unwrap();
    assert_eq!(house.number("SELECT CAST(MAX(attempts) AS BIGINT) FROM jobs").await, 2);
    house.test.clock.advance(600);
    assert_eq!(house.mails("invitation").await.len(), 1);
    assert_eq!(house.number("SELECT COUNT(*) FROM jobs").await, 0);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_job_done_twice_looks_as_if_done_once(#[case] database: Database) {
    let (house, _) = open(database, 3).await;
    house.sql("CREATE TABLE kept AS SELECT * FROM jobs").await;
    assert_eq!(house.mails("invitation").await.len(), 3);
    // As after a crash between the mail and the end of its job.
    house.sql("INSERT INTO jobs SELECT * FROM kept").await;
    assert_eq!(house.g().do_due_work().await.unwrap(), 3);
    assert_eq!(house.mails("invitation").await.len(), 3);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_workers_one_does_a_job(#[case] database: Database) {
    let (house, _) = open(database, 30).await;
    let workers = (0..6).map(|_| {
        let g = house.g().clone();
        tokio::spawn(async move {
            let mut done = 0;
            loop {
                match g.do_due_work().await.unwrap() {
                    0 => return done,
                    some => done += some,
                }
            }
        })
    });
    let done: usize = futures::future::join_all(workers)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    assert_eq!(done, 30);
    assert_eq!(house.mails("invitation").await.len(), 30);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_worker_died_is_done_by_another_one(#[case] database: Database) {
    let (house, _) = open(database, 1).await;
    let until = house.g().now().plus_seconds(60).micros();
    house.sql(&format!("UPDATE jobs SET leased_until = {until}")).await;
    assert_eq!(house.g().do_due_work().await.unwrap(), 0);
    house.test.clock.advance(61);
    assert_eq!(house.g().do_due_work().await.unwrap(), 1);
    assert_eq!(house.mails("invitation").await.len(), 1);
}
