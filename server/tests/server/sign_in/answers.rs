//! The way to an issuer and back: whose answer it is, to which question, and how often it counts.

use super::ANNA;
use super::browser::{Browser, location, parameter};
use super::hostile::refused;
use super::issuer::Issuer;
use super::site::Site;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

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

#[tokio::test]
async fn every_way_there_carries_pkce_state_and_nonce_of_its_own() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let mut browser = Browser::new();
    let first = site.start_sign_in(&mut browser, "issuer", "/").await;
    let second = site.start_sign_in(&mut browser, "issuer", "/").await;
    for name in ["code_challenge", "state", "nonce"] {
        let (one, other) = (parameter(&first, name).unwrap(), parameter(&second, name).unwrap());
        assert_eq!((one.len(), other.len()), (43, 43), "{name}");
        assert_ne!(one, other, "{name}");
    }
    assert_eq!(parameter(&first, "response_type").as_deref(), Some("code"));
    let callback = format!("{}/sign-in/issuer/callback", site.address);
    assert_eq!(parameter(&first, "redirect_uri"), Some(callback));
}

/// An answer that comes twice: the second time the code is not even shown to the issuer.
#[tokio::test]
async fn a_replayed_answer_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "issuer", "/").await;
    issuer.behaviour().nonce = parameter(&there, "nonce").unwrap();
    let state = parameter(&there, "state").unwrap();
    let callback = format!("{}/sign-in/issuer/callback?code=a-code&state={state}", site.address);
    assert_eq!(location(&browser.get(&callback).await), "/register");
    issuer.forget();
    let told = location(&browser.get(&callback).await);
    assert!(
        site.told(&browser, &told)
            .await
            .message
            .contains("not begun in this browser")
    );
    assert!(issuer.received("code").is_none());
}

/// A code that the issuer knows as used already, under a state that is good.
#[tokio::test]
async fn a_code_that_the_issuer_knows_as_used_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().answer = json!({
        "error": "invalid_grant", "access_token": null, "token_type": null, "id_token": null
    });
    refused(&site, &issuer).await;
}

#[tokio::test]
async fn a_state_of_another_browser_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let (mut thief, mut victim) = (Browser::new(), Browser::new());
    let there = site.start_sign_in(&mut thief, "issuer", "/").await;
    site.start_sign_in(&mut victim, "issuer", "/").await;
    issuer.behaviour().nonce = parameter(&there, "nonce").unwrap();
    let state = parameter(&there, "state").unwrap();
    let callback = format!("{}/sign-in/issuer/callback?code=a-code&state={state}", site.address);
    let told = location(&victim.get(&callback).await);
    let error = site.told(&victim, &told).await;
    assert!(error.message.contains("not begun in this browser"), "{error:?}");
    assert!(issuer.received("code").is_none());
}
