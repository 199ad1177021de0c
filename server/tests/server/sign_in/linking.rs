//! Linking a further sign-in to an account, over HTTP.

use super::ANNA;
use super::browser::{Browser, location, parameter};
use super::site::Site;
use domain::form::{Outcome, UiErrorKind};
use domain::security::SignInRow;
use gallery::testkit::Database;
use gallery::{Actor, Origin, Who, accounts, outcomes};
use rstest::rstest;

const SECOND: [(&str, &str); 3] = [("name", "anna-2"), ("email", "anna@work.example"), ("verified", "on")];

impl Site {
    /// A browser in which somebody is signed in who has just registered.
    async fn newcomer(&self, typed: &[(&str, &str)], name: &str) -> Browser {
        let mut browser = Browser::new();
        self.sign_in_as(&mut browser, typed).await;
        self.register(&browser, name, &format!("{name}@example.com")).await;
        self.sign_in_as(&mut browser, typed).await;
        browser
    }

    /// Clicks "Link …"; returns where that leads.
    async fn start_linking(&self, browser: &mut Browser) -> String {
        let url = format!("{}/sign-in/development", self.address);
        location(&browser.post(&url, &[("link", "on")]).await)
    }

    /// What came of linking, as the page that this address names would tell it.
    async fn outcome(&self, browser: &Browser, address: &str) -> Outcome {
        let id = parameter(address, "outcome").expect("an outcome");
        let key = browser.cookie(&self.browser_cookie()).unwrap();
        outcomes::take(self.gallery(), key, &id)
            .await
            .unwrap()
            .expect("kept for this browser")
    }

    async fn sign_ins(&self, browser: &Browser) -> Vec<SignInRow> {
        let session = self.session(browser).await.unwrap();
        let actor = Actor {
            who: Who::Person(session.person),
            origin: Origin::default(),
        };
        let token = self.session_cookie(browser);
        let page = accounts::security(self.gallery(), &actor, token.as_deref(), &[]).await;
        page.unwrap().sign_ins
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_linked_sign_in_opens_the_same_account_from_then_on(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = site.newcomer(&ANNA, "anna").await;
    let session = site.session_cookie(&browser).unwrap();
    let page = site.start_linking(&mut browser).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    let told = location(&browser.get(&callback).await);
    assert!(told.starts_with("/account?outcome="), "{told}");
    let outcome = site.outcome(&browser, &told).await;
    assert_eq!((outcome.action.as_str(), outcome.form.as_str()), ("/sign-in", "link"));
    assert_eq!(
        outcome.result.unwrap().message,
        "A sign-in with the development identity is linked to your account."
    );
    assert_eq!(site.session_cookie(&browser), Some(session), "the session goes on");
    assert_eq!(site.sign_ins(&browser).await.len(), 2);

    let mut elsewhere = Browser::new();
    assert_eq!(site.sign_in_as(&mut elsewhere, &SECOND).await, "/packages");
    assert_eq!(site.session(&elsewhere).await.unwrap().viewer.name, "anna");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_sign_in_of_another_account_is_not_linked(#[case] database: Database) {
    let site = Site::start(database).await;
    let bob = [("name", "bob"), ("email", "bob@example.com"), ("verified", "on")];
    site.newcomer(&bob, "bob").await;
    let mut browser = site.newcomer(&ANNA, "anna").await;
    for (typed, sentence) in [
        (bob, "belongs to another account"),
        (ANNA, "linked to your account already"),
    ] {
        let page = site.start_linking(&mut browser).await;
        let callback = site.decide(&mut browser, &page, &typed).await;
        let told = location(&browser.get(&callback).await);
        assert!(told.starts_with("/account?outcome="), "{told}");
        let refused = site.outcome(&browser, &told).await.result.unwrap_err();
        assert_eq!(refused.kind, UiErrorKind::Conflict);
        assert!(refused.message.contains(sentence), "{}", refused.message);
    }
    assert_eq!(site.sign_ins(&browser).await.len(), 1);
}

#[tokio::test]
async fn whoever_is_not_signed_in_links_nothing() {
    let site = Site::start(Database::Sqlite).await;
    let mut nobody = Browser::new();
    assert_eq!(site.start_linking(&mut nobody).await, "/sign-in?return=%2Faccount");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn linking_ends_with_the_session_that_began_it(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = site.newcomer(&ANNA, "anna").await;
    let page = site.start_linking(&mut browser).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    let session = site.session(&browser).await.unwrap();
    let actor = Actor {
        who: Who::Person(session.person),
        origin: Origin::default(),
    };
    let token = site.session_cookie(&browser).unwrap();
    gallery::sessions::sign_out(site.gallery(), &actor, &token)
        .await
        .unwrap();
    let told = location(&browser.get(&callback).await);
    assert!(told.starts_with("/sign-in?return=%2Faccount&outcome="), "{told}");
    let refused = site.told(&browser, &told).await;
    assert!(refused.message.starts_with("Nothing was linked"), "{}", refused.message);
    assert!(
        site.session(&browser).await.is_none(),
        "nobody is signed in by it either"
    );

    // Another person in the same browser gets nothing linked by what the first one began, not even where the browser is
    // recognized by the secret that it had then.
    site.sign_in_as(&mut browser, &ANNA).await;
    let page = site.start_linking(&mut browser).await;
    let then = browser.cookie(&site.browser_cookie()).unwrap().to_owned();
    let bob = [("name", "bob"), ("email", "bob@example.com"), ("verified", "on")];
    site.sign_in_as(&mut browser, &bob).await;
    site.register(&browser, "bob", "bob@example.com").await;
    site.sign_in_as(&mut browser, &bob).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    browser.plant(&site.browser_cookie(), &then);
    let told = location(&browser.get(&callback).await);
    let refused = site.told(&browser, &told).await;
    assert!(refused.message.starts_with("Nothing was linked"), "{}", refused.message);
    assert_eq!(site.sign_ins(&browser).await.len(), 1);
}

#[tokio::test]
async fn another_browser_finishes_no_linking() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = site.newcomer(&ANNA, "anna").await;
    let page = site.start_linking(&mut browser).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    let mut thief = site
        .newcomer(
            &[("name", "mal"), ("email", "mal@example.com"), ("verified", "on")],
            "mal",
        )
        .await;
    let told = location(&thief.get(&callback).await);
    let refused = site.told(&thief, &told).await;
    assert!(
        refused.message.contains("not begun in this browser"),
        "{}",
        refused.message
    );
    assert_eq!(site.sign_ins(&browser).await.len(), 1);
    assert_eq!(site.sign_ins(&thief).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_once_what_came_of_it_and_names_every_sign_in_and_session() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = site.newcomer(&ANNA, "anna").await;
    let mut elsewhere = Browser::new();
    site.sign_in_as(&mut elsewhere, &ANNA).await;
    let page = site.start_linking(&mut browser).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    let told = location(&browser.get(&callback).await);
    let html = |text: String| text.replace("<!>", "");
    let first = browser.get(&format!("{}{told}", site.address)).await;
    assert_eq!(first.status(), 200);
    let first = html(first.text().await.unwrap());
    for words in [
        "A sign-in with the development identity is linked to your account.",
        ">Link development identity</button>",
        ">Unlink development identity</button>",
        ">Unlink development identity 2</button>",
        ">This session</span>",
        ">Revoke session 1</button>",
        ">Delete account</button>",
        ">Delete anna</button>",
    ] {
        assert!(first.contains(words), "{words}: {first}");
    }
    // Registering in a test begins a session of its own, beside those of the two browsers.
    assert!(!first.contains("Revoke session 3"));
    let again = browser
        .get(&format!("{}{told}", site.address))
        .await
        .text()
        .await
        .unwrap();
    assert!(!again.contains("is linked to your account"));

    let page = site.start_linking(&mut browser).await;
    let callback = site.decide(&mut browser, &page, &SECOND).await;
    let told = location(&browser.get(&callback).await);
    let refused = browser
        .get(&format!("{}{told}", site.address))
        .await
        .text()
        .await
        .unwrap();
    let notice = "<p>This sign-in is linked to your account already.";
    assert!(html(refused.clone()).contains(notice), "{refused}");
}
