//! A cookie that somebody else has put into the browser before its person signed in.

use super::ANNA;
use super::browser::{Browser, location};
use super::site::Site;
use domain::form::{Done, Outcome};
use gallery::outcomes;
use gallery::testkit::Database;
use rstest::rstest;

/// Of the same form as a real one, and known to its maker.
const PLANTED: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const MALLORY: [(&str, &str); 3] = [
    ("name", "mallory"),
    ("email", "mallory@example.com"),
    ("verified", "on"),
];

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn whoever_signs_in_is_recognized_by_another_secret_from_then_on(#[case] database: Database) {
    let site = Site::start(database).await;
    let name = site.browser_cookie();
    let mut browser = Browser::new();
    browser.plant(&name, PLANTED);
    assert_eq!(site.sign_in_as(&mut browser, &ANNA).await, "/register");
    let registering = browser.cookie(&name).unwrap().to_owned();
    assert_ne!(registering, PLANTED);
    site.register(&browser, "anna", "anna@example.com").await;
    browser.plant(&name, PLANTED);
    assert_eq!(site.sign_in_as(&mut browser, &ANNA).await, "/packages");
    let signed_in = browser.cookie(&name).unwrap().to_owned();
    assert_ne!(signed_in, PLANTED);
    assert_ne!(signed_in, registering);
    assert_eq!(signed_in.len(), 43);
}

#[tokio::test]
async fn a_sign_in_that_was_begun_with_a_planted_secret_ends_nowhere() {
    let site = Site::start(Database::Sqlite).await;
    let name = site.browser_cookie();
    let (mut victim, mut thief) = (Browser::new(), Browser::new());
    site.sign_in_as(&mut victim, &ANNA).await;
    site.register(&victim, "anna", "anna@example.com").await;
    thief.plant(&name, PLANTED);
    victim.plant(&name, PLANTED);
    let page = site.start_sign_in(&mut thief, "development", "/").await;
    let callback = site.decide(&mut thief, &page, &MALLORY).await;
    site.sign_in_as(&mut victim, &ANNA).await;
    let told = location(&victim.get(&callback).await);
    let error = site.told(&victim, &told).await;
    assert!(error.message.contains("not begun in this browser"), "{error:?}");
    assert_eq!(site.session(&victim).await.unwrap().viewer.name, "anna");
}

/// What a form without script came to, a new key among it, is kept under the browser's secret.
#[tokio::test]
async fn what_a_form_came_to_is_not_read_with_a_planted_secret() {
    let site = Site::start(Database::Sqlite).await;
    let name = site.browser_cookie();
    let mut victim = Browser::new();
    site.sign_in_as(&mut victim, &ANNA).await;
    site.register(&victim, "anna", "anna@example.com").await;
    victim.plant(&name, PLANTED);
    site.sign_in_as(&mut victim, &ANNA).await;
    let outcome = Outcome {
        action: "/rpc/api-key/create".to_owned(),
        form: String::new(),
        result: Ok(Done::say("A key was made.")),
        typed: Vec::new(),
    };
    let own = victim.cookie(&name).unwrap();
    let id = outcomes::keep(site.gallery(), own, &outcome).await.unwrap();
    assert!(outcomes::take(site.gallery(), PLANTED, &id).await.unwrap().is_none());
    assert!(outcomes::take(site.gallery(), own, &id).await.unwrap().is_some());
}
