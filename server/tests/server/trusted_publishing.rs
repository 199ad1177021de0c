//! Trusted publishing over the wire, with an issuer on loopback: what a workload gets, and what an attacker does not.

mod issuer;

use super::nuget_site::{Site, name_of, package};
use super::nuget_wire::{Answer, request, say};
use domain::trusted_publishing::PolicyForm;
use gallery::testkit::Database;
use gallery::trusted_publishing::{create_for_organization, delete, edit, of_organization};
use gallery::{Actor, accounts};
use issuer::{Issuer, Signature};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The content type and the client's name that a workload sends.
const JSON: [(&str, &str); 2] = [("Content-Type", "application/json"), ("User-Agent", "nuget-login")];

/// A site that trusts an issuer as GitHub, with the organization contoso and its policy for `contoso/json`.
struct Works {
    site: Site,
    issuer: Arc<Issuer>,
    /// Administers contoso.
    olga: Actor,
}

impl Works {
    async fn open(database: Database) -> Self {
        Self::with(database, &[]).await
    }

    async fn with(database: Database, more: &[(&str, &str)]) -> Self {
        let issuer = Issuer::start().await;
        let own = [("GUILDHALL_TRUSTED_PUBLISHING__GITHUB__ISSUER", issuer.address.as_str())];
        let site = Site::with_settings(database, &[&own, more].concat()).await;
        let olga = site.person("olga").await;
        site.organization("contoso", "olga", &[]).await;
        let works = Self { site, issuer, olga };
        works.create(policy()).await;
        works
    }

    async fn create(&self, form: PolicyForm) {
        create_for_organization(self.site.gallery(), &self.olga, form)
            .await
            .unwrap();
    }

    async fn policy(&self) -> i64 {
        let page = of_organization(self.site.gallery(), &self.olga, "contoso", domain::page::Place::Start).await;
        match page.unwrap().policies {
            domain::trusted_publishing::PoliciesOfOrganization::Managed { own, .. } => own[0].key,
            domain::trusted_publishing::PoliciesOfOrganization::Names(names) => panic!("only names: {names:?}"),
        }
    }

    fn now(&self) -> i64 {
        self.site.gallery().now().seconds()
    }

    /// A token that differs in this from a good one.
    fn token(&self, over: &Value, signature: Signature) -> String {
        let claims = self.issuer.claims(&self.site.address, self.now(), over);
        self.issuer.sign(&claims, signature)
    }

    fn good(&self) -> String {
        self.token(&json!({}), Signature::Own)
    }

    async fn exchange(&self, name: &str, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [&JSON[..], &[("Authorization", bearer.as_str())]].concat();
        let body = json!({ "username": name, "tokenType": "ApiKey" }).to_string();
        self.send(&headers, body.as_bytes()).await
    }

    async fn send(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        say(&self.site.address, &request("POST", "/api/v2/token", headers, body)).await
    }

    /// The key for a good token.
    async fn key(&self) -> String {
        let answer = self.exchange("contoso", &self.good()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["apiKey"].as_str().unwrap().to_owned()
    }
}

fn policy() -> PolicyForm {
    let text = |text: &str| text.to_owned();
    PolicyForm {
        name: text("release"),
        provider: text("github"),
        owner: text("contoso"),
        repository_owner: text("https://github.com/Contoso/json"),
        workflow: text(".github/workflows/release.yml"),
        environment: text("production"),
        push: text("on"),
        push_scope: text("new"),
        unlist: text("on"),
        globs: text("Contoso.*"),
        ..PolicyForm::default()
    }
}

/// What a request is called, its headers and its body.
type Asked<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// What an answer says, in one line that is the same in every run.
fn told(answer: &Answer) -> String {
    let error = answer.json()["error"].as_str().unwrap_or_default().to_owned();
    let same = answer.header("x-nuget-warning") == Some(error.as_str()) && answer.reason == error;
    let challenge = answer
        .header("www-authenticate")
        .is_some_and(|value| value.starts_with("Bearer "));
    assert_eq!(challenge, answer.status == 401, "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(same || !error.is_ascii(), "{answer:?}");
    format!("{} {error}", answer.status)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_workload_gets_a_key_for_an_hour(#[case] database: Database) {
    let works = Works::open(database).await;
    let token = works.good();
    let answer = works.exchange("Contoso", &token).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    let said = answer.json();
    let names: Vec<&String> = said.as_object().unwrap().keys().collect();
    assert_eq!(names, ["apiKey", "expires", "tokenType"]);
    assert_eq!(said["tokenType"], "ApiKey");
    let expires = said["expires"].as_str().unwrap();
    let latest = works.site.gallery().now().plus_seconds(3_600).rfc3339();
    assert!(
        expires <= latest.as_str() && expires.ends_with('Z'),
        "{expires} {latest}"
    );
    let key = said["apiKey"].as_str().unwrap();
    let pushed = works.site.push(key, &package("Contoso.Json", "1.0.0").build()).await;
    assert_eq!(pushed.status, 201);
    // Nobody keeps the key, so nobody is to renew it in time.
    let warnings = pushed.headers.get("x-nuget-warning").into_iter().flatten();
    assert!(
        !warnings.into_iter().any(|warning| warning.contains("expires")),
        "{pushed:?}"
    );
    assert_eq!(works.site.unlist(key, "Contoso.Json", "1.0.0").await.status, 204);
    let other = works.site.push(key, &package("Fabrikam", "1.0.0").build()).await;
    assert_eq!(other.status, 401);
    assert_eq!(
        told(&works.exchange("contoso", &token).await),
        "401 The token was used before, and each token works once. Ask the provider for a new one."
    );
    assert_eq!(works.issuer.asked(), 1, "keys are kept");
    works.site.test.clock.advance(3_600);
    let late = works.site.push(key, &package("Contoso.Json", "1.1.0").build()).await;
    assert_eq!(late.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_prove_nothing_get_nothing() {
    let works = Works::open(Database::Sqlite).await;
    let (now, address) = (works.now(), works.site.address.clone());
    let stranger = Issuer::start().await;
    let foreign = stranger.sign(&stranger.claims(&address, now, &json!({})), Signature::Own);
    let pretended = stranger.claims(&address, now, &json!({ "iss": works.issuer.address }));
    let own = |over: Value| works.token(&over, Signature::Own);
    let signed = |signature| works.token(&json!({}), signature);
    let mut cut = works.good();
    cut.truncate(cut.len() - 4);
    let attacks = [
        ("wrong audience", own(json!({ "aud": "https://www.nuget.org" }))),
        ("no audience", own(json!({ "aud": null }))),
        (
            "several audiences",
            own(json!({ "aud": [address, "https://www.nuget.org"] })),
        ),
        ("other issuer", foreign),
        (
            "other issuer's signature",
            stranger.sign(&pretended, Signature::Strange),
        ),
        ("algorithm none", signed(Signature::None)),
        ("no signature", signed(Signature::Empty)),
        ("algorithm confusion", signed(Signature::PublicKeyAsSecret)),
        ("strange key", signed(Signature::Strange)),
        ("unknown key", signed(Signature::Unknown)),
        ("another header", signed(Signature::ForeignHeader)),
        ("cut off", cut),
        ("expired", own(json!({ "exp": now - 61 }))),
        ("no end", own(json!({ "exp": null }))),
        (
            "issued in the future",
            own(json!({ "iat": now + 120, "exp": now + 300 })),
        ),
        ("issued long ago", own(json!({ "iat": now - 86_500 }))),
        ("not yet", own(json!({ "nbf": now + 120 }))),
        ("for longer than a day", own(json!({ "exp": now + 90_000 }))),
        ("no repository number", own(json!({ "repository_id": null }))),
        ("no owner number", own(json!({ "repository_owner_id": "" }))),
        ("two repositories", own(json!({ "repository": "fabrikam/json" }))),
        ("no token", "x.y.z".to_owned()),
    ];
    let mut table = String::new();
    for (name, token) in attacks {
        let answer = works.exchange("contoso", &token).await;
        assert_ne!(answer.status, 200, "{name}");
        table.push_str(&format!("{name}: {}\n", told(&answer)));
    }
    insta::assert_snapshot!(table);
    assert_eq!(stranger.asked(), 0, "nobody is asked whom nobody trusts");
    assert_eq!(works.issuer.asked(), 2, "once more for the key that is not known");
    works.key().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workload_that_the_policy_does_not_mean_gets_nothing() {
    let works = Works::open(Database::Sqlite).await;
    works.key().await;
    let own = |over: Value| works.token(&over, Signature::Own);
    let anew = json!({ "repository_id": "21" });
    let called = "fabrikam/ci/.github/workflows/release.yml@refs/heads/main";
    let attacks = [
        ("other repository", own(json!({ "repository": "contoso/xml" }))),
        (
            "other owner",
            own(json!({ "repository": "fabrikam/json", "repository_owner": "fabrikam" })),
        ),
        ("re-created repository", own(anew)),
        ("re-created owner", own(json!({ "repository_owner_id": "11" }))),
        (
            "other workflow",
            own(json!({ "job_workflow_ref": "contoso/json/.github/workflows/test.yml@refs/heads/main" })),
        ),
        (
            "other repository's workflow",
            own(json!({ "job_workflow_ref": called })),
        ),
        ("other environment", own(json!({ "environment": "test" }))),
        ("no environment", own(json!({ "environment": null }))),
        (
            "foreign pull request",
            own(json!({ "event_name": "pull_request_target" })),
        ),
    ];
    let mut table = String::new();
    for (name, token) in attacks {
        table.push_str(&format!("{name}: {}\n", told(&works.exchange("contoso", &token).await)));
    }
    let nobody = works.exchange("nobody", &works.good()).await;
    table.push_str(&format!("unknown name: {}\n", told(&nobody)));
    let olga = works.exchange("olga", &works.good()).await;
    table.push_str(&format!("another name: {}\n", told(&olga)));
    insta::assert_snapshot!(table);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_must_be_what_it_must_be() {
    let works = Works::open(Database::Sqlite).await;
    let bearer = format!("Bearer {}", works.good());
    let authorized = ("Authorization", bearer.as_str());
    let [json_type, agent] = JSON;
    let body = r#"{"username":"contoso","tokenType":"ApiKey"}"#;
    let large = format!(
        "{{\"username\":\"contoso\",\"tokenType\":\"ApiKey\",\"x\":\"{}\"}}",
        "x".repeat(20_000)
    );
    let basic = ("Authorization", "Basic b2xnYTp4");
    let text = ("Content-Type", "text/plain");
    let requests: [Asked<'_>; 15] = [
        ("another content type", &[text, agent, authorized], body),
        ("no content type", &[agent, authorized], body),
        ("no token", &[json_type, agent], body),
        ("two tokens", &[json_type, agent, authorized, authorized], body),
        ("another scheme", &[json_type, agent, basic], body),
        ("an empty token", &[json_type, agent, ("Authorization", "Bearer")], body),
        ("no client name", &[json_type, authorized], body),
        ("no body", &[json_type, agent, authorized], ""),
        ("no JSON", &[json_type, agent, authorized], "username=contoso"),
        ("a list", &[json_type, agent, authorized], "[]"),
        ("no name", &[json_type, agent, authorized], r#"{"tokenType":"ApiKey"}"#),
        (
            "an empty name",
            &[json_type, agent, authorized],
            r#"{"username":" ","tokenType":"ApiKey"}"#,
        ),
        ("no kind", &[json_type, agent, authorized], r#"{"username":"contoso"}"#),
        (
            "another kind",
            &[json_type, agent, authorized],
            r#"{"username":"contoso","tokenType":"Password"}"#,
        ),
        ("too much", &[json_type, agent, authorized], &large),
    ];
    let mut table = String::new();
    for (name, headers, body) in requests {
        table.push_str(&format!(
            "{name}: {}\n",
            told(&works.send(headers, body.as_bytes()).await)
        ));
    }
    insta::assert_snapshot!(table);
    let charset = ("Content-Type", "application/json; charset=utf-8");
    assert_eq!(
        works.send(&[charset, agent, authorized], body.as_bytes()).await.status,
        200
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_one_token_sent_twenty_times_at_once_one_gets_a_key(#[case] database: Database) {
    let works = Works::open(database).await;
    for number in 0..3 {
        // Without an id of its own, a token is what it says.
        let over = if number == 1 { json!({ "jti": null }) } else { json!({}) };
        let token = works.token(&over, Signature::Own);
        let sent = (0..20).map(|_| works.exchange("contoso", &token));
        let mut statuses = BTreeMap::<u16, u32>::new();
        for answer in futures::future::join_all(sent).await {
            *statuses.entry(answer.status).or_default() += 1;
        }
        assert_eq!(statuses, BTreeMap::from([(200, 1), (401, 19)]), "{number}");
    }
    assert_eq!(
        works.issuer.asked(),
        1,
        "one asks for the keys, however many wait for them"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn rights_end_with_the_very_next_request(#[case] database: Database) {
    let works = Works::open(database).await;
    let gallery = works.site.gallery();
    let mut version = 0;
    let mut push = async |key: &str| {
        version += 1;
        let bytes = package("Contoso.Json", &format!("1.{version}.0")).build();
        works.site.push(key, &bytes).await.status
    };
    let key = works.key().await;
    assert_eq!(push(&key).await, 201);
    edit(gallery, &works.olga, works.policy().await, policy())
        .await
        .unwrap();
    assert_eq!(push(&key).await, 403, "edited");

    let key = works.key().await;
    assert_eq!(push(&key).await, 201);
    let operator = Actor::operator();
    accounts::lock(gallery, &operator, &name_of("contoso")).await.unwrap();
    assert_eq!(push(&key).await, 403, "locked");
    assert_eq!(
        told(&works.exchange("contoso", &works.good()).await),
        "400 'contoso' is locked. Ask the operators of this site."
    );
    accounts::unlock(gallery, &operator, &name_of("contoso")).await.unwrap();
    assert_eq!(push(&key).await, 403, "and it stays so");

    let key = works.key().await;
    assert_eq!(push(&key).await, 201);
    delete(gallery, &works.olga, works.policy().await).await.unwrap();
    assert_eq!(push(&key).await, 403, "deleted");
    assert_eq!(works.site.unlist(&key, "Contoso.Json", "1.1.0").await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_may_change_its_keys_and_be_away() {
    let works = Works::open(Database::Sqlite).await;
    works.issuer.go_away(true);
    let answer = works.exchange("contoso", &works.good()).await;
    assert_eq!(
        told(&answer),
        "503 This cannot be done right now (the token's issuer does not answer). Try again soon."
    );
    assert!(answer.header("retry-after").is_some());
    works.issuer.go_away(false);
    works.key().await;
    works.issuer.change_key();
    works.key().await;
    assert_eq!(works.issuer.asked(), 2);
    works.issuer.change_key();
    // They were read anew just now: whoever makes up keys must not make us ask each time.
    let early = works.exchange("contoso", &works.good()).await;
    assert_eq!(
        told(&early),
        "401 The token is not accepted: no key of its issuer matches."
    );
    assert_eq!(works.issuer.asked(), 2);
    works.site.test.clock.advance(60);
    works.key().await;
    assert_eq!(works.issuer.asked(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_issuer_of_the_configuration_is_another_provider() {
    let works = Issuer::start().await;
    let setting = ("GUILDHALL_TRUSTED_PUBLISHING__GITLAB__ISSUER", works.address.as_str());
    let audience = ("GUILDHALL_TRUSTED_PUBLISHING__GITLAB__AUDIENCE", "guildhall");
    let own = Works::with(Database::Sqlite, &[setting, audience]).await;
    let form = PolicyForm {
        name: "gitlab".to_owned(),
        provider: "gitlab".to_owned(),
        repository_owner: "contoso/tools".to_owned(),
        repository: "json".to_owned(),
        workflow: "main".to_owned(),
        environment: String::new(),
        ..policy()
    };
    own.create(form).await;
    let claims = |over: Value| {
        let mut claims = json!({
            "namespace_path": "contoso/tools", "namespace_id": "1", "project_path": "contoso/tools/json",
            "project_id": "2", "ref": "main", "ref_type": "branch", "ref_path": "refs/heads/main",
        });
        for (name, value) in over.as_object().unwrap() {
            claims[name] = value.clone();
        }
        works.sign(&works.claims("guildhall", own.now(), &claims), Signature::Own)
    };
    let other_branch = own
        .exchange("contoso", &claims(json!({ "ref_path": "refs/heads/x" })))
        .await;
    assert_eq!(
        told(&other_branch),
        "401 No publishing policy of 'contoso' fits this token of GitLab: contoso/tools/json. The policy 'gitlab' is for 'refs/heads/main'."
    );
    // What it says in GitHub's words does not make it GitHub.
    let posing = works.claims("guildhall", own.now(), &json!({}));
    let posing = own.exchange("contoso", &works.sign(&posing, Signature::Own)).await;
    assert_eq!(
        told(&posing),
        "401 The token is not accepted: it does not say its 'namespace_path'."
    );
    assert_eq!(own.exchange("contoso", &claims(json!({}))).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_tries_tokens_is_stopped() {
    let works = Works::with(Database::Sqlite, &[("GUILDHALL_DEV_IDENTITY", "off")]).await;
    let bad = works.token(&json!({ "aud": "x" }), Signature::Own);
    for _ in 0..20 {
        assert_eq!(works.exchange("contoso", &bad).await.status, 401);
    }
    let answer = works.exchange("contoso", &works.good()).await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
    works.site.test.clock.advance(60);
    works.key().await;
}
