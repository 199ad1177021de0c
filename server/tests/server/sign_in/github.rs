//! Signing in with GitHub: OAuth2 and an API, on loopback.

mod fake;

use super::browser::{Browser, location, parameter};
use super::site::Site;
use fake::GitHub;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

/// Comes back from GitHub; returns where that leads.
async fn sign_in(site: &Site, browser: &mut Browser, github: &GitHub) -> String {
    let there = site.start_sign_in(browser, "github", "/packages").await;
    let page = format!("{}/login/oauth/authorize?", github.address);
    assert!(there.starts_with(&page), "{there}");
    github.expect_challenge(&parameter(&there, "code_challenge").unwrap());
    let state = parameter(&there, "state").unwrap();
    let callback = format!("{}/sign-in/github/callback?code=a-code&state={state}", site.address);
    location(&browser.get(&callback).await)
}

async fn told(site: &Site, github: &GitHub, sentence: &str) {
    let mut browser = Browser::new();
    let led = sign_in(site, &mut browser, github).await;
    let error = site.told(&browser, &led).await;
    assert!(error.message.contains(sentence), "{error:?}");
    assert!(site.session(&browser).await.is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_person_is_the_number_and_the_verified_primary_address_is_vouched_for(#[case] database: Database) {
    let github = GitHub::start().await;
    let site = Site::with(database, &github.settings()).await;
    site.account("anna", "anna@example.com").await;
    let mut browser = Browser::new();
    assert_eq!(sign_in(&site, &mut browser, &github).await, "/packages");
    assert_eq!(site.session(&browser).await.unwrap().viewer.name, "anna");
    assert!(!site.session(&browser).await.unwrap().person.second_factor);

    // Another name and another address at GitHub: the same number is the same person.
    github.says().user = json!({ "id": 583_231, "login": "anna-of-old" });
    github.says().emails = json!([{ "email": "other@example.com", "primary": true, "verified": false }]);
    let mut elsewhere = Browser::new();
    assert_eq!(sign_in(&site, &mut elsewhere, &github).await, "/packages");
    assert_eq!(site.session(&elsewhere).await.unwrap().viewer.name, "anna");

    // The same name under another number is another person.
    github.says().user = json!({ "id": 583_232, "login": "octo-anna" });
    assert_eq!(sign_in(&site, &mut Browser::new(), &github).await, "/register");
}

#[tokio::test]
async fn github_is_asked_as_it_wants_to_be() {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "github", "/").await;
    assert_eq!(parameter(&there, "scope").as_deref(), Some("read:user user:email"));
    assert_eq!(parameter(&there, "response_type").as_deref(), Some("code"));
    assert_eq!(parameter(&there, "code_challenge_method").as_deref(), Some("S256"));
    let callback = format!("{}/sign-in/github/callback", site.address);
    assert_eq!(parameter(&there, "redirect_uri"), Some(callback));
    assert!(parameter(&there, "nonce").is_none());

    assert_eq!(sign_in(&site, &mut browser, &github).await, "/register");
    assert_eq!(github.received("client_id").as_deref(), Some("guildhall-at-github"));
    assert_eq!(github.received("client_secret").as_deref(), Some("a-client-secret"));
    assert_eq!(github.received("code_verifier").unwrap().len(), 43);
    for header in ["accept", "authorization", "user-agent", "x-github-api-version"] {
        assert!(github.header(header).is_some(), "{header}");
    }
    assert_eq!(github.header("authorization").as_deref(), Some("Bearer gho_token"));
    assert_eq!(github.header("accept").as_deref(), Some("application/vnd.github+json"));
}

#[rstest]
#[case::not_verified(json!([{ "email": "anna@example.com", "primary": true, "verified": false }]))]
#[case::verified_is_another(json!([
    { "email": "anna@example.com", "primary": true, "verified": false },
    { "email": "other@example.com", "primary": false, "verified": true },
]))]
#[tokio::test]
async fn an_address_that_github_does_not_vouch_for_claims_nothing(#[case] emails: Value) {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    site.account("anna", "anna@example.com").await;
    github.says().emails = emails;
    told(&site, &github, "belongs to another account").await;
}

/// A second address is the person's own, but not the one by which GitHub writes to them.
#[tokio::test]
async fn a_verified_address_that_is_not_the_primary_one_claims_nothing() {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    site.account("anna", "anna@example.com").await;
    github.says().emails = json!([
        { "email": "main@example.com", "primary": true, "verified": true },
        { "email": "anna@example.com", "primary": false, "verified": true },
    ]);
    assert_eq!(sign_in(&site, &mut Browser::new(), &github).await, "/register");
}

#[rstest]
#[case::none(json!([]), 200)]
#[case::not_allowed(json!({ "message": "Not Found" }), 404)]
#[case::not_granted(json!({ "message": "Forbidden" }), 403)]
#[tokio::test]
async fn without_an_address_an_account_is_created_by_hand(#[case] emails: Value, #[case] status: u16) {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    github.says().emails = emails;
    github.says().emails_status = status;
    assert_eq!(sign_in(&site, &mut Browser::new(), &github).await, "/register");
}

#[rstest]
#[case::code_used_before(json!({ "error": "bad_verification_code" }), "could not be verified")]
#[case::wrong_secret(json!({ "error": "incorrect_client_credentials" }), "was refused there")]
#[case::nonsense(json!({ "token": "gho_token" }), "could not be verified")]
#[case::not_a_token(json!({ "access_token": "a\nb", "token_type": "bearer" }), "could not be verified")]
#[tokio::test]
async fn an_exchange_that_fails_signs_nobody_in(#[case] answer: Value, #[case] sentence: &str) {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    github.says().token = answer;
    told(&site, &github, sentence).await;
}

#[rstest]
#[case::no_number(json!({ "login": "octo-anna" }), 200, "could not be verified")]
#[case::a_number_that_is_none(json!({ "id": "583231", "login": "octo-anna" }), 200, "could not be verified")]
#[case::suspended(json!({ "message": "Sorry. Your account was suspended" }), 403, "was refused there")]
#[case::token_revoked(json!({ "message": "Bad credentials" }), 401, "was refused there")]
#[case::broken(json!({}), 500, "is not available right now")]
#[case::endless(json!({ "id": 1, "login": "x".repeat(2 << 20) }), 200, "is not available right now")]
#[tokio::test]
async fn an_api_that_does_not_tell_who_it_is_signs_nobody_in(
    #[case] user: Value,
    #[case] status: u16,
    #[case] sentence: &str,
) {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    github.says().user = user;
    github.says().user_status = status;
    told(&site, &github, sentence).await;
}

/// GitHub holds the verifier against the challenge; a code of somebody else's sign-in is worth nothing here.
#[tokio::test]
async fn a_stolen_code_signs_nobody_in() {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    let (mut victim, mut thief) = (Browser::new(), Browser::new());
    let there = site.start_sign_in(&mut victim, "github", "/").await;
    github.expect_challenge(&parameter(&there, "code_challenge").unwrap());
    let own = site.start_sign_in(&mut thief, "github", "/").await;
    let state = parameter(&own, "state").unwrap();
    let callback = format!("{}/sign-in/github/callback?code=a-code&state={state}", site.address);
    let led = location(&thief.get(&callback).await);
    let error = site.told(&thief, &led).await;
    assert!(error.message.contains("could not be verified"), "{error:?}");
}

#[rstest]
#[case::another_issuer("https%3A%2F%2Fevil.example", false)]
#[case::nonsense("nonsense", false)]
#[case::its_own("own", true)]
#[tokio::test]
async fn an_answer_in_another_name_is_not_githubs(#[case] named: &str, #[case] accepted: bool) {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "github", "/").await;
    github.expect_challenge(&parameter(&there, "code_challenge").unwrap());
    let state = parameter(&there, "state").unwrap();
    let own = format!("{}/login/oauth", github.address);
    let named = if named == "own" { own.as_str() } else { named };
    let callback = format!(
        "{}/sign-in/github/callback?code=a-code&state={state}&iss={named}",
        site.address
    );
    let led = location(&browser.get(&callback).await);
    assert_eq!(led == "/register", accepted, "{led}");
    assert_eq!(github.received("code").is_some(), accepted);
}

#[tokio::test]
async fn the_pages_policy_lets_forms_lead_to_github() {
    let github = GitHub::start().await;
    let site = Site::with(Database::Sqlite, &github.settings()).await;
    let answer = Browser::new().get(&format!("{}/sign-in", site.address)).await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains(&format!("form-action 'self' {};", github.address)),
        "{policy}"
    );
    let html = answer.text().await.unwrap().replace("<!>", "");
    assert!(html.contains("Sign in with GitHub"), "{html}");
}
