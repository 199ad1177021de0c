//! Drafts: uploaded, reviewed, published or discarded by their uploader alone.

use crate::parcels::{package, received};
use crate::people::{House, name, said};
use domain::package::metadata::License;
use domain::page::Place;
use domain::time::DAY;
use domain::upload::{DraftContent, DraftOwner, DraftReview, DraftView, PublishForm};
use gallery::testkit::Database;
use gallery::uploads::{DraftLimits, discard, draft, page, publish, receive};
use gallery::{Actor, Error, Origin, accounts, members};
use nupkg::build::PackageBuilder;
use rstest::rstest;

const GONE: &str = "This draft was published or discarded already, or has ended. Upload the file again.";
const NOT_FOUND: &str = "There is nothing at this address.";

/// Anna administers contoso and fabrikam, Bob collaborates in contoso, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    house.organization("fabrikam", &["anna"], &[]).await;
    (house, anna, bob, carol)
}

async fn upload(house: &House, by: &Actor, package: &PackageBuilder) -> Result<DraftView, Error> {
    upload_bytes(house, by, &package.build()).await
}

async fn upload_bytes(house: &House, by: &Actor, bytes: &[u8]) -> Result<DraftView, Error> {
    let file = received(house.g(), bytes).await;
    receive(house.g(), by, "C:\\folder\\a.nupkg", file, DraftLimits::Bind).await
}

fn review(view: &DraftView) -> &DraftReview {
    match &view.content {
        DraftContent::Ready(review) => review,
        DraftContent::Refused(reason) => panic!("refused: {reason}"),
    }
}

fn form(draft: &DraftView, owner: &str) -> PublishForm {
    PublishForm {
        draft: draft.key,
        owner: owner.to_owned(),
        listed: "on".to_owned(),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_reviewed_and_published_for_the_chosen_owner(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    let view = upload(&house, &anna, &package("Contoso.Json", "1.0.0").readme("# Hello"))
        .await
        .unwrap();
    assert_eq!(view.file_name, "a.nupkg");
    let read = review(&view);
    assert_eq!(read.id, "Contoso.Json");
    assert!(read.readme_html.contains("Hello"), "{}", read.readme_html);
    let choice = |preselected: Option<&str>| DraftOwner::Choice {
        owners: ["anna", "contoso", "fabrikam"].map(str::to_owned).into(),
        preselected: preselected.map(str::to_owned),
    };
    assert_eq!(read.owner, choice(None));
    assert!(
        gallery::feed::versions(house.g(), "contoso.json").await.is_err(),
        "nothing is public yet"
    );
    assert_eq!(
        page(house.g(), &anna).await.unwrap().drafts,
        std::slice::from_ref(&view)
    );

    let g = house.g();
    assert_eq!(
        said(publish(g, &anna, form(&view, "")).await),
        "owner: Select the owner of the new package."
    );
    for foreign in ["carol", "nobody", "a b"] {
        assert_eq!(
            said(publish(g, &anna, form(&view, foreign)).await),
            "owner: You may not publish for this owner. Select another one."
        );
    }
    let published = publish(g, &anna, form(&view, "CONTOSO")).await.unwrap();
    assert_eq!(
        (published.id.as_str(), published.version.as_str()),
        ("Contoso.Json", "1.0.0")
    );
    assert_eq!(page(g, &anna).await.unwrap().drafts, []);
    assert_eq!(said(publish(g, &anna, form(&view, "contoso")).await), GONE);
    let public = gallery::packages::page(g, &carol, "contoso.json", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!((public.owners, public.listed), (vec!["contoso".to_owned()], true));

    // The same first part: the owner of last time is proposed. An id that exists has its owners.
    let next = upload(&house, &anna, &package("Contoso.Text", "1.0.0")).await.unwrap();
    assert_eq!(review(&next).owner, choice(Some("contoso")));
    let newer = upload(&house, &anna, &package("Contoso.Json", "1.1.0")).await.unwrap();
    assert_eq!(review(&newer).owner, DraftOwner::Existing(vec!["contoso".to_owned()]));
    let unlisted = PublishForm {
        listed: String::new(),
        ..form(&newer, "")
    };
    publish(g, &anna, unlisted).await.unwrap();
    assert!(
        !gallery::packages::page(g, &carol, "contoso.json", Some("1.1.0"), &Place::Start)
            .await
            .unwrap()
            .listed
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_way_is_told_and_judged_again(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let refused = upload_bytes(&house, &bob, b"no zip").await.unwrap();
    let bad = package("Bob.A", "1.0.0").license(License::Expression("Nonsense".to_owned()));
    let bad = upload(&house, &bob, &bad).await.unwrap();
    for view in [&refused, &bad] {
        let DraftContent::Refused(reason) = &view.content else {
            panic!("a bad package is ready");
        };
        assert_eq!(&said(publish(house.g(), &bob, form(view, "bob")).await), reason);
        discard(house.g(), &bob, view.key).await.unwrap();
    }
    let first = upload(&house, &bob, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let equal = upload(&house, &anna, &package("contoso.json", "1.0")).await.unwrap();
    assert_eq!(review(&equal).blocked, None);
    publish(house.g(), &bob, form(&first, "contoso")).await.unwrap();
    let blocked = review(&draft(house.g(), &anna, equal.key).await.unwrap())
        .blocked
        .clone()
        .unwrap();
    assert!(blocked.contains("exists already"), "{blocked}");
    assert_eq!(said(publish(house.g(), &anna, form(&equal, "contoso")).await), blocked);
    let foreign = upload(&house, &carol, &package("Contoso.Json", "2.0.0")).await.unwrap();
    let reason = "'carol' does not own the package 'Contoso.Json'.";
    assert_eq!(review(&foreign).blocked.as_deref(), Some(reason));
    assert_eq!(said(publish(house.g(), &carol, form(&foreign, "")).await), reason);

    // Reviewed as a member, published as none.
    let late = upload(&house, &bob, &package("Contoso.Late", "1.0.0")).await.unwrap();
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(
        said(publish(house.g(), &bob, form(&late, "contoso")).await),
        "owner: You may not publish for this owner. Select another one."
    );
    accounts::lock(house.g(), &Actor::operator(), &name("bob"))
        .await
        .unwrap();
    let locked = "Your account is locked. Ask the operators of this site.";
    assert_eq!(said(publish(house.g(), &bob, form(&late, "bob")).await), locked);
    assert_eq!(said(upload(&house, &bob, &package("Bob.B", "1.0.0")).await), locked);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn another_persons_draft_is_not_found(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    let icon = {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend([0; 40]);
        png
    };
    let view = upload(&house, &bob, &package("Contoso.Json", "1.0.0").icon(icon))
        .await
        .unwrap();
    let g = house.g();
    // Not even for the administrator of the organization it may be meant for.
    assert_eq!(said(draft(g, &anna, view.key).await), NOT_FOUND);
    assert_eq!(
        said(gallery::uploads::icon(g, &anna, view.key).await.map(drop)),
        NOT_FOUND
    );
    assert_eq!(said(discard(g, &anna, view.key).await), NOT_FOUND);
    assert_eq!(said(publish(g, &anna, form(&view, "contoso")).await), GONE);
    assert_eq!(page(g, &anna).await.unwrap().drafts, []);
    let nobody = Actor::anonymous(Origin::default());
    assert!(page(g, &nobody).await.is_err());
    discard(g, &bob, view.key).await.unwrap();
    assert_eq!(said(discard(g, &bob, view.key).await), NOT_FOUND);
    assert_eq!(said(publish(g, &bob, form(&view, "contoso")).await), GONE);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_ends_after_seven_days(#[case] database: Database) {
    let (house, _, bob, _) = open(database).await;
    let view = upload(&house, &bob, &package("Bob.A", "1.0.0")).await.unwrap();
    house.test.clock.advance(7 * DAY - 60);
    draft(house.g(), &bob, view.key).await.unwrap();
    house.test.clock.advance(61);
    assert_eq!(said(draft(house.g(), &bob, view.key).await), NOT_FOUND);
    assert_eq!(said(publish(house.g(), &bob, form(&view, "bob")).await), GONE);
    assert_eq!(page(house.g(), &bob).await.unwrap().drafts, []);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn twenty_drafts_wait_at_most_however_many_come_at_once(#[case] database: Database) {
    let (house, _, bob, carol) = open(database).await;
    for number in 0..17 {
        upload(&house, &bob, &package("Bob.A", &format!("1.{number}.0")))
            .await
            .unwrap();
    }
    let at_once = (0..8).map(|number| {
        let (house, bob) = (&house, &bob);
        async move { upload(house, bob, &package("Bob.B", &format!("1.{number}.0"))).await }
    });
    let results = futures::future::join_all(at_once).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 3);
    for refused in results.into_iter().filter(Result::is_err) {
        assert_eq!(
            said(refused),
            "You have 20 uploads that wait. Publish or discard some of them first."
        );
    }
    upload(&house, &carol, &package("Carol.A", "1.0.0")).await.unwrap();
    // What is refused leaves no bytes behind.
    let refused = package("Bob.C", "1.0.0").build();
    let key = received(house.g(), &refused).await.key;
    upload_bytes(&house, &bob, &refused).await.unwrap_err();
    assert_eq!(house.g().blobs().size(&key).await.unwrap(), None);
    let file = received(house.g(), &refused).await;
    receive(house.g(), &bob, "c.nupkg", file, DraftLimits::Off)
        .await
        .unwrap();
    // Those that have ended do not count, swept or not.
    house.test.clock.advance(7 * DAY + 1);
    upload(&house, &bob, &package("Bob.D", "1.0.0")).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_confirmed_an_address_uploads_nothing(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("dave", "dave@example.com", false).await.unwrap();
    let dave = house.session(&token).await;
    let refused = upload(&house, &dave, &package("Dave.A", "1.0.0")).await;
    assert_eq!(
        said(refused),
        "The email address is not confirmed yet. Confirm it first."
    );
}
