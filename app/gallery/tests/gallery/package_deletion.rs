//! Deleting a version: the bytes are gone, the number stays taken, and everything that follows from it is right.

use crate::parcels::{package, reason, received};
use crate::people::{House, name, said};
use domain::package::{PackageId, VersionRange};
use domain::page::Place;
use domain::profile::SortBy;
use domain::site::DeleteVersionForm;
use gallery::feed::{package_file, registration, versions};
use gallery::packages::{Deleted, Listing, PushRefused, delete, set_listing};
use gallery::sweep::sweep;
use gallery::testkit::Database;
use gallery::uploads::{DraftLimits, receive};
use gallery::{Actor, Error, Origin, accounts};
use rstest::rstest;

impl House {
    async fn delete(&self, by: &Actor, id: &str, version: &str) -> Result<Deleted, Error> {
        let form = DeleteVersionForm {
            reason: " It was malware. ".to_owned(),
        };
        delete(self.g(), by, id, version, &form).await
    }

    /// The ids that a search finds.
    async fn found(&self, text: &str) -> Vec<String> {
        let page = gallery::search::page(self.g(), text, true, SortBy::Relevance, 1)
            .await
            .unwrap();
        page.packages.into_iter().map(|package| package.id).collect()
    }

    async fn bytes_are_there(&self, id: &str, version: &str) -> bool {
        let key = received(self.g(), &package(id, version).build()).await.key;
        self.g().blobs().size(&key).await.unwrap().is_some()
    }
}

/// Sofia administers the site; contoso has three versions of a package.
async fn open(database: Database) -> (House, Actor, Actor, String) {
    let house = House::open(database).await;
    let sofia = house.person("sofia").await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    for version in ["1.0.0", "2.0.0", "3.0.0-beta"] {
        house.push(&key, &package("Contoso.A", version)).await.unwrap();
    }
    accounts::promote(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    (house, sofia, anna, key)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_version_is_gone_everywhere_and_its_number_stays_taken(#[case] database: Database) {
    let (house, sofia, anna, key) = open(database).await;
    let g = house.g();
    assert!(
        package_file(g, "contoso.a", "2.0.0").await.is_ok(),
        "so that it is remembered"
    );
    let deleted = house.delete(&sofia, "CONTOSO.a", "2.0").await.unwrap();
    assert_eq!((deleted.id.as_str(), deleted.version.as_str()), ("Contoso.A", "2.0.0"));
    assert_eq!(versions(g, "contoso.a").await.unwrap(), ["1.0.0", "3.0.0-beta"]);
    assert!(matches!(
        package_file(g, "contoso.a", "2.0.0").await,
        Err(Error::NotFound)
    ));
    assert_eq!(registration(g, "contoso.a", true).await.unwrap().pages[0].count, 2);
    let nobody = Actor::anonymous(Origin::default());
    let page = gallery::packages::page(g, &nobody, "Contoso.A", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(page.version, "1.0.0", "the newest stable one that is left");

    house.test.mails().await;
    assert!(!house.bytes_are_there("Contoso.A", "2.0.0").await);
    assert!(house.bytes_are_there("Contoso.A", "1.0.0").await);
    assert_eq!(house.mismatches().await, [""; 0]);

    for version in ["2.0.0", "2.0.0.0", "2.0.0+other"] {
        let again = house.push(&key, &package("Contoso.A", version)).await;
        assert!(matches!(again, Err(PushRefused::VersionDeleted { .. })), "{again:?}");
    }
    assert_eq!(
        reason(house.push(&key, &package("Contoso.A", "2.0.0")).await),
        "The version 2.0.0 of 'Contoso.A' was deleted by the operators of this site and cannot be published again. \
         Publish another version."
    );
    house.push(&key, &package("Contoso.A", "2.0.1")).await.unwrap();
    assert_eq!(
        said(house.delete(&sofia, "Contoso.A", "2.0.0").await),
        "There is nothing at this address."
    );

    let told = gallery::notifications::list(g, &anna, Place::Start).await.unwrap();
    let told = told
        .items
        .iter()
        .any(|row| row.text == "Contoso.A 2.0.0 was deleted by the operators of this site: It was malware.");
    assert!(told);
    let trail = gallery::audit_trail::of_organization(g, &anna, "contoso", Place::Start)
        .await
        .unwrap();
    let row = trail
        .events
        .items
        .iter()
        .find(|row| row.action == "package.deleted")
        .unwrap();
    assert_eq!(
        [row.who.as_str(), row.subject.as_str(), row.after.as_str()],
        ["sofia", "Contoso.A 2.0.0", "It was malware."]
    );
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_id_without_versions_is_found_nowhere_and_stays_with_its_owners(#[case] database: Database) {
    let (house, _, anna, key) = open(database).await;
    let g = house.g();
    let operator = Actor::operator();
    let needs = (
        PackageId::parse("Contoso.A").unwrap(),
        VersionRange::parse("1.0.0").unwrap(),
    );
    let parcel = package("Contoso.B", "1.0.0").dependency("net8.0", &needs.0, &needs.1);
    house.push(&key, &parcel).await.unwrap();
    assert_eq!(house.found("contoso.b").await, ["Contoso.B"]);
    house.delete(&operator, "Contoso.B", "1.0.0").await.unwrap();
    assert_eq!(house.found("contoso.b").await, [""; 0]);
    assert!(matches!(versions(g, "Contoso.B").await, Err(Error::NotFound)));
    let page = gallery::packages::page(g, &anna, "Contoso.B", None, &Place::Start).await;
    assert_eq!(said(page), "There is nothing at this address.");
    let user = gallery::packages::page(g, &anna, "Contoso.A", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(user.used_by, []);
    let owned = gallery::packages::owned(g, &anna, "contoso", &Place::Start)
        .await
        .unwrap();
    let without = owned.packages.items.iter().find(|one| one.id == "Contoso.B").unwrap();
    assert_eq!(
        (without.version.as_str(), without.versions, without.published),
        ("", 0, None)
    );
    assert_eq!(house.mismatches().await, [""; 0]);

    let bob = house.person("bob").await;
    let foreign = house.key(&bob, "bob").await;
    assert_eq!(
        reason(house.push(&foreign, &package("Contoso.B", "2.0.0")).await),
        "'bob' does not own the package 'Contoso.B'."
    );
    house.push(&key, &package("Contoso.B", "2.0.0")).await.unwrap();
    assert_eq!(house.found("contoso.b").await, ["Contoso.B"]);
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_before_the_bytes_are_removed_leaves_something_clean_that_is_swept(#[case] database: Database) {
    let (house, _, _, _) = open(database).await;
    house.delete(&Actor::operator(), "Contoso.A", "1.0.0").await.unwrap();
    // The work that was asked for is lost with the process, as it never is.
    house.sql("DELETE FROM jobs WHERE kind = 'remove_bytes'").await;
    assert!(house.bytes_are_there("Contoso.A", "1.0.0").await);
    assert!(matches!(
        package_file(house.g(), "contoso.a", "1.0.0").await,
        Err(Error::NotFound)
    ));
    assert_eq!(house.mismatches().await, [""; 0]);
    house.test.clock.advance(3_700);
    sweep(house.g()).await.unwrap();
    assert!(!house.bytes_are_there("Contoso.A", "1.0.0").await);
    assert!(house.bytes_are_there("Contoso.A", "2.0.0").await);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_another_row_has_stay(#[case] database: Database) {
    let (house, _, anna, _) = open(database).await;
    let g = house.g();
    let draft = received(g, &package("Contoso.A", "1.0.0").build()).await;
    receive(g, &anna, "a.nupkg", draft, DraftLimits::Bind).await.unwrap();
    house.delete(&Actor::operator(), "Contoso.A", "1.0.0").await.unwrap();
    house.test.mails().await;
    assert!(house.bytes_are_there("Contoso.A", "1.0.0").await, "the draft's");
    let page = gallery::uploads::page(g, &anna).await.unwrap();
    let domain::upload::DraftContent::Ready(review) = &page.drafts[0].content else {
        panic!("it was a good package")
    };
    assert!(review.blocked.as_ref().unwrap().contains("was deleted"), "{review:?}");
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_by_others_nor_without_a_reason(#[case] database: Database) {
    let (house, sofia, anna, key) = open(database).await;
    let holder = house.lister(&key).await.unwrap();
    for by in [&anna, &holder] {
        let nothing = "There is nothing at this address.";
        assert_eq!(said(house.delete(by, "Contoso.A", "1.0.0").await), nothing);
    }
    let without = DeleteVersionForm { reason: " ".to_owned() };
    assert_eq!(
        said(delete(house.g(), &sofia, "Contoso.A", "1.0.0", &without).await),
        "reason: Say why. The owners and the audit trail get the reason."
    );
    for (id, version) in [
        ("Contoso.A", "9.0.0"),
        ("Contoso.A", "x"),
        ("Contoso", "1.0.0"),
        ("\0", "1.0.0"),
        ("", ""),
    ] {
        assert_eq!(
            said(house.delete(&sofia, id, version).await),
            "There is nothing at this address."
        );
    }
    assert_eq!(versions(house.g(), "contoso.a").await.unwrap().len(), 3);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_a_push_and_a_deletion_at_once_whatever_wins_is_whole(#[case] database: Database) {
    let (house, _, _, key) = open(database).await;
    let operator = Actor::operator();
    for round in 0..10 {
        let version = format!("10.0.{round}");
        let parcel = package("Contoso.A", &version);
        house.push(&key, &parcel).await.unwrap();
        let (deleted, pushed, _) = tokio::join!(
            house.delete(&operator, "Contoso.A", &version),
            house.push(&key, &parcel),
            set_listing(house.g(), &operator, "Contoso.A", &version, Listing::Unlisted),
        );
        deleted.unwrap();
        assert!(matches!(
            pushed,
            Err(PushRefused::VersionExists { .. } | PushRefused::VersionDeleted { .. })
        ));
    }
    house.test.mails().await;
    assert_eq!(versions(house.g(), "contoso.a").await.unwrap().len(), 3);
    assert_eq!(house.mismatches().await, [""; 0]);
}
