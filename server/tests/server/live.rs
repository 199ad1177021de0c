//! The stream that keeps open pages live, through the real router: what it tells, and when it ends.

use super::inside::{COOKIE, HOST, Inside};
use super::nuget_site::{name_of, package};
use axum::body::BodyDataStream;
use domain::account::{AccountKind, EmailAddress};
use domain::api_key::NewApiKey;
use domain::links::LocalPath;
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::session::{NewAccount, RegistrationForm};
use futures::StreamExt;
use gallery::api_keys::{OperatorKey, create_by_operator};
use gallery::jobs::{Background, start_background};
use gallery::packages::{Endpoint, Listing};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Gallery, Origin, Who, account_settings, accounts, members, packages, sessions};
use rstest::rstest;
use std::time::Duration;

/// A change must be shown within 5 s (product contract, section 8).
const SOON: Duration = Duration::from_secs(5);

struct Site {
    inside: Inside,
    test: TestGallery,
    _background: Background,
}

impl Site {
    /// Anna administers contoso, Ben is a collaborator, Carl is nobody there.
    async fn open(database: Database) -> (Self, [String; 3]) {
        let test = TestGallery::open(database).await;
        let gallery = &test.gallery;
        let mut people = Vec::new();
        for name in ["anna", "ben", "carl"] {
            people.push(person(gallery, name).await);
        }
        let new = NewAccount {
            name: name_of("contoso"),
            email: EmailAddress::parse("contoso@example.com").unwrap(),
        };
        let anna = Some(name_of("anna"));
        accounts::create(gallery, &Actor::operator(), new, AccountKind::Organization, anna)
            .await
            .unwrap();
        members::add(
            gallery,
            &Actor::operator(),
            &name_of("contoso"),
            &name_of("ben"),
            Role::Collaborator,
        )
        .await
        .unwrap();
        let site = Self {
            inside: Inside::of(gallery.clone(), &[]),
            _background: start_background(gallery),
            test,
        };
        (site, people.try_into().unwrap())
    }

    async fn follow(&self, path: &str, session: &str) -> (u16, Stream) {
        let cookie = format!("{COOKIE}={session}");
        let headers = [("host", HOST), ("cookie", &cookie), ("accept", "text/event-stream")];
        let (status, body) = self.inside.follow(path, &headers).await;
        (status, Stream(body))
    }

    async fn actor(&self, session: &str) -> Actor {
        let context = sessions::resolve(&self.test.gallery, session).await.unwrap().unwrap();
        Actor {
            who: Who::Person(context.person),
            origin: Origin::default(),
        }
    }
}

struct Stream(BodyDataStream);

impl Stream {
    /// The action of the next change; nothing when the stream ends.
    async fn change(&mut self) -> Option<String> {
        tokio::time::timeout(SOON, async {
            loop {
                let piece = String::from_utf8(self.0.next().await?.unwrap().to_vec()).unwrap();
                if let Some((_, data)) = piece.split_once("\ndata: ") {
                    return Some(data.trim().to_owned());
                }
            }
        })
        .await
        .expect("a change, or the end, comes soon")
    }
}

async fn person(gallery: &Gallery, name: &str) -> String {
    let address = format!("{name}@example.com");
    let identity = Identity {
        provider: "development".to_owned(),
        issuer: "development".to_owned(),
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

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_member_hears_what_another_one_did(#[case] database: Database) {
    let (site, [anna, ben, _]) = Site::open(database).await;
    let (status, mut stream) = site.follow("/live?organization=contoso", &ben).await;
    assert_eq!(status, 200);
    let anna = site.actor(&anna).await;
    members::change_role(&site.test.gallery, &anna, "contoso", "ben", "administrator")
        .await
        .unwrap();
    assert_eq!(stream.change().await.as_deref(), Some("member.role_changed"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_does_is_heard_too(#[case] database: Database) {
    let (site, [anna, _, _]) = Site::open(database).await;
    let (_, mut stream) = site.follow("/live?organization=contoso", &anna).await;
    // The watcher has looked once by then.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let other = Gallery::open(site.test.gallery.settings().clone()).await.unwrap();
    members::add(
        &other,
        &Actor::operator(),
        &name_of("contoso"),
        &name_of("carl"),
        Role::Collaborator,
    )
    .await
    .unwrap();
    assert_eq!(stream.change().await.as_deref(), Some("member.added"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_stream_ends_with_the_membership_and_with_the_session(#[case] database: Database) {
    let (site, [anna, ben, _]) = Site::open(database).await;
    let gallery = &site.test.gallery;
    let (_, mut of_ben) = site.follow("/live?organization=contoso", &ben).await;
    let (_, mut of_anna) = site.follow("/live?organization=contoso", &anna).await;
    let actor = site.actor(&anna).await;
    members::remove(gallery, &actor, "contoso", "ben").await.unwrap();
    assert_eq!(
        of_ben.change().await,
        None,
        "he is no member, so he hears nothing of it"
    );
    assert_eq!(of_anna.change().await.as_deref(), Some("member.removed"));
    sessions::sign_out(gallery, &actor, &anna).await.unwrap();
    assert_eq!(of_anna.change().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_is_for_those_who_may_see_the_organization() {
    let (site, [anna, _, carl]) = Site::open(Database::Sqlite).await;
    for (path, session, status) in [
        ("/live?organization=contoso", "nobody", 401),
        ("/live", "nobody", 401),
        ("/live?organization=contoso", &carl, 404),
        ("/live?organization=nobody-of-this-name", &anna, 404),
        ("/live?organization=anna", &anna, 404),
        ("/live?organization=%ff", &anna, 404),
        ("/live", &carl, 200),
    ] {
        assert_eq!(site.follow(path, session).await.0, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_is_told_to_look_and_a_stopping_server_ends_all_streams() {
    let (site, [anna, _, _]) = Site::open(Database::Sqlite).await;
    let cookie = format!("{COOKIE}={anna}");
    let headers = [("host", HOST), ("cookie", cookie.as_str()), ("last-event-id", "1")];
    let (status, body) = site.inside.follow("/live?organization=contoso", &headers).await;
    let mut stream = Stream(body);
    assert_eq!(status, 200);
    assert_eq!(stream.change().await.as_deref(), Some("missed"));
    site.inside.stopping.cancel();
    assert_eq!(stream.change().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_between_the_reading_of_a_page_and_its_stream_is_told() {
    let (site, [anna, ..]) = Site::open(Database::Sqlite).await;
    let address = "/live?organization=contoso&behind=3";
    let (_, mut stream) = site.follow(address, &anna).await;
    assert_eq!(
        stream.change().await.as_deref(),
        Some("missed"),
        "contoso was just made"
    );
    site.test.clock.advance(60);
    let (_, mut quiet) = site.follow(address, &anna).await;
    let actor = site.actor(&anna).await;
    members::change_role(&site.test.gallery, &actor, "contoso", "ben", "administrator")
        .await
        .unwrap();
    assert_eq!(
        quiet.change().await.as_deref(),
        Some("member.role_changed"),
        "nothing before it"
    );
    for (behind, told) in [("3", "missed"), ("4000000000", "missed")] {
        let (_, mut stream) = site
            .follow(&format!("/live?organization=contoso&behind={behind}"), &anna)
            .await;
        assert_eq!(stream.change().await.as_deref(), Some(told));
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn insiders_follow_a_package_and_everybody_their_own_organizations(#[case] database: Database) {
    let (site, [anna, ben, carl]) = Site::open(database).await;
    let gallery = &site.test.gallery;
    let actor = site.actor(&anna).await;
    publish(gallery, "Contoso.Live").await;
    let (status, mut of_package) = site.follow("/live?package=contoso.live", &ben).await;
    assert_eq!(status, 200);
    let (_, mut of_all) = site.follow("/live?organizations=own", &ben).await;
    for path in ["/live?package=Contoso.Live", "/live?package=nothing-of-this-name"] {
        assert_eq!(site.follow(path, &carl).await.0, 404, "{path}");
    }
    packages::set_listing(gallery, &actor, "Contoso.Live", "1.0.0", Listing::Unlisted)
        .await
        .unwrap();
    assert_eq!(of_package.change().await.as_deref(), Some("package.unlisted"));
    assert_eq!(of_all.change().await.as_deref(), Some("package.unlisted"));
    members::remove(gallery, &actor, "contoso", "ben").await.unwrap();
    assert_eq!(of_package.change().await, None);
    // Of this stream his own trail is left, in which that stands too; contoso is followed no more.
    assert_eq!(of_all.change().await.as_deref(), Some("member.removed"));
    packages::set_listing(gallery, &actor, "Contoso.Live", "1.0.0", Listing::Listed)
        .await
        .unwrap();
    let ben = site.actor(&ben).await;
    account_settings::set_notifications(gallery, &ben, "ben", false)
        .await
        .unwrap();
    let mut heard = of_all.change().await;
    while heard.as_deref() == Some("member.removed") {
        heard = of_all.change().await;
    }
    assert_eq!(heard.as_deref(), Some("settings.changed"));
}

/// Publishes version 1.0.0 of a package with contoso's own key.
async fn publish(gallery: &Gallery, id: &str) {
    let wanted = OperatorKey {
        account: name_of("contoso"),
        key: NewApiKey {
            name: "ci".to_owned(),
            days: 30,
            owner: name_of("contoso"),
            scopes: Scopes {
                push: PushScope::NewPackages,
                unlist: true,
            },
            globs: Glob::parse_list("*").unwrap(),
        },
    };
    let key = create_by_operator(gallery, &Actor::operator(), wanted).await.unwrap();
    let admitted = packages::admit(gallery, Origin::default(), Some(key.expose()), Endpoint::Push)
        .await
        .unwrap();
    let bytes = package(id, "1.0.0").build();
    let chunks = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(bytes))]);
    let received = gallery.blobs().receive(chunks, u64::MAX).await.unwrap();
    packages::push(gallery, &admitted, received).await.unwrap();
}
