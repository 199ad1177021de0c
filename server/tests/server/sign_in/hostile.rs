//! An issuer that lies: nobody is signed in by what it says.

use super::browser::{Browser, parameter};
use super::issuer::{Issuer, Signature};
use super::site::Site;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

#[tokio::test]
async fn an_honest_issuer_signs_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    site.account("anna", "anna@example.com").await;
    let mut browser = Browser::new();
    assert_eq!(issuer.sign_in(&site, &mut browser, "issuer").await, "/packages");
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

/// Whoever signs in with it now is told that it proved nothing.
pub(super) async fn refused(site: &Site, issuer: &Issuer) {
    let mut browser = Browser::new();
    let told = issuer.sign_in(site, &mut browser, "issuer").await;
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
    assert_eq!(issuer.sign_in(&site, &mut Browser::new(), "issuer").await, "/register");
    issuer.change_key();
    assert_eq!(issuer.sign_in(&site, &mut Browser::new(), "issuer").await, "/register");
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
    site.account("anna", "anna@example.com").await;
    issuer.behaviour().claims = claims;
    let mut browser = Browser::new();
    let told = issuer.sign_in(&site, &mut browser, "issuer").await;
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
    site.account("anna", "anna@example.com").await;
    issuer.behaviour().claims = json!({ "email": null, "email_verified": null });
    issuer.behaviour().user_info = json!({ "sub": "subject-1", "email": "anna@example.com", "email_verified": true });
    assert_eq!(issuer.sign_in(&site, &mut Browser::new(), "issuer").await, "/packages");
    // User info about somebody else is none.
    issuer.behaviour().user_info = json!({ "sub": "subject-2", "email": "anna@example.com", "email_verified": true });
    refused(&site, &issuer).await;
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

#[tokio::test]
async fn an_algorithm_that_the_issuer_does_not_name_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    issuer.behaviour().document = json!({ "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"] });
    refused(&site, &issuer).await;
}

#[tokio::test]
async fn whoever_signs_with_ever_new_keys_is_not_asked_for_them_each_time() {
    let issuer = Issuer::start().await;
    let site = Site::with_issuer(Database::Sqlite, &issuer).await;
    let mut browser = Browser::new();
    assert_eq!(issuer.sign_in(&site, &mut browser, "issuer").await, "/register");
    issuer.behaviour().signature = Signature::UnknownKey;
    let before = issuer.asked_for_keys();
    for _ in 0..3 {
        refused(&site, &issuer).await;
    }
    assert_eq!(issuer.asked_for_keys() - before, 1);
}
