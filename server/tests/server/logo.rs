//! Pictures of accounts through the router, where addresses with a former name lead, and what a member is shown who does
//! not meet a policy.

use super::inside::{COOKIE, HOST, Heard, Inside};
use super::nuget_site::name_of;
use domain::account::{AccountKind, EmailAddress};
use domain::links::LocalPath;
use domain::session::{NewAccount, RegistrationForm};
use domain::settings::{LOGO_BYTES, PoliciesForm, RenameForm};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Origin, Who, account_settings, accounts};

/// A PNG of one pixel.
pub(super) const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50,
    0x0f, 0, 3, 0x86, 1, 0x80, 0x5a, 0x34, 0x7d, 0x6b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Anna, signed in, administers contoso.
struct Site {
    inside: Inside,
    anna: Actor,
    session: String,
    test: TestGallery,
}

impl Site {
    async fn open() -> Self {
        let test = TestGallery::open(Database::Sqlite).await;
        let identity = Identity {
            provider: "development".to_owned(),
            issuer: "http://127.0.0.1:3000".to_owned(),
            subject: "anna".to_owned(),
            proposed_name: "anna".to_owned(),
            email: EmailAddress::parse("anna@example.com").ok(),
            vouched: true,
            second_factor: false,
        };
        let g = &test.gallery;
        let signed_in = gallery::sign_in::finish(g, Origin::default(), identity, LocalPath::home()).await;
        let Ok(SignedIn::Register { token, .. }) = signed_in else {
            panic!("nobody is there yet");
        };
        let form = RegistrationForm {
            name: "anna".to_owned(),
            email: "anna@example.com".to_owned(),
        };
        let (session, _) = accounts::register(g, Origin::default(), token.expose(), form)
            .await
            .unwrap();
        let contoso = NewAccount {
            name: name_of("contoso"),
            email: EmailAddress::parse("contoso@example.com").unwrap(),
        };
        let first = Some(name_of("anna"));
        accounts::create(g, &Actor::operator(), contoso, AccountKind::Organization, first)
            .await
            .unwrap();
        let context = gallery::sessions::resolve(g, session.expose()).await.unwrap().unwrap();
        Self {
            inside: Inside::of(g.clone(), &[]),
            anna: Actor {
                who: Who::Person(context.person),
                origin: Origin::default(),
            },
            session: session.expose().to_owned(),
            test,
        }
    }

    /// Sends a logo as a browser does: a live page's script, or the browser itself.
    async fn send(&self, account: &str, picture: &[u8], accept: &str) -> Heard {
        let body = form_with_logo(account, picture);
        let cookie = format!("{COOKIE}={}", self.session);
        let origin = format!("http://{HOST}");
        let referer = format!("{origin}/organization/contoso/settings");
        let headers = [
            ("host", HOST),
            ("origin", origin.as_str()),
            ("referer", referer.as_str()),
            ("cookie", cookie.as_str()),
            ("accept", accept),
            ("content-type", "multipart/form-data; boundary=b"),
        ];
        self.inside.ask("POST", "/upload/logo", &headers, body).await
    }

    async fn page(&self, path: &str) -> Heard {
        let cookie = format!("{COOKIE}={}", self.session);
        let headers = [("host", HOST), ("accept", "text/html"), ("cookie", cookie.as_str())];
        self.inside.ask("GET", path, &headers, Vec::new()).await
    }
}

/// The settings page's form, with the boundary `b`.
pub(super) fn form_with_logo(account: &str, picture: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"account\"\r\n\r\n{account}\r\n--b\r\n\
         Content-Disposition: form-data; name=\"logo\"; filename=\"a.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(picture);
    body.extend_from_slice(b"\r\n--b--\r\n");
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn every_account_has_a_picture_and_nobody_else() {
    let site = Site::open().await;
    for name in ["anna", "contoso", "CONTOSO"] {
        let picture = site.inside.get(&format!("/profiles/{name}/logo")).await;
        assert_eq!(picture.status, 200);
        assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
        assert_eq!(picture.header("cache-control"), Some("public, max-age=300"));
        assert_eq!(picture.header("x-content-type-options"), Some("nosniff"));
        let policy = picture.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("sandbox"),
            "{policy}"
        );
        assert!(picture.body.starts_with("<svg ") && !picture.body.contains("<script"));
        let headers = [("host", HOST), ("if-none-match", picture.header("etag").unwrap())];
        let known = site
            .inside
            .ask("GET", &format!("/profiles/{name}/logo"), &headers, Vec::new())
            .await;
        assert_eq!((known.status, known.body.as_str()), (304, ""));
    }
    for unknown in ["nowhere", "a%2Fb", "%00"] {
        assert_eq!(site.inside.get(&format!("/profiles/{unknown}/logo")).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_comes_by_a_live_page_and_without_script() {
    let site = Site::open().await;
    let before = site.inside.get("/profiles/contoso/logo").await;
    let live = site.send("contoso", PIXEL, "application/json").await;
    assert_eq!(live.status, 200, "{}", live.body);
    assert!(live.body.contains("The logo is saved."), "{}", live.body);
    let logo = site.inside.get("/profiles/contoso/logo").await;
    assert_eq!(logo.header("content-type"), Some("image/png"));
    assert_ne!(logo.header("etag"), before.header("etag"));

    let plain = site.send("contoso", b"<svg/>", "text/html").await;
    assert_eq!(plain.status, 303);
    let to = plain.header("location").unwrap().to_owned();
    assert!(to.starts_with("/organization/contoso/settings?outcome="), "{to}");
    let cookies: Vec<String> = plain
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect();
    let cookie = format!("{COOKIE}={}; {}", site.session, cookies.join("; "));
    let headers = [("host", HOST), ("accept", "text/html"), ("cookie", cookie.as_str())];
    let page = site.inside.ask("GET", &to, &headers, Vec::new()).await;
    assert!(
        page.body.contains("This is not a PNG, JPEG or WebP picture."),
        "{}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_not_whole_is_told() {
    let site = Site::open().await;
    let mut large = PIXEL.to_vec();
    large.resize(LOGO_BYTES, 0);
    let just = site.send("contoso", &large, "application/json").await;
    assert_eq!(
        just.status, 200,
        "what comes after a picture is not looked at: {}",
        just.body
    );
    for size in [LOGO_BYTES + 1, 3 * LOGO_BYTES] {
        large.resize(size, 0);
        let refused = site.send("contoso", &large, "application/json").await;
        assert_eq!(refused.status, 413, "{size}");
        assert!(refused.body.contains("larger than 1 MiB"), "{}", refused.body);
    }
    let empty = site.send("contoso", b"", "application/json").await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("Choose a picture"), "{}", empty.body);
    let cookie = format!("{COOKIE}={}", site.session);
    let origin = format!("http://{HOST}");
    for body in [
        "",
        "--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"logo\"\r\n\r\nx",
    ] {
        let headers = [
            ("host", HOST),
            ("origin", origin.as_str()),
            ("cookie", cookie.as_str()),
            ("accept", "application/json"),
            ("content-type", "multipart/form-data; boundary=b"),
        ];
        let heard = site.inside.ask("POST", "/upload/logo", &headers, body.into()).await;
        assert_eq!(heard.status, 422, "{body:?}: {}", heard.body);
    }
    let foreign = [
        ("host", HOST),
        ("origin", "https://evil.example"),
        ("cookie", cookie.as_str()),
    ];
    let heard = site.inside.ask("POST", "/upload/logo", &foreign, Vec::new()).await;
    assert_eq!(heard.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_leads_to_the_same_page_under_the_present_one() {
    let site = Site::open().await;
    let form = RenameForm {
        new_name: "Fabrikam".to_owned(),
    };
    account_settings::rename(&site.test.gallery, &site.anna, "contoso", form)
        .await
        .unwrap();
    for (old, new) in [
        ("/profiles/contoso", "/profiles/Fabrikam"),
        ("/profiles/Contoso?after=a", "/profiles/Fabrikam?after=a"),
        ("/profiles/contoso/logo", "/profiles/Fabrikam/logo"),
        ("/organization/contoso", "/organization/Fabrikam"),
        (
            "/organization/contoso/members?q=a&after=b",
            "/organization/Fabrikam/members?q=a&after=b",
        ),
        (
            "/organization/contoso/confirm?token=x",
            "/organization/Fabrikam/confirm?token=x",
        ),
        ("/organization/contoso/audit.csv", "/organization/Fabrikam/audit.csv"),
    ] {
        for heard in [site.page(old).await, site.inside.get(old).await] {
            assert_eq!(heard.status, 302, "{old}");
            assert_eq!(heard.header("location"), Some(new));
            assert_eq!(heard.header("cache-control"), Some("no-store"));
        }
    }
    for present in ["/profiles/fabrikam", "/organization/fabrikam/settings"] {
        assert_eq!(site.page(present).await.status, 200, "{present}");
    }
    // What a live page reads by the old name says where to go.
    let read = "/rpc/organizations/overview?organization=contoso";
    let cookie = format!("{COOKIE}={}", site.session);
    let headers = [
        ("host", HOST),
        ("accept", "application/json"),
        ("cookie", cookie.as_str()),
    ];
    let heard = site.inside.ask("GET", read, &headers, Vec::new()).await;
    assert_eq!(heard.status, 404);
    assert!(
        heard.body.contains("\"renamed\"") && heard.body.contains("\"Fabrikam\""),
        "{}",
        heard.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_does_not_meet_a_policy_is_told_which() {
    let site = Site::open().await;
    // The operator is bound by none, so that anna can be shut out.
    let form = PoliciesForm {
        new_packages: "everyone".to_owned(),
        second_factor: "on".to_owned(),
        ..PoliciesForm::default()
    };
    account_settings::set_policies(&site.test.gallery, &Actor::operator(), "contoso", form, &[])
        .await
        .unwrap();
    for page in ["", "/members", "/packages", "/audit", "/settings"] {
        let heard = site.page(&format!("/organization/contoso{page}")).await;
        assert_eq!(heard.status, 403, "{page}");
        assert!(
            heard.body.contains(">You do not meet a policy of contoso<"),
            "{}",
            heard.body
        );
        assert!(
            heard.body.contains("Members must use a second factor."),
            "{}",
            heard.body
        );
    }
    assert_eq!(site.page("/profiles/contoso").await.status, 200);
}
