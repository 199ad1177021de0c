//! Signing in, over HTTP: with the development identity, and with an issuer that lies as it is told.

mod answers;
mod browser;
mod development;
mod github;
mod google;
mod hostile;
mod issuer;
mod linking;
mod microsoft;
mod planted;
mod site;

use browser::{Browser, location, parameter};
use gallery::testkit::Database;
use issuer::Issuer;
use rstest::rstest;
use site::Site;

const ANNA: [(&str, &str); 3] = [("name", "anna"), ("email", "anna@example.com"), ("verified", "on")];

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn the_first_sign_in_creates_an_account_and_the_next_begins_a_session(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/packages?q=a").await;
    assert!(page.starts_with(&format!("{}/dev/identity?", site.address)));
    assert_eq!(browser.get(&page).await.status(), 200);
    let callback = site.decide(&mut browser, &page, &ANNA).await;
    assert!(callback.starts_with(&format!("{}/sign-in/development/callback?", site.address)));
    assert_eq!(location(&browser.get(&callback).await), "/register");
    assert!(site.session(&browser).await.is_none());

    site.register(&browser, "anna", "anna@example.com").await;
    let page = site.start_sign_in(&mut browser, "development", "/packages?q=a").await;
    let callback = site
        .decide(&mut browser, &page, &[("name", "ANNA"), ("verified", "on")])
        .await;
    assert_eq!(location(&browser.get(&callback).await), "/packages?q=a");
    let session = site.session(&browser).await.unwrap();
    assert_eq!((session.viewer.name.as_str(), session.viewer.confirmed), ("anna", true));
    assert!(!session.person.second_factor);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_sign_in_is_finished_once_and_by_the_browser_that_began_it(#[case] database: Database) {
    let site = Site::start(database).await;
    let (mut victim, mut thief) = (Browser::new(), Browser::new());
    let page = site.start_sign_in(&mut victim, "development", "/").await;
    let callback = site.decide(&mut victim, &page, &ANNA).await;

    // A browser without any cookie, and one that has begun a sign-in of its own.
    let told = location(&thief.get(&callback).await);
    assert!(
        site.told(&thief, &told)
            .await
            .message
            .contains("not begun in this browser")
    );
    site.start_sign_in(&mut thief, "development", "/").await;
    let told = location(&thief.get(&callback).await);
    assert!(
        site.told(&thief, &told)
            .await
            .message
            .contains("not begun in this browser")
    );

    assert_eq!(location(&victim.get(&callback).await), "/register");
    let told = location(&victim.get(&callback).await);
    assert!(site.told(&victim, &told).await.message.contains("Begin again"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_state_that_was_never_given_out_signs_nobody_in(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let callback = site.decide(&mut browser, &page, &ANNA).await;
    let state = parameter(&callback, "state").unwrap();
    for wrong in [
        callback.replace(&state, "guessed"),
        callback.replace("state=", "no="),
        callback.clone() + "&state=x",
    ] {
        let told = location(&browser.get(&wrong).await);
        assert!(
            site.told(&browser, &told)
                .await
                .message
                .contains("not begun in this browser"),
            "{wrong}"
        );
    }
    assert!(site.session(&browser).await.is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_sign_in_ends_after_a_while(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    site.test.clock.advance(16 * 60);
    let callback = site.decide(&mut browser, &page, &ANNA).await;
    let told = location(&browser.get(&callback).await);
    assert!(site.told(&browser, &told).await.message.contains("took too long"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn signing_in_again_ends_the_last_session_and_begins_a_new_one(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = Browser::new();
    site.sign_in_as(&mut browser, &ANNA).await;
    site.register(&browser, "anna", "anna@example.com").await;
    site.sign_in_as(&mut browser, &ANNA).await;
    let last = site.session_cookie(&browser).unwrap();
    assert_eq!(site.sign_in_as(&mut browser, &ANNA).await, "/packages");
    let next = site.session_cookie(&browser).unwrap();
    assert_ne!(last, next);
    assert!(
        gallery::sessions::resolve(site.gallery(), &last)
            .await
            .unwrap()
            .is_none()
    );
    assert!(site.session(&browser).await.is_some());
}

#[rstest]
#[case("//evil.example")]
#[case("/\\evil.example")]
#[case("https://evil.example/")]
#[case("http:evil.example")]
#[case("javascript:alert(1)")]
#[case("/a\r\nSet-Cookie: x=y")]
#[case("/sign-in?return=/")]
#[tokio::test]
async fn a_sign_in_never_leads_to_another_site(#[case] return_to: &str) {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    site.sign_in_as(&mut browser, &ANNA).await;
    site.register(&browser, "anna", "anna@example.com").await;
    let page = site.start_sign_in(&mut browser, "development", return_to).await;
    let callback = site.decide(&mut browser, &page, &ANNA).await;
    assert_eq!(location(&browser.get(&callback).await), "/");
}

#[tokio::test]
async fn a_second_factor_is_told_by_the_id_token() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    site.sign_in_as(&mut browser, &ANNA).await;
    site.register(&browser, "anna", "anna@example.com").await;
    site.sign_in_as(&mut browser, &[("name", "anna"), ("second_factor", "on")])
        .await;
    assert!(site.session(&browser).await.unwrap().person.second_factor);
}

#[tokio::test]
async fn without_encryption_nobody_signs_in_from_another_machine() {
    let issuer = Issuer::start().await;
    let settings = Site::settings_of(&issuer);
    let plain = [
        ("GUILDHALL_PUBLIC_URL", "http://packages.example.com"),
        ("GUILDHALL_DEV_IDENTITY", "off"),
    ];
    let settings: Vec<_> = settings.into_iter().chain(plain).collect();
    let site = Site::with(Database::Sqlite, &settings).await;
    let mut browser = Browser::new();
    let answer = browser.post(&format!("{}/sign-in/issuer", site.address), &[]).await;
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(location(&answer), "/sign-in");
}

#[tokio::test]
async fn a_post_from_another_site_begins_nothing() {
    let site = Site::start(Database::Sqlite).await;
    let _ = Browser::new();
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    for path in ["/sign-in/development", "/dev/identity"] {
        let request = client
            .post(format!("{}{path}", site.address))
            .header("origin", "https://evil.example");
        let answer = request
            .header("sec-fetch-site", "cross-site")
            .form(&[("return", "/")])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 403, "{path}");
    }
}
