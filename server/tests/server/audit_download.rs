//! The audit trail as a file, through the router.

use super::inside::{COOKIE, HOST, Heard, Inside};
use super::nuget_site::name_of;
use domain::account::{AccountKind, EmailAddress};
use domain::links::LocalPath;
use domain::member::InviteForm;
use domain::session::{NewAccount, RegistrationForm};
use gallery::audit::{AuditEvent, Subject};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Gallery, Origin, Who, accounts, import, members, sessions};
use rstest::rstest;
use serde_json::Value;

/// A gallery in which anna administers contoso, behind a router.
struct Site {
    test: TestGallery,
    inside: Inside,
    session: String,
}

async fn session_of(gallery: &Gallery, name: &str) -> String {
    let address = format!("{name}@example.com");
    let identity = Identity {
        provider: "development".to_owned(),
        issuer: "http://127.0.0.1:3000".to_owned(),
        subject: name.to_owned(),
        proposed_name: name.to_owned(),
        email: EmailAddress::parse(&address).ok(),
        vouched: true,
        second_factor: false,
    };
    let finished = gallery::sign_in::finish(gallery, Origin::default(), identity, LocalPath::home()).await;
    let SignedIn::Register { token, .. } = finished.unwrap() else {
        panic!("{name} is there already")
    };
    let form = RegistrationForm {
        name: name.to_owned(),
        email: address,
    };
    let registered = accounts::register(gallery, Origin::default(), token.expose(), form).await;
    registered.unwrap().0.expose().to_owned()
}

impl Site {
    async fn open(database: Database) -> Self {
        let test = TestGallery::open(database).await;
        let gallery = &test.gallery;
        let session = session_of(gallery, "anna").await;
        let new = NewAccount {
            name: name_of("contoso"),
            email: EmailAddress::parse("contoso@example.com").unwrap(),
        };
        let operator = Actor::operator();
        accounts::create(
            gallery,
            &operator,
            new,
            AccountKind::Organization,
            Some(name_of("anna")),
        )
        .await
        .unwrap();
        Self {
            inside: Inside::of(gallery.clone(), &[]),
            test,
            session,
        }
    }

    fn gallery(&self) -> &Gallery {
        &self.test.gallery
    }

    async fn anna(&self) -> Actor {
        let context = sessions::resolve(self.gallery(), &self.session).await.unwrap().unwrap();
        Actor {
            who: Who::Person(context.person),
            origin: Origin::new("203.0.113.77".parse().ok(), "a, \"client\""),
        }
    }

    async fn ask(&self, path: &str, accept: &str, signed_in: bool) -> Heard {
        let cookie = format!("{COOKIE}={}", self.session);
        let mut headers = vec![("host", HOST), ("accept", accept)];
        if signed_in {
            headers.push(("cookie", cookie.as_str()));
        }
        self.inside.ask("GET", path, &headers, Vec::new()).await
    }

    async fn download(&self, kind: &str, query: &str) -> Heard {
        let heard = self
            .ask(&format!("/organization/Contoso/audit.{kind}{query}"), "*/*", true)
            .await;
        assert_eq!(heard.status, 200, "{heard:?}");
        heard
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_csv_has_the_header_of_the_contract_and_no_formulas(#[case] database: Database) {
    let site = Site::open(database).await;
    let anna = site.anna().await;
    let form = InviteForm {
        invited: "=cmd+1@example.com".to_owned(),
        role: "collaborator".to_owned(),
    };
    members::invite(site.gallery(), &anna, "contoso", form).await.unwrap();
    let heard = site.download("csv", "").await;
    assert_eq!(heard.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        heard.header("content-disposition"),
        Some("attachment; filename=\"contoso-audit.csv\"")
    );
    assert_eq!(heard.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(heard.header("cache-control"), Some("no-store"));
    assert!(
        heard
            .header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let mut times = Vec::new();
    let body = heard
        .body
        .split_inclusive("\r\n")
        .map(|line| match line.split_once(',') {
            Some((time, rest)) if time.ends_with('Z') => {
                times.push(time);
                format!("{{time}},{rest}")
            }
            _ => line.to_owned(),
        })
        .collect::<String>();
    // What happened in the test took a second or two at most, and the newest comes first.
    let now = site.gallery().now().rfc3339();
    assert!(times.is_sorted_by(|newer, older| newer >= older) && times.iter().all(|time| *time <= now.as_str()));
    assert_eq!(times.len(), 3);
    assert_eq!(
        body,
        "time,actor,account,action,subject,before,after,credential,address,user_agent\r\n\
         {time},anna,contoso,invitation.created,'=…@example.com,,collaborator,session,203.0.113.0,\"a, \"\"client\"\"\"\r\n\
         {time},operator,contoso,member.added,anna,,administrator,,,\r\n\
         {time},operator,contoso,organization.created,contoso,,,,,\r\n"
    );
    let nothing = site.download("csv", "?member=nobody-here").await.body;
    assert_eq!(nothing.lines().count(), 1);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_json_is_one_array_whatever_its_length(#[case] database: Database) {
    let site = Site::open(database).await;
    let anna = site.anna().await;
    let contoso = import::find_owner(site.gallery(), &name_of("contoso")).await.unwrap();
    let event = || {
        AuditEvent::new(
            &anna,
            domain::audit::AuditAction::PackageListed,
            Subject::version("Contoso.A", "1.0.0"),
        )
        .on_behalf_of(contoso)
    };
    let events = std::iter::repeat_with(event).take(2_000).collect();
    site.gallery().begin().await.unwrap().commit_all(events).await.unwrap();
    let heard = site.download("json", "").await;
    assert_eq!(heard.header("content-type"), Some("application/json"));
    let all: Vec<Value> = serde_json::from_str(&heard.body).unwrap();
    assert_eq!(all.len(), 2_002);
    let keys: Vec<_> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "time",
        "actor",
        "account",
        "action",
        "subject",
        "before",
        "after",
        "credential",
        "address",
        "user_agent",
    ];
    let mut keys = keys;
    keys.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(all[0]["subject"], "Contoso.A 1.0.0");
    for (query, count) in [
        ("?package=CONTOSO.A", 2_000),
        ("?action=member.added", 1),
        ("?q=nothing-has-this", 0),
        ("?from=2000-01-01&to=2000-01-01", 0),
    ] {
        let some: Vec<Value> = serde_json::from_str(&site.download("json", query).await.body).unwrap();
        assert_eq!(some.len(), count, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_no_file_is_told_in_the_way_they_read() {
    let site = Site::open(Database::Sqlite).await;
    let path = "/organization/contoso/audit.csv?q=a%20b";
    let page = site.ask(path, "text/html", false).await;
    assert_eq!(
        (page.status, page.header("location")),
        (
            302,
            Some("/sign-in?return=%2Forganization%2Fcontoso%2Faudit.csv%3Fq%3Da%2520b")
        )
    );
    assert_eq!(site.ask(path, "*/*", false).await.status, 401);
    let foreign = site.ask("/organization/fabrikam/audit.csv", "text/html", true).await;
    assert_eq!(foreign.status, 404);
    let user = site
        .ask("/organization/anna/audit.json", "application/json", true)
        .await;
    assert_eq!(user.status, 404);
    let wrong = site
        .ask("/organization/contoso/audit.json?to=tomorrow", "text/plain", true)
        .await;
    assert_eq!(
        (wrong.status, wrong.body.as_str()),
        (422, "Write the day as 2026-11-22.\n")
    );
    for odd in ["%00", "%FF", "a%2Fb", "..%2F"] {
        let heard = site
            .ask(&format!("/organization/{odd}/audit.csv"), "text/html", true)
            .await;
        assert!((400..500).contains(&heard.status), "{odd}: {heard:?}");
    }
    let odd = site
        .ask(
            "/organization/contoso/audit.csv?q=%FF%00&member=%00&&=&from=",
            "*/*",
            true,
        )
        .await;
    assert_eq!(odd.status, 200);
}
