//! What stands around every page: headers, hosts, and where a form may come from.

use super::inside::{HOST, Heard, Inside};
use gallery::testkit::{Database, TestGallery};

struct Site {
    inside: Inside,
    _test: TestGallery,
}

impl Site {
    async fn open(settings: &[(&str, &str)]) -> Self {
        let test = TestGallery::open(Database::Sqlite).await;
        Self {
            inside: Inside::of(test.gallery.clone(), settings),
            _test: test,
        }
    }
}

/// The nonce that an answer's policy names.
fn nonce(heard: &Heard) -> String {
    let policy = heard.header("content-security-policy").expect("a policy");
    let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
    rest.split('\'').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_policy_and_the_headers() {
    let site = Site::open(&[]).await;
    for path in [
        "/",
        "/nowhere",
        "/health/live",
        "/v3/index.json",
        "/rpc/session/viewer",
        "/packages/A/1.0.0/icon",
    ] {
        let heard = site.inside.get(path).await;
        let policy = heard.header("content-security-policy").expect("a policy");
        let steady = policy.replace(&nonce(&heard), "N");
        assert_eq!(
            steady,
            "default-src 'none'; script-src 'nonce-N' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
             connect-src 'self'; form-action 'self' http://127.0.0.1:3000; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(heard.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(heard.header("referrer-policy"), Some("same-origin"), "{path}");
        assert!(heard.header("strict-transport-security").is_none(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_names_the_providers_and_https_stays_https() {
    let site = Site::open(&[
        ("GUILDHALL_PUBLIC_URL", "https://packages.example.com"),
        ("GUILDHALL_SIGN_IN__OTHER__KIND", "oidc"),
        ("GUILDHALL_SIGN_IN__OTHER__ISSUER", "https://other.example:8443"),
        ("GUILDHALL_SIGN_IN__OTHER__CLIENT_ID", "a"),
        ("GUILDHALL_SIGN_IN__OTHER__CLIENT_SECRET", "b"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__KIND", "oidc"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__ISSUER", "https://login.example.com/realm"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_ID", "a"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_SECRET", "b"),
    ])
    .await;
    let heard = site.inside.get("/health/live").await;
    let policy = heard.header("content-security-policy").unwrap();
    let targets = policy
        .split("; ")
        .find(|part| part.starts_with("form-action "))
        .unwrap();
    for origin in ["'self'", "https://other.example:8443", "https://login.example.com"] {
        assert!(targets.split(' ').any(|target| target == origin), "{targets}");
    }
    assert_eq!(heard.header("strict-transport-security"), Some("max-age=31536000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_runs_its_own_scripts_only_each_time_with_another_nonce() {
    let site = Site::open(&[]).await;
    let (first, second) = (site.inside.get("/").await, site.inside.get("/").await);
    assert_ne!(nonce(&first), nonce(&second));
    let scripts: Vec<&str> = first
        .body
        .match_indices("<script")
        .map(|(at, _)| &first.body[at..])
        .collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{}\"", nonce(&first))), "{tag}");
    }
    assert!(!first.body.contains(" style=\""), "styles stand in style sheets");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asks_nothing_of_a_third_party() {
    let site = Site::open(&[]).await;
    for path in [
        "/",
        "/nowhere",
        "/packages",
        "/sign-in",
        "/help/feed",
        "/help/organizations",
    ] {
        let heard = site.inside.get(path).await;
        for tag in heard.body.split('<').filter(|tag| !tag.starts_with("a ")) {
            for attribute in [" src=\"", " href=\"", " action=\"", " srcset=\""] {
                let Some((_, rest)) = tag.split_once(attribute) else {
                    continue;
                };
                let own = rest.starts_with('/') && !rest.starts_with("//");
                assert!(own || rest.starts_with('#') || rest.starts_with('"'), "{path}: <{tag}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_is_not_found() {
    let site = Site::open(&[]).await;
    let heard = site.inside.get("/nowhere").await;
    assert_eq!(
        (heard.status, heard.body.contains("<h1")),
        (404, true),
        "{}",
        heard.body
    );
    let posted = [
        ("host", HOST),
        ("origin", "http://127.0.0.1:3000"),
        ("accept", "text/html"),
    ];
    assert_eq!(
        site.inside.ask("POST", "/nowhere", &posted, Vec::new()).await.status,
        404
    );
    assert_eq!(
        site.inside
            .ask("PUT", "/v3/nowhere", &[("host", HOST)], Vec::new())
            .await
            .status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_saw_is_not_kept() {
    let site = Site::open(&[]).await;
    for path in ["/", "/nowhere", "/rpc/session/viewer", "/health/live"] {
        assert_eq!(
            site.inside.get(path).await.header("cache-control"),
            Some("no-store"),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let site = Site::open(&[]).await;
    let post = async |path: &str, more: &[(&str, &str)]| {
        let headers = [
            &[("host", HOST), ("content-type", "application/x-www-form-urlencoded")],
            more,
        ]
        .concat();
        site.inside.ask("POST", path, &headers, Vec::new()).await.status
    };
    for path in [
        "/rpc/session/end",
        "/upload/package",
        "/sign-in/development",
        "/nowhere",
    ] {
        for foreign in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "http://127.0.0.1:3001")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            &[("sec-fetch-site", "same-site")],
        ] {
            assert_eq!(post(path, foreign).await, 403, "{path} {foreign:?}");
        }
        for own in [
            &[("origin", "http://127.0.0.1:3000")][..],
            &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:3000")],
        ] {
            assert_ne!(post(path, own).await, 403, "{path} {own:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_the_feed_may_come_from_anywhere() {
    let site = Site::open(&[]).await;
    let headers = [
        ("host", HOST),
        ("origin", "https://build.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(
        site.inside
            .ask("PUT", "/api/v2/package", &headers, Vec::new())
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_shown_under_the_public_address_and_the_feed_under_any() {
    let site = Site::open(&[("GUILDHALL_PUBLIC_URL", "http://localhost:3000")]).await;
    let elsewhere = [("host", "127.0.0.1:3000"), ("accept", "text/html")];
    let heard = site
        .inside
        .ask("GET", "/packages?q=a%20b", &elsewhere, Vec::new())
        .await;
    assert_eq!(
        (heard.status, heard.header("location")),
        (307, Some("http://localhost:3000/packages?q=a%20b"))
    );
    for path in ["/health/live", "/v3/index.json"] {
        assert_eq!(
            site.inside.ask("GET", path, &elsewhere, Vec::new()).await.status,
            200,
            "{path}"
        );
    }
    let there = [("host", "localhost:3000"), ("accept", "text/html")];
    assert_eq!(
        site.inside.ask("GET", "/packages", &there, Vec::new()).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_happened_and_what_to_do() {
    let site = Site::open(&[]).await;
    let page = [("host", HOST), ("accept", "text/html")];
    let from_elsewhere = [
        ("host", HOST),
        ("accept", "text/html"),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    for (method, path, headers, status, words) in [
        (
            "POST",
            "/rpc/session/end",
            from_elsewhere.as_slice(),
            403,
            "sent by another site",
        ),
        (
            "DELETE",
            "/rpc/session/end",
            page.as_slice(),
            405,
            "does not take such a request",
        ),
        (
            "PUT",
            "/sign-in/development",
            page.as_slice(),
            405,
            "does not take such a request",
        ),
    ] {
        let heard = site.inside.ask(method, path, headers, Vec::new()).await;
        assert_eq!(heard.status, status, "{method} {path}: {}", heard.body);
        assert!(heard.body.contains(words), "{method} {path}: {}", heard.body);
    }
    let heard = site.inside.ask("DELETE", "/rpc/session/end", &page, Vec::new()).await;
    assert_eq!(heard.header("allow"), Some("POST"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_cannot_be_read_is_not_found() {
    let site = Site::open(&[]).await;
    for path in [
        "/packages/manage/upload/x/icon",
        "/packages/%ff/1.0.0/icon",
        "/v3/package/%ff/index.json",
        "/v3/package/a/%ff/a.nupkg",
        "/v3/registration/%ff/index.json",
    ] {
        let heard = site.inside.get(path).await;
        assert_eq!(heard.status, 404, "{path}: {}", heard.body);
        assert!(
            heard.body.contains("There is nothing at this address."),
            "{path}: {}",
            heard.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_travels_as_small_as_the_browser_takes_it() {
    let site = Site::open(&[]).await;
    for (accepted, encoding) in [("", None), ("gzip", Some("gzip")), ("gzip, deflate, br", Some("br"))] {
        let headers = [("host", HOST), ("accept", "text/html"), ("accept-encoding", accepted)];
        let heard = site.inside.ask("GET", "/", &headers, Vec::new()).await;
        assert_eq!(heard.status, 200);
        assert_eq!(heard.header("content-encoding"), encoding);
        assert_eq!(heard.body.contains("<h1"), encoding.is_none());
    }
}
