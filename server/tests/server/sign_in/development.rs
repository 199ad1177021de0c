//! The development identity provider: a real one, which holds to the rules too.

use super::ANNA;
use super::browser::{Browser, location, parameter};
use super::site::Site;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::Value;

#[tokio::test]
async fn the_page_has_a_strict_policy_and_needs_no_script() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let answer = browser.get(&page).await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {}; base-uri 'none'; \
             frame-ancestors 'none'",
            site.address
        )
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(!answer.text().await.unwrap().contains("<script"));
    assert_eq!(
        browser.get(&format!("{}/dev/identity", site.address)).await.status(),
        200
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn the_address_is_required_the_first_time_and_later_counts_once(#[case] database: Database) {
    let site = Site::start(database).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let back = site
        .decide(&mut browser, &page, &[("name", "anna<b>"), ("second_factor", "on")])
        .await;
    assert!(back.starts_with("/dev/identity?") && !back.contains("anna"), "{back}");
    let html = browser
        .get(&format!("{}{back}", site.address))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        html.contains("id=\"email-error\"") && html.contains("value=\"anna&lt;b&gt;\""),
        "{html}"
    );
    assert!(
        !browser
            .get(&format!("{}{back}", site.address))
            .await
            .text()
            .await
            .unwrap()
            .contains("email-error")
    );

    site.sign_in_as(&mut browser, &ANNA).await;
    site.register(&browser, "anna", "anna@example.com").await;
    // Another address belongs to the same person, and is forgotten again.
    assert_eq!(
        site.sign_in_as(&mut browser, &[("name", "Anna"), ("email", "other@example.com")])
            .await,
        "/packages"
    );
    assert_eq!(site.sign_in_as(&mut browser, &[("name", "anna")]).await, "/packages");
}

#[tokio::test]
async fn an_unverified_address_is_not_vouched_for() {
    let site = Site::start(Database::Sqlite).await;
    site.account("anna", "anna@example.com").await;
    let mut browser = Browser::new();
    let told = site
        .sign_in_as(&mut browser, &[("name", "anna"), ("email", "anna@example.com")])
        .await;
    assert!(
        site.told(&browser, &told)
            .await
            .message
            .contains("belongs to another account")
    );
    // Vouched for, the same address claims the account that was made for it.
    assert_eq!(site.sign_in_as(&mut browser, &ANNA).await, "/packages");
    assert_eq!(site.session(&browser).await.unwrap().viewer.name, "anna");
}

#[rstest]
#[case("host", "packages.example.com")]
#[case("x-forwarded-for", "127.0.0.1")]
#[case("x-forwarded-host", "localhost")]
#[case("forwarded", "for=127.0.0.1")]
#[tokio::test]
async fn the_page_is_not_found_from_elsewhere(#[case] name: &str, #[case] value: &str) {
    let site = Site::start(Database::Sqlite).await;
    let _ = Browser::new();
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    for path in ["", "/.well-known/openid-configuration", "/jwks", "/token"] {
        let address = format!("{}/dev/identity{path}", site.address);
        let answer = client.get(&address).header(name, value).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_page_sends_nobody_to_a_stranger() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let strange = page.replace("%2Fsign-in%2Fdevelopment%2Fcallback", "%2Felsewhere");
    assert_ne!(page, strange);
    assert_eq!(browser.get(&strange).await.status(), 400);
    assert_eq!(site.answer_page(&mut browser, &strange, &ANNA).await.status(), 400);
    let weak = page.replace("code_challenge_method=S256", "code_challenge_method=plain");
    let answer = location(&browser.get(&weak).await);
    assert_eq!(parameter(&answer, "error").as_deref(), Some("invalid_request"));
    let told = location(&browser.get(&answer).await);
    assert!(site.told(&browser, &told).await.message.contains("was refused there"));
}

#[rstest]
#[case::no_challenge("code_challenge")]
#[case::no_method("code_challenge_method")]
#[tokio::test]
async fn a_request_without_pkce_is_refused(#[case] left_out: &str) {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let mut url: url::Url = page.parse().unwrap();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name != left_out)
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    let answer = location(&browser.get(url.as_str()).await);
    assert_eq!(parameter(&answer, "error").as_deref(), Some("invalid_request"));
    assert!(parameter(&answer, "code").is_none());
}

#[tokio::test]
async fn a_code_is_traded_with_its_verifier_only() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let (code, _) = code(&site, &mut browser).await;
    assert_eq!(trade(&site, &mut browser, &code, "").await["error"], "invalid_grant");
}

/// A code of the development identity, with its verifier; the test is its client.
async fn code(site: &Site, browser: &mut Browser) -> (String, String) {
    let page = site.start_sign_in(browser, "development", "/").await;
    let verifier = "a-verifier-of-our-own-that-has-at-least-43-characters";
    let challenge =
        oauth2::PkceCodeChallenge::from_code_verifier_sha256(&oauth2::PkceCodeVerifier::new(verifier.into()));
    let page = page.replace(&parameter(&page, "code_challenge").unwrap(), challenge.as_str());
    let callback = site.decide(browser, &page, &ANNA).await;
    (parameter(&callback, "code").unwrap(), verifier.to_owned())
}

async fn trade(site: &Site, browser: &mut Browser, code: &str, verifier: &str) -> Value {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "guildhall"),
        (
            "redirect_uri",
            &format!("{}/sign-in/development/callback", site.address),
        ),
        ("code", code),
        ("code_verifier", verifier),
    ];
    browser
        .post(&format!("{}/dev/identity/token", site.address), &form)
        .await
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_code_is_traded_once() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let (code, verifier) = code(&site, &mut browser).await;
    assert!(trade(&site, &mut browser, &code, &verifier).await["id_token"].is_string());
    assert_eq!(
        trade(&site, &mut browser, &code, &verifier).await["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_code_is_traded_by_who_asked_for_it() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let (code, verifier) = code(&site, &mut browser).await;
    let wrong = "another-verifier-that-has-at-least-43-characters-too";
    assert_eq!(trade(&site, &mut browser, &code, wrong).await["error"], "invalid_grant");
    assert_eq!(
        trade(&site, &mut browser, &code, &verifier).await["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let site = Site::start(Database::Sqlite).await;
    let mut browser = Browser::new();
    let (code, verifier) = code(&site, &mut browser).await;
    site.test.clock.advance(61);
    assert_eq!(
        trade(&site, &mut browser, &code, &verifier).await["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_refused() {
    let site = Site::start(Database::Sqlite).await;
    let (mut victim, mut thief) = (Browser::new(), Browser::new());
    let page = site.start_sign_in(&mut victim, "development", "/").await;
    let stolen = parameter(&site.decide(&mut victim, &page, &ANNA).await, "code").unwrap();
    let page = site.start_sign_in(&mut thief, "development", "/").await;
    let callback = site
        .decide(&mut thief, &page, &[("name", "mallory"), ("email", "m@example.com")])
        .await;
    let own = parameter(&callback, "code").unwrap();
    let told = location(&thief.get(&callback.replace(&own, &stolen)).await);
    assert!(site.told(&thief, &told).await.message.contains("could not be verified"));
}
