//! Signing in with Google: OpenID Connect, and its word about addresses counts.

use super::browser::Browser;
use super::issuer::{CLIENT, Issuer};
use super::site::Site;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};

fn settings(issuer: &Issuer) -> [(&'static str, &str); 3] {
    [
        ("GUILDHALL_SIGN_IN__GOOGLE__ISSUER", &issuer.address),
        ("GUILDHALL_SIGN_IN__GOOGLE__CLIENT_ID", CLIENT),
        ("GUILDHALL_SIGN_IN__GOOGLE__CLIENT_SECRET", "a-client-secret"),
    ]
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn an_address_that_google_has_verified_claims_its_account(#[case] database: Database) {
    let google = Issuer::start().await;
    let site = Site::with(database, &settings(&google)).await;
    site.account("anna", "anna@example.com").await;
    // Google names nobody but by address.
    google.behaviour().claims = json!({ "preferred_username": null, "name": "Anna", "hd": "example.com" });
    let mut browser = Browser::new();
    assert_eq!(google.sign_in(&site, &mut browser, "google").await, "/packages");
    assert_eq!(site.session(&browser).await.unwrap().viewer.name, "anna");
}

#[rstest]
#[case::not_verified(json!({ "email_verified": false }))]
#[case::not_said(json!({ "email_verified": null }))]
#[tokio::test]
async fn an_address_that_google_has_not_verified_claims_nothing(#[case] claims: Value) {
    let google = Issuer::start().await;
    let site = Site::with(Database::Sqlite, &settings(&google)).await;
    site.account("anna", "anna@example.com").await;
    google.behaviour().claims = claims;
    let mut browser = Browser::new();
    let led = google.sign_in(&site, &mut browser, "google").await;
    let error = site.told(&browser, &led).await;
    assert!(error.message.contains("belongs to another account"), "{error:?}");
    assert!(site.session(&browser).await.is_none());
}
