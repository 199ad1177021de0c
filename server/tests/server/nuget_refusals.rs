//! The table of refusals of the product contract, section 9, row by row, on both databases.

use super::nuget_site::{Key, Site, name_of, package};
use super::nuget_wire::{Answer, FORM, form, request, say};
use domain::permission::PushScope;
use gallery::testkit::Database;
use gallery::{Actor, accounts, api_keys, members};
use rstest::rstest;

const OPERATOR: fn() -> Actor = Actor::operator;

/// A site on which `contoso` owns Contoso.Json 1.0.0, and somebody else owns Fabrikam.Core.
async fn site(database: Database) -> (Site, String) {
    let (site, key) = Site::with_team(database).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    site.person("zoe").await;
    let foreign = site.key(Key::of("zoe", "zoe")).await;
    site.publish(&foreign, "Fabrikam.Core", "1.0.0").await;
    (site, key)
}

/// What a push of an id, and unlisting and relisting its version 1.0.0, are answered; all three say it the same way.
async fn statuses(site: &Site, key: &str, id: &str) -> (Answer, u16, u16) {
    let push = site.push(key, &package(id, "2.0.0").build()).await;
    let unlist = site.unlist(key, id, "1.0.0").await;
    let relist = site
        .ask(
            "POST",
            &format!("/api/v2/package/{id}/1.0.0"),
            &[("X-NuGet-ApiKey", key)],
        )
        .await;
    for answer in [&push, &unlist, &relist] {
        says_why(answer);
    }
    (push, unlist.status, relist.status)
}

/// The reason stands in phrase, header and body; a 401 names the realm.
fn says_why(answer: &Answer) {
    let body = answer.text();
    assert_eq!(body.trim_end(), answer.reason, "{answer:?}");
    assert_eq!(answer.header("x-nuget-warning"), Some(answer.reason.as_str()));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let challenge = answer
        .header("www-authenticate")
        .map(|text| text.starts_with("ApiKey realm=\"127.0.0.1:"));
    assert_eq!(challenge, (answer.status == 401).then_some(true), "{answer:?}");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn whoever_has_no_valid_key_learns_nothing(#[case] database: Database) {
    let (site, key) = site(database).await;
    let anna = gallery_key_holder(&site, "other").await;
    let (owner, deleted) = anna;
    let row = api_keys::mine(site.gallery(), &owner).await.unwrap().keys.remove(0);
    api_keys::delete(site.gallery(), &owner, row.key).await.unwrap();

    let bytes = form(&package("Contoso.Json", "2.0.0").build());
    let none = say(&site.address, &request("PUT", "/api/v2/package", &[FORM], &bytes)).await;
    says_why(&none);
    assert_eq!(none.status, 401);
    assert_eq!(
        site.ask("DELETE", "/api/v2/package/Contoso.Json/1.0.0", &[])
            .await
            .status,
        401
    );
    assert_eq!(
        site.ask("POST", "/api/v2/package/Contoso.Json/1.0.0", &[("X-NuGet-ApiKey", " ")])
            .await
            .status,
        401
    );

    let mut generic = Vec::new();
    for unknown in ["nonsense", "\u{e9}", &key.to_uppercase(), &deleted] {
        for id in ["Contoso.Json", "Unknown.Id"] {
            let (push, unlist, relist) = statuses(&site, unknown, id).await;
            assert_eq!((push.status, unlist, relist), (403, 403, 403), "{unknown}");
            generic.push(push.reason);
        }
    }
    generic.dedup();
    assert_eq!(generic.len(), 1, "{generic:?}");
}

/// A person with a key for themselves.
async fn gallery_key_holder(site: &Site, name: &str) -> (Actor, String) {
    let person = site.person(name).await;
    let key = site.key(Key::of(name, name)).await;
    (person, key)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_key_that_ended_is_told_so(#[case] database: Database) {
    let (site, _) = site(database).await;
    let expired = site
        .key(Key {
            name: "short",
            days: 1,
            ..Key::of("anna", "contoso")
        })
        .await;
    let revoked = site
        .key(Key {
            name: "gone",
            ..Key::of("anna", "contoso")
        })
        .await;
    api_keys::revoke_by_name(site.gallery(), &OPERATOR(), &name_of("anna"), "gone")
        .await
        .unwrap();
    site.test.clock.advance(86_400);
    for (key, says) in [(expired, "'short' has expired"), (revoked, "'gone' was revoked")] {
        let (push, unlist, relist) = statuses(&site, &key, "Contoso.Json").await;
        assert_eq!((push.status, unlist, relist), (403, 403, 403), "{says}");
        assert!(push.reason.contains(says), "{}", push.reason);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn what_a_key_may_not_do_is_told(#[case] database: Database) {
    let (site, _) = site(database).await;
    let of = || Key::of("anna", "contoso");
    let pushes = site.key(Key { unlist: false, ..of() }).await;
    let unlists = site
        .key(Key {
            push: PushScope::None,
            ..of()
        })
        .await;
    let versions = site
        .key(Key {
            push: PushScope::Versions,
            ..of()
        })
        .await;
    let others = site
        .key(Key {
            globs: "Contoso.X* Contoso.Y",
            ..of()
        })
        .await;
    let all = site.key(of()).await;

    let refused = |status: u16| Some(status);
    let rows = [
        (&pushes, "Contoso.Json", [None, refused(403), refused(403)], ""),
        (&unlists, "Contoso.Json", [refused(403), None, None], "no scope to push"),
        (
            &versions,
            "Contoso.New",
            [refused(401), refused(404), refused(404)],
            "'Contoso.New' is new",
        ),
        (
            &others,
            "Contoso.Json",
            [refused(401), refused(403), refused(403)],
            "glob patterns",
        ),
        (
            &all,
            "Fabrikam.Core",
            [refused(401), refused(403), refused(403)],
            "does not own the package",
        ),
    ];
    for (key, id, expected, says) in rows {
        let push = site.push(key, &package(id, "2.0.0").build()).await;
        let unlist = site.unlist(key, id, "1.0.0").await;
        let relist = site
            .ask(
                "POST",
                &format!("/api/v2/package/{id}/1.0.0"),
                &[("X-NuGet-ApiKey", key)],
            )
            .await;
        for (answer, expected) in [&push, &unlist, &relist].into_iter().zip(expected) {
            match expected {
                Some(status) => {
                    assert_eq!(answer.status, status, "{id}: {answer:?}");
                    says_why(answer);
                }
                None => assert!(answer.status < 300, "{id}: {answer:?}"),
            }
        }
        assert!(push.status < 300 || push.reason.contains(says), "{}", push.reason);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn the_next_request_knows_that_somebody_left_or_was_locked(#[case] database: Database) {
    let (site, key) = site(database).await;
    let check = async |expected: (u16, u16, u16), says: &str| {
        let (push, unlist, relist) = statuses(&site, &key, "Contoso.Json").await;
        assert_eq!((push.status, unlist, relist), expected, "{says}");
        assert!(push.reason.contains(says), "{}", push.reason);
    };
    let (anna, contoso, operator) = (name_of("anna"), name_of("contoso"), OPERATOR());
    let g = site.gallery();

    accounts::lock(g, &operator, &anna).await.unwrap();
    check((403, 403, 403), "Your account is locked").await;
    accounts::unlock(g, &operator, &anna).await.unwrap();
    accounts::lock(g, &operator, &contoso).await.unwrap();
    check((403, 403, 403), "'contoso' is locked").await;
    accounts::unlock(g, &operator, &contoso).await.unwrap();

    members::remove(g, &operator, "contoso", "anna").await.unwrap();
    check((401, 403, 403), "contoso").await;
    site.join("contoso", "anna").await;
    check((401, 403, 403), "Confirm it").await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn what_is_wrong_with_a_package_is_told(#[case] database: Database) {
    let (site, key) = site(database).await;
    let bad = |bytes: Vec<u8>| (bytes, 400);
    let rows = [
        bad(b"no package at all".to_vec()),
        bad(Vec::new()),
        bad(package("Contoso.Json", "3.0.0")
            .element("projectUrl", "javascript:alert(1)")
            .build()),
        bad(package("Contoso.Json", "3.0.0")
            .file("Second.nuspec", "<package/>")
            .build()),
        (
            package("Contoso.Json", "1.0.0").description("Another one.").build(),
            409,
        ),
        (package("CONTOSO.json", "1.0+metadata").build(), 409),
    ];
    for (bytes, status) in rows {
        let answer = site.push(&key, &bytes).await;
        assert_eq!(answer.status, status, "{answer:?}");
        says_why(&answer);
    }
    for (id, version) in [
        ("Contoso.Json", "9.9.9"),
        ("Contoso.Nothing", "1.0.0"),
        ("Contoso.Json", "nonsense"),
    ] {
        let answer = site.unlist(&key, id, version).await;
        assert_eq!(answer.status, 404, "{id} {version}");
        says_why(&answer);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_package_over_the_limit_is_413_whatever_length_was_announced(#[case] database: Database) {
    let (site, key) = site(database).await;
    let mut settings = site.gallery().settings().clone();
    settings.limits.package_bytes = 100_000;
    let node = site.another_node(settings, &[]).await;
    let headers = [("X-NuGet-ApiKey", key.as_str()), FORM];
    // A little over the limit; and so much that the announced length alone says it.
    for size in [100_001, 3_000_000] {
        let asked = request("PUT", "/api/v2/package", &headers, &form(&vec![b'x'; size]));
        let answer = say(&node, &asked).await;
        assert_eq!(answer.status, 413, "{answer:?}");
        says_why(&answer);
    }
    let just = request("PUT", "/api/v2/package", &headers, &form(&vec![b'x'; 100_000]));
    assert_eq!(say(&node, &just).await.status, 400);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn who_guesses_keys_is_told_to_wait(#[case] database: Database) {
    let (site, key) = site(database).await;
    let node = site
        .another_node(site.gallery().settings().clone(), &[("GUILDHALL_DEV_IDENTITY", "off")])
        .await;
    let unlist = async |key: &str| {
        say(
            &node,
            &request(
                "DELETE",
                "/api/v2/package/Contoso.Json/1.0.0",
                &[("X-NuGet-ApiKey", key)],
                b"",
            ),
        )
        .await
    };
    for _ in 0..20 {
        assert_eq!(unlist("nonsense").await.status, 403);
    }
    let answer = unlist(&key).await;
    assert_eq!(answer.status, 429);
    says_why(&answer);
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(
        site.unlist(&key, "Contoso.Json", "1.0.0").await.status,
        204,
        "no limits while developing"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn every_refused_push_of_somebody_known_stands_in_the_trail(#[case] database: Database) {
    let (site, key) = site(database).await;
    let limited = site
        .key(Key {
            globs: "Nothing",
            ..Key::of("anna", "contoso")
        })
        .await;
    site.push(&limited, &package("Contoso.Json", "2.0.0").build()).await;
    site.push(&key, b"no package").await;
    site.push(&key, b"").await;
    site.push("nonsense", &package("Contoso.Json", "2.0.0").build()).await;
    let (operator, newest) = (OPERATOR(), domain::page::Place::Start);
    let page = gallery::audit_trail::of_organization(site.gallery(), &operator, "contoso", newest).await;
    let events = page.unwrap().events.items;
    let refused = events
        .iter()
        .filter(|event| event.action == "package.push_refused")
        .count();
    assert_eq!(refused, 3, "{events:#?}");
}
