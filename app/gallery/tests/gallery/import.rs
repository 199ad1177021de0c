//! Importing package files as the operator: the same checks as a push, and no mails.

use crate::parcels::{package, reason};
use crate::people::{House, name, said};
use domain::page::Place;
use gallery::import::{find_owner, import_file, packages_under};
use gallery::packages::PushRefused;
use gallery::testkit::Database;
use gallery::{Actor, accounts};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn files_are_published_for_their_owner_by_the_rules_of_a_push(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &[]).await;
    let before = house.all_mails().await.len();
    let files = tempfile::tempdir().unwrap();
    let path = |name: &str| files.path().join(name);
    std::fs::create_dir(path("inner")).unwrap();
    std::fs::write(path("a.nupkg"), package("Contoso.A", "1.0.0").build()).unwrap();
    std::fs::write(path("inner/b.NUPKG"), package("Contoso.A", "1.1.0").build()).unwrap();
    std::fs::write(path("broken.nupkg"), b"no zip").unwrap();
    std::fs::write(path("readme.txt"), b"no package").unwrap();
    let found = packages_under(files.path()).unwrap();
    assert_eq!(found, [path("a.nupkg"), path("broken.nupkg"), path("inner/b.NUPKG")]);
    assert_eq!(packages_under(&path("a.nupkg")).unwrap(), [path("a.nupkg")]);
    let missing = packages_under(&path("missing")).unwrap_err().to_string();
    assert!(missing.contains("missing"), "{missing}");

    assert_eq!(
        said(find_owner(house.g(), &name("nobody")).await),
        "There is nothing at this address."
    );
    let owner = find_owner(house.g(), &name("CONTOSO")).await.unwrap();
    let published = import_file(house.g(), &path("a.nupkg"), owner).await.unwrap();
    assert_eq!(
        (published.id.as_str(), published.version.as_str()),
        ("Contoso.A", "1.0.0")
    );
    import_file(house.g(), &path("inner/b.NUPKG"), owner).await.unwrap();
    let again = import_file(house.g(), &path("a.nupkg"), owner).await;
    assert!(matches!(again, Err(PushRefused::VersionExists { .. })), "{again:?}");
    let broken = import_file(house.g(), &path("broken.nupkg"), owner).await;
    assert!(matches!(broken, Err(PushRefused::BadPackage(_))), "{broken:?}");

    // Another one's id is not for the operator to give away.
    let other = find_owner(house.g(), &name("carol")).await.unwrap();
    std::fs::write(path("a.nupkg"), package("Contoso.A", "2.0.0").build()).unwrap();
    assert_eq!(
        reason(import_file(house.g(), &path("a.nupkg"), other).await),
        "'carol' does not own the package 'Contoso.A'."
    );
    accounts::lock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    assert_eq!(
        reason(import_file(house.g(), &path("a.nupkg"), owner).await),
        "'contoso' is locked. Ask the operators of this site."
    );
    assert_eq!(house.all_mails().await.len(), before, "nobody gets a mail");
    let versions = gallery::packages::page(house.g(), &carol, "contoso.a", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(
        (versions.version.as_str(), versions.owners),
        ("1.1.0", vec!["contoso".to_owned()])
    );
    let trail = house.trail(&anna, "contoso").await;
    assert_eq!(trail.iter().filter(|action| *action == "package.pushed").count(), 2);
    assert_eq!(house.mismatches().await, [""; 0]);
}
