//! Signing in with Microsoft: many directories behind one page, each with an issuer of its own.

use super::browser::{Browser, location, parameter};
use super::issuer::{CLIENT, Issuer};
use super::site::Site;
use gallery::testkit::Database;
use rstest::rstest;
use serde_json::{Value, json};
use std::sync::Arc;

const CONTOSO: &str = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const FABRIKAM: &str = "bbbbcccc-1111-dddd-2222-eeee3333ffff";

/// The number of a person in a directory.
const ANNA: &str = "11112222-bbbb-3333-cccc-4444dddd5555";

/// Microsoft, and a site whose section names a tenant, or none.
async fn site(database: Database, tenant: Option<&str>) -> (Arc<Issuer>, Site) {
    let microsoft = Issuer::start().await;
    let named = match tenant {
        Some(tenant) if tenant.contains('-') => tenant,
        _ => "{tenantid}",
    };
    microsoft.behaviour().document = json!({ "issuer": format!("{}/{named}/v2.0", microsoft.address) });
    let mut settings = vec![
        ("GUILDHALL_SIGN_IN__MICROSOFT__ISSUER", microsoft.address.as_str()),
        ("GUILDHALL_SIGN_IN__MICROSOFT__CLIENT_ID", CLIENT),
        ("GUILDHALL_SIGN_IN__MICROSOFT__CLIENT_SECRET", "a-client-secret"),
    ];
    settings.extend(tenant.map(|tenant| ("GUILDHALL_SIGN_IN__MICROSOFT__TENANT", tenant)));
    let site = Site::with(database, &settings).await;
    (microsoft, site)
}

/// The claims of Anna of a directory, with others over them.
fn claims(microsoft: &Issuer, tenant: &str, over: &Value) -> Value {
    let mut claims = json!({
        "iss": format!("{}/{tenant}/v2.0", microsoft.address),
        "tid": tenant,
        "oid": ANNA,
        "preferred_username": "anna@contoso.example",
        "email_verified": null,
    });
    for (name, value) in over.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

async fn refused(site: &Site, microsoft: &Issuer, sentence: &str) {
    let mut browser = Browser::new();
    let led = microsoft.sign_in(site, &mut browser, "microsoft").await;
    let error = site.told(&browser, &led).await;
    assert!(error.message.contains(sentence), "{error:?}");
    assert!(site.session(&browser).await.is_none());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn the_one_tenant_vouches_for_addresses_of_its_own_domains(#[case] database: Database) {
    let (microsoft, site) = site(database, Some(CONTOSO)).await;
    site.account("anna", "anna@example.com").await;
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &json!({ "xms_edov": true }));
    let mut browser = Browser::new();
    assert_eq!(microsoft.sign_in(&site, &mut browser, "microsoft").await, "/packages");
    assert_eq!(site.session(&browser).await.unwrap().viewer.name, "anna");

    // The application was registered anew: `sub` is another one, the person is not.
    let anew = json!({ "xms_edov": true, "sub": "subject-of-another-registration" });
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &anew);
    let mut elsewhere = Browser::new();
    assert_eq!(microsoft.sign_in(&site, &mut elsewhere, "microsoft").await, "/packages");
    assert_eq!(site.session(&elsewhere).await.unwrap().viewer.name, "anna");
}

#[rstest]
#[case::one_tenant_without_the_claim(Some(CONTOSO), json!({}))]
#[case::one_tenant_that_does_not_own_the_domain(Some(CONTOSO), json!({ "xms_edov": false }))]
#[case::one_tenant_and_a_zero(Some(CONTOSO), json!({ "xms_edov": "0" }))]
#[case::email_verified_is_nothing(Some(CONTOSO), json!({ "email_verified": true }))]
#[case::any_tenant(None, json!({ "xms_edov": true, "email_verified": true }))]
#[case::every_organization(Some("organizations"), json!({ "xms_edov": true }))]
#[tokio::test]
async fn in_every_other_case_an_address_is_not_vouched_for(#[case] tenant: Option<&str>, #[case] over: Value) {
    let (microsoft, site) = site(Database::Sqlite, tenant).await;
    site.account("anna", "anna@example.com").await;
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &over);
    refused(&site, &microsoft, "belongs to another account").await;
}

#[tokio::test]
async fn people_of_two_directories_are_two_though_their_numbers_are_equal() {
    let (microsoft, site) = site(Database::Sqlite, None).await;
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &json!({}));
    let mut browser = Browser::new();
    assert_eq!(microsoft.sign_in(&site, &mut browser, "microsoft").await, "/register");
    site.register(&browser, "anna", "anna@example.com").await;
    assert_eq!(microsoft.sign_in(&site, &mut browser, "microsoft").await, "/packages");
    microsoft.behaviour().claims = claims(&microsoft, FABRIKAM, &json!({ "email": "other@example.com" }));
    assert_eq!(
        microsoft.sign_in(&site, &mut Browser::new(), "microsoft").await,
        "/register"
    );
}

#[rstest]
#[case::another_tenant_than_the_issuers(json!({ "tid": FABRIKAM }))]
#[case::no_tenant(json!({ "tid": null }))]
#[case::no_directory(json!({ "tid": "common", "iss": "common" }))]
#[case::a_tenant_that_is_a_path(json!({ "tid": "../evil", "iss": "../evil" }))]
#[case::another_cloud(json!({ "iss": "https://login.example.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0" }))]
#[case::the_pattern_itself(json!({ "tid": "{tenantid}", "iss": "{tenantid}" }))]
#[case::nobody(json!({ "oid": null }))]
#[case::an_empty_number(json!({ "oid": "" }))]
#[case::another_audience(json!({ "aud": "another-client" }))]
#[tokio::test]
async fn a_token_that_is_not_of_the_directory_it_names_signs_nobody_in(#[case] over: Value) {
    let (microsoft, site) = site(Database::Sqlite, None).await;
    let mut claims = claims(&microsoft, CONTOSO, &over);
    // A short name stands for the issuer of that directory.
    if let Some(tenant) = over["iss"].as_str().filter(|issuer| !issuer.starts_with("https:")) {
        claims["iss"] = format!("{}/{tenant}/v2.0", microsoft.address).into();
    }
    microsoft.behaviour().claims = claims;
    refused(&site, &microsoft, "could not be verified").await;
}

#[tokio::test]
async fn a_token_of_another_tenant_than_the_one_signs_nobody_in() {
    let (microsoft, site) = site(Database::Sqlite, Some(CONTOSO)).await;
    microsoft.behaviour().claims = claims(&microsoft, FABRIKAM, &json!({ "xms_edov": true }));
    refused(&site, &microsoft, "could not be verified").await;
}

/// A key of the personal accounts has once signed tokens in the name of companies.
#[rstest]
#[case::of_all("{tenantid}", true)]
#[case::of_this_one(CONTOSO, true)]
#[case::of_another("9188040d-6c67-4c5b-b112-36a304b66dad", false)]
#[tokio::test]
async fn a_key_signs_for_the_directories_that_it_is_for(#[case] of: &str, #[case] accepted: bool) {
    let (microsoft, site) = site(Database::Sqlite, None).await;
    microsoft.behaviour().key = json!({ "issuer": format!("{}/{of}/v2.0", microsoft.address) });
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &json!({}));
    if accepted {
        let led = microsoft.sign_in(&site, &mut Browser::new(), "microsoft").await;
        assert_eq!(led, "/register");
    } else {
        refused(&site, &microsoft, "could not be verified").await;
    }
}

#[tokio::test]
async fn a_second_factor_is_told_where_the_token_tells_it() {
    let (microsoft, site) = site(Database::Sqlite, Some(CONTOSO)).await;
    site.account("anna", "anna@example.com").await;
    let claimed = json!({ "xms_edov": "1", "amr": ["pwd", "mfa"] });
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &claimed);
    let mut browser = Browser::new();
    microsoft.sign_in(&site, &mut browser, "microsoft").await;
    assert!(site.session(&browser).await.unwrap().person.second_factor);
}

#[rstest]
#[case::of_a_directory(CONTOSO, true)]
#[case::of_none("common", false)]
#[tokio::test]
async fn an_answer_names_one_of_the_directories(#[case] tenant: &str, #[case] accepted: bool) {
    let (microsoft, site) = site(Database::Sqlite, None).await;
    microsoft.behaviour().claims = claims(&microsoft, CONTOSO, &json!({}));
    let mut browser = Browser::new();
    let there = site.start_sign_in(&mut browser, "microsoft", "/").await;
    microsoft.behaviour().nonce = parameter(&there, "nonce").unwrap();
    let state = parameter(&there, "state").unwrap();
    let callback = format!(
        "{}/sign-in/microsoft/callback?code=a-code&state={state}&iss={}/{tenant}/v2.0",
        site.address, microsoft.address
    );
    let led = location(&browser.get(&callback).await);
    assert_eq!(led == "/register", accepted, "{led}");
    assert_eq!(microsoft.received("code").is_some(), accepted);
}

#[tokio::test]
async fn a_document_of_another_tenant_is_not_used() {
    let (microsoft, site) = site(Database::Sqlite, Some(CONTOSO)).await;
    microsoft.behaviour().document = json!({ "issuer": format!("{}/{FABRIKAM}/v2.0", microsoft.address) });
    let mut browser = Browser::new();
    let led = site.start_sign_in(&mut browser, "microsoft", "/").await;
    let error = site.told(&browser, &led).await;
    assert!(error.message.contains("is not available right now"), "{error:?}");
}
