//! Signing in, over HTTP: with the development identity, and with an issuer that lies as it is told.

mod browser;
mod issuer;
mod linking;
mod site;

use browser::{Browser, location, parameter};
use domain::account::{AccountKind, AccountName, EmailAddress};
use domain::session::NewAccount;
use gallery::testkit::Database;
use gallery::{Actor, accounts};
use issuer::{Issuer, Signature};
use rstest::rstest;
use serde_json::{Value, json};
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

// The development identity provider.

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
    account(&site, "anna", "anna@example.com").await;
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

// An issuer that lies.

/// Signs in with the issuer; returns where the callback leads.
async fn sign_in_with(site: &Site, browser: &mut Browser, issuer: &Issuer) -> String {
    let there = site.start_sign_in(browser, "issuer", "/packages").await;
    assert!(there.starts_with(&format!("{}/authorize?", issuer.address)), "{there}");
    assert_eq!(parameter(&there, "code_challenge_method").as_deref(), Some("S256"));
    issuer.behaviour().nonce = parameter(&there, "nonce").unwrap();
    let state = parameter(&there, "state").unwrap();
    let answer = browser
        .get(&format!(
            "{}/sign-in/issuer/callback?code=a-code&state={state}",
            site.address
        ))
        .await;
    location(&answer)
}

/// An account made on the command line, that nobody has ever signed in to.
async fn account(site: &Site, name: &str, email: &str) {
    let new = NewAccount {
        name: AccountName::parse(name).unwrap(),
        email: EmailAddress::parse(email).unwrap(),
    };
    accounts::create(site.gallery(), &Actor::operator(), new, AccountKind::User, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_honest_issuer_signs_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    account(&site, "anna", "anna@example.com").await;
    let mut browser = Browser::new();
    assert_eq!(sign_in_with(&site, &mut browser, &issuer).await, "/packages");
    assert_eq!(site.session(&browser).await.unwrap().viewer.name, "anna");
    assert_eq!(issuer.received("grant_type").as_deref(), Some("authorization_code"));
    assert_eq!(issuer.received("code").as_deref(), Some("a-code"));
    assert_eq!(issuer.received("code_verifier").unwrap().len(), 43);
}

#[rstest]
#[case::another_nonce(json!({ "nonce": "of-another-sign-in" }))]
#[case::no_nonce(json!({ "nonce": null }))]
#[case::another_audience(json!({ "aud": "another-client" }))]
#[case::one_audience_too_many(json!({ "aud": ["guildhall-at-the-issuer", "another-client"] }))]
#[case::no_audience(json!({ "aud": null }))]
#[case::another_party(json!({ "azp": "another-client" }))]
#[case::another_issuer(json!({ "iss": "https://accounts.example.com" }))]
#[case::no_issuer(json!({ "iss": null }))]
#[case::expired(json!({ "exp": 1_700_000_000 }))]
#[case::never_expires(json!({ "exp": null }))]
#[case::issued_long_ago(json!({ "iat": 1_700_000_000 }))]
#[case::issued_in_the_future(json!({ "iat": 4_100_000_000_u64, "exp": 4_200_000_000_u64 }))]
#[case::another_access_token(json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }))]
#[case::nobody(json!({ "sub": "" }))]
#[case::no_subject(json!({ "sub": null }))]
#[case::an_endless_subject(json!({ "sub": "x".repeat(256) }))]
#[tokio::test]
async fn a_token_that_is_not_meant_for_this_sign_in_signs_nobody_in(#[case] claims: Value) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().claims = claims;
    refused(&site, &issuer).await;
}

#[rstest]
#[case::by_another_key(Signature::Strange)]
#[case::not_at_all(Signature::None)]
#[case::by_the_public_key_as_a_secret(Signature::PublicKeyAsSecret)]
#[case::by_our_own_secret(Signature::ClientSecret)]
#[tokio::test]
async fn a_token_that_the_issuer_did_not_sign_signs_nobody_in(#[case] signature: Signature) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().signature = signature;
    refused(&site, &issuer).await;
}

#[rstest]
#[case::no_token(json!({ "id_token": null }))]
#[case::not_a_token(json!({ "id_token": "nonsense" }))]
#[case::nothing_at_all(json!({ "id_token": null, "access_token": null, "token_type": null }))]
#[tokio::test]
async fn an_answer_without_a_token_signs_nobody_in(#[case] answer: Value) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().answer = answer;
    refused(&site, &issuer).await;
}

async fn refused(site: &Site, issuer: &Issuer) {
    let mut browser = Browser::new();
    let told = sign_in_with(site, &mut browser, issuer).await;
    let error = site.told(&browser, &told).await;
    assert!(error.message.contains("could not be verified"), "{error:?}");
    assert_eq!(parameter(&told, "return").as_deref(), Some("/packages"));
    assert!(site.session(&browser).await.is_none());
}

#[tokio::test]
async fn a_provider_is_not_followed_elsewhere() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().redirects = true;
    refused(&site, &issuer).await;
}

#[tokio::test]
async fn the_keys_are_read_again_when_a_token_names_a_new_one() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    assert_eq!(sign_in_with(&site, &mut Browser::new(), &issuer).await, "/register");
    issuer.change_key();
    assert_eq!(sign_in_with(&site, &mut Browser::new(), &issuer).await, "/register");
}

#[rstest]
#[case::not_verified(json!({ "email_verified": false }), "true")]
#[case::not_said(json!({ "email_verified": null }), "true")]
#[case::not_trusted(json!({}), "false")]
#[tokio::test]
async fn an_address_nobody_vouches_for_claims_no_account(#[case] claims: Value, #[case] trust: &str) {
    let issuer = Issuer::start().await;
    let settings = Site::settings_of(&issuer);
    let settings: Vec<_> = settings
        .into_iter()
        .chain([("GUILDHALL_SIGN_IN__ISSUER__TRUST_EMAIL", trust)])
        .collect();
    let site = Site::with(Database::Sqlite, &settings).await;
    account(&site, "anna", "anna@example.com").await;
    issuer.behaviour().claims = claims;
    let mut browser = Browser::new();
    let told = sign_in_with(&site, &mut browser, &issuer).await;
    assert!(
        site.told(&browser, &told)
            .await
            .message
            .contains("belongs to another account")
    );
    assert!(site.session(&browser).await.is_none());
}

#[tokio::test]
async fn an_address_that_only_user_info_tells_counts() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    account(&site, "anna", "anna@example.com").await;
    issuer.behaviour().claims = json!({ "email": null, "email_verified": null });
    issuer.behaviour().user_info = json!({ "sub": "subject-1", "email": "anna@example.com", "email_verified": true });
    assert_eq!(sign_in_with(&site, &mut Browser::new(), &issuer).await, "/packages");
    // User info about somebody else is none.
    issuer.behaviour().user_info = json!({ "sub": "subject-2", "email": "anna@example.com", "email_verified": true });
    refused(&site, &issuer).await;
}

#[rstest]
#[case::another_issuer(json!({}), Some("https://evil.example"), false)]
#[case::this_issuer(json!({}), None, true)]
#[case::nobody_though_it_always_names_itself(
    json!({ "authorization_response_iss_parameter_supported": true }), None, false
)]
#[tokio::test]
async fn an_answer_of_another_issuer_is_not_taken_for_this_ones(
    #[case] document: Value,
    #[case] named: Option<&str>,
    #[case] accepted: bool,
) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().document = document;
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "issuer", "/").await;
    issuer.behaviour().nonce = parameter(&there, "nonce").unwrap();
    let state = parameter(&there, "state").unwrap();
    let named = named.map(|named| format!("&iss={named}")).unwrap_or_default();
    let callback = format!(
        "{}/sign-in/issuer/callback?code=a-code&state={state}{named}",
        site.address
    );
    let led = location(&browser.get(&callback).await);
    assert_eq!(led == "/register", accepted, "{led}");
    assert_eq!(issuer.received("code").is_some(), accepted);
}

#[tokio::test]
async fn an_answer_at_another_providers_address_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let mut browser = Browser::new();
    let page = site.start_sign_in(&mut browser, "development", "/").await;
    let callback = site
        .decide(&mut browser, &page, &ANNA)
        .await
        .replace("/development/", "/issuer/");
    let told = location(&browser.get(&callback).await);
    assert!(
        site.told(&browser, &told)
            .await
            .message
            .contains("not begun in this browser")
    );
    assert!(issuer.received("code").is_none());
}

#[rstest]
#[case("access_denied", "was cancelled")]
#[case("server_error", "was refused there")]
#[tokio::test]
async fn a_refusal_of_the_provider_is_told_on_the_sign_in_page(#[case] error: &str, #[case] message: &str) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "issuer", "/packages").await;
    let state = parameter(&there, "state").unwrap();
    let callback = format!("{}/sign-in/issuer/callback?error={error}&state={state}", site.address);
    let told = location(&browser.get(&callback).await);
    assert!(site.told(&browser, &told).await.message.contains(message));
    assert_eq!(parameter(&told, "return").as_deref(), Some("/packages"));
}

#[rstest]
#[case::another_issuer(json!({ "issuer": "https://accounts.example.com" }))]
#[case::a_page_in_the_clear(json!({ "authorization_endpoint": "http://accounts.example.com/authorize" }))]
#[case::keys_in_the_clear(json!({ "jwks_uri": "http://accounts.example.com/jwks" }))]
#[tokio::test]
async fn a_provider_that_cannot_be_trusted_is_not_used(#[case] document: Value) {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().document = document;
    let mut browser = Browser::new();
    let told = site.start_sign_in(&mut browser, "issuer", "/packages").await;
    assert!(
        site.told(&browser, &told)
            .await
            .message
            .contains("is not available right now")
    );
}
