//! The lists of an owner's packages: what is kept with an owner follows the package, and no list grows slower with it.

use crate::parcels::package;
use crate::people::{House, name};
use domain::ownership::PackagesForm;
use domain::page::{Page, Place};
use domain::permission::Role;
use domain::site::DeleteVersionForm;
use gallery::feed::{count_download, flush_downloads, package_file};
use gallery::ownership::{add, change_packages, remove};
use gallery::packages::{Listing, delete, owned, set_listing};
use gallery::profiles::profile;
use gallery::seed::{Wanted, seed};
use gallery::testkit::Database;
use gallery::{Actor, Origin, accounts, members};
use rstest::rstest;
use schema::migration::Migrator;
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;

/// Anna administers contoso, which published three packages; fabrikam is hers too.
async fn open(database: Database) -> (House, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    house.organization("fabrikam", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    for id in ["Contoso.A", "Contoso.B", "Contoso.C"] {
        house.push(&key, &package(id, "1.0.0")).await.unwrap();
    }
    (house, anna)
}

/// The page of a profile at a place, for everybody.
async fn listed(house: &House, owner: &str, place: Place) -> Page<String> {
    let nobody = Actor::anonymous(Origin::default());
    let page = profile(house.g(), &nobody, owner, place).await.unwrap();
    page.list.map(|card| card.id)
}

/// A profile as `id, id: packages, downloads`; what is kept with the owners is what the packages have.
async fn shown(house: &House, owner: &str) -> String {
    let nobody = Actor::anonymous(Origin::default());
    let page = profile(house.g(), &nobody, owner, Place::Start).await.unwrap();
    assert_eq!(house.mismatches().await, [""; 0]);
    let ids: Vec<_> = page.list.items.into_iter().map(|card| card.id).collect();
    format!("{}: {}, {}", ids.join(" "), page.packages, page.downloads)
}

async fn download(house: &House, counts: &[(&str, u32)]) {
    for (id, times) in counts {
        let file = package_file(house.g(), id, "1.0.0").await.unwrap();
        for _ in 0..*times {
            count_download(house.g(), &file);
        }
    }
    flush_downloads(house.g()).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_follows_downloads_listing_and_deletion(#[case] database: Database) {
    let (house, anna) = open(database).await;
    assert_eq!(shown(&house, "contoso").await, "Contoso.A Contoso.B Contoso.C: 3, 0");
    download(&house, &[("Contoso.C", 3), ("Contoso.B", 2)]).await;
    assert_eq!(shown(&house, "contoso").await, "Contoso.C Contoso.B Contoso.A: 3, 5");
    download(&house, &[("Contoso.B", 2)]).await;
    assert_eq!(shown(&house, "contoso").await, "Contoso.B Contoso.C Contoso.A: 3, 7");

    let all = PackagesForm {
        ids: vec!["Contoso.A".to_owned(), "Contoso.B".to_owned()],
        change: "unlist".to_owned(),
        owner: String::new(),
    };
    change_packages(house.g(), &anna, "contoso", all).await.unwrap();
    assert_eq!(
        shown(&house, "contoso").await,
        "Contoso.C: 1, 7",
        "downloads of what is unlisted count"
    );
    set_listing(house.g(), &anna, "Contoso.B", "1.0.0", Listing::Listed)
        .await
        .unwrap();
    assert_eq!(shown(&house, "contoso").await, "Contoso.B Contoso.C: 2, 7");

    let sofia = house.person("sofia").await;
    accounts::promote(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    let form = DeleteVersionForm {
        reason: "It was malware.".to_owned(),
    };
    delete(house.g(), &sofia, "Contoso.B", "1.0.0", &form).await.unwrap();
    assert_eq!(shown(&house, "contoso").await, "Contoso.C: 1, 7");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_becomes_owner_has_the_package_with_its_downloads(#[case] database: Database) {
    let (house, anna) = open(database).await;
    download(&house, &[("Contoso.A", 1), ("Contoso.B", 2)]).await;
    set_listing(house.g(), &anna, "Contoso.C", "1.0.0", Listing::Unlisted)
        .await
        .unwrap();
    for id in ["Contoso.A", "Contoso.B", "Contoso.C"] {
        add(house.g(), &anna, id, "fabrikam").await.unwrap();
    }
    assert_eq!(shown(&house, "fabrikam").await, "Contoso.B Contoso.A: 2, 3");
    download(&house, &[("Contoso.A", 4)]).await;
    for owner in ["contoso", "fabrikam"] {
        assert_eq!(shown(&house, owner).await, "Contoso.A Contoso.B: 2, 7");
    }
    remove(house.g(), &anna, "Contoso.A", "contoso").await.unwrap();
    assert_eq!(shown(&house, "contoso").await, "Contoso.B: 1, 2");

    let selected = PackagesForm {
        ids: vec!["Contoso.B".to_owned()],
        change: "move".to_owned(),
        owner: "anna".to_owned(),
    };
    change_packages(house.g(), &anna, "contoso", selected).await.unwrap();
    assert_eq!(shown(&house, "anna").await, "Contoso.B: 1, 2");
    assert_eq!(shown(&house, "contoso").await, ": 0, 0");
    assert_eq!(shown(&house, "fabrikam").await, "Contoso.A Contoso.B: 2, 7");
}

/// Reads a list forth to its end and back to its start; the ids of both ways in the order of the list.
async fn both_ways(read: impl AsyncFn(Place) -> Page<String>) -> [Vec<String>; 2] {
    let mut page = read(Place::Start).await;
    assert_eq!(page.previous, None);
    let mut forth = page.items.clone();
    while let Some(next) = page.next {
        page = read(Place::After(next)).await;
        forth.extend(page.items.clone());
    }
    let mut back = page.items.clone();
    while let Some(previous) = page.previous {
        page = read(Place::Before(previous)).await;
        back.splice(..0, page.items.clone());
    }
    assert_eq!(page.items.len(), 50, "a full page");
    [forth, back]
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn packages_with_as_many_downloads_come_one_after_the_other(#[case] database: Database) {
    let house = House::open(database).await;
    let wanted = Wanted {
        packages_of_first: 170,
        ..Wanted::default()
    };
    seed(house.g(), &Actor::operator(), wanted, &|_| {}).await.unwrap();
    // Pages end within a group of equal ones, and between two groups.
    house
        .sql("UPDATE packages SET downloads = CASE WHEN id % 17 < 5 THEN 0 ELSE id % 3 END")
        .await;
    house
        .sql("UPDATE package_owners SET downloads = (SELECT downloads FROM packages WHERE packages.id = package_id)")
        .await;
    assert_eq!(house.mismatches().await, [""; 0]);
    let mut expected = Vec::new();
    for number in 1..=170_i64 {
        let id = format!("Seed.First.{number:05}");
        let query = format!("SELECT -downloads * 1000000 + id FROM packages WHERE name = '{id}'");
        expected.push((house.number(&query).await, id));
    }
    expected.sort();
    let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
    let [forth, back] = both_ways(async |place| listed(&house, "user-00001", place).await).await;
    assert_eq!(forth, expected);
    assert_eq!(back, expected);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn packages_of_hundreds_of_organizations_come_by_id_and_each_once(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let wanted = Wanted {
        organizations: 205,
        packages: 160,
        versions: 1,
        ..Wanted::default()
    };
    seed(house.g(), &Actor::operator(), wanted, &|_| {}).await.unwrap();
    members::add(
        house.g(),
        &Actor::operator(),
        &name("org-0001"),
        &name("anna"),
        Role::Collaborator,
    )
    .await
    .unwrap();
    house
        .sql(
            "INSERT INTO memberships (organization_id, member_id, role, member_name_key, since) \
             SELECT team.id, anna.id, 'collaborator', 'anna', 0 FROM accounts AS team, accounts AS anna \
             WHERE team.name LIKE 'org-%' AND team.name <> 'org-0001' AND anna.name = 'anna'",
        )
        .await;
    // The first hundred are also owned by the last organization, which is read with another statement, and by anna.
    house
        .sql(
            "INSERT INTO package_owners (package_id, account_id, id_key, since, downloads, listed) \
             SELECT p.id, a.id, p.id_key, 0, p.downloads, p.latest_id IS NOT NULL FROM packages AS p, accounts AS a \
             WHERE p.name < 'Seed.Package.00101' AND a.name IN ('anna', 'org-0205') AND NOT EXISTS \
             (SELECT 1 FROM package_owners AS o WHERE o.package_id = p.id AND o.account_id = a.id)",
        )
        .await;
    let expected: Vec<String> = (1..=160).map(|number| format!("Seed.Package.{number:05}")).collect();
    let read = async |place: Place| {
        let page = owned(house.g(), &anna, "", &place).await.unwrap();
        page.packages.map(|package| package.id)
    };
    let [forth, back] = both_ways(read).await;
    assert_eq!(forth, expected);
    assert_eq!(back, expected);
    let mine = owned(house.g(), &anna, "anna", &Place::Start).await.unwrap().packages;
    let mine: Vec<String> = mine.items.into_iter().map(|package| package.id).collect();
    assert_eq!(mine, expected[..50], "one account's alone");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_the_previous_release_left_gets_its_copies(#[case] database: Database) {
    let (house, anna) = open(database).await;
    download(&house, &[("Contoso.C", 3)]).await;
    set_listing(house.g(), &anna, "Contoso.A", "1.0.0", Listing::Unlisted)
        .await
        .unwrap();
    let before = shown(&house, "contoso").await;
    let connection = gallery::testkit::connect(&house.g().settings().database_url).await;
    Migrator::down(&connection, Some(1)).await.unwrap();
    Migrator::up(&connection, None).await.unwrap();
    connection.close().await.unwrap();
    assert_eq!(shown(&house, "contoso").await, before);
}

/// What SQLite would read for a query.
async fn plan(house: &House, query: &str) -> String {
    let connection = gallery::testkit::connect(&house.g().settings().database_url).await;
    let statement = Statement::from_string(connection.get_database_backend(), format!("EXPLAIN QUERY PLAN {query}"));
    let rows = connection.query_all_raw(statement).await.unwrap();
    connection.close().await.unwrap();
    let details = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap());
    details.collect::<Vec<_>>().join("; ")
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_an_owner_do_not_sort() {
    let house = House::open(Database::Sqlite).await;
    let profile = "COVERING INDEX ix_package_owners_account_id_listed_downloads_package_id (account_id=?";
    let by_id = "INDEX ix_package_owners_account_id_id_key (account_id=?";
    let listed = "SELECT downloads, package_id FROM package_owners WHERE account_id = 1 AND listed = 1";
    let owned = "SELECT id_key, package_id FROM package_owners WHERE account_id = 1";
    for (query, index) in [
        (
            format!("{listed} ORDER BY downloads DESC, package_id ASC LIMIT 51"),
            profile,
        ),
        (
            format!("{listed} AND downloads = 3 AND package_id > 5 ORDER BY downloads DESC, package_id ASC LIMIT 51"),
            profile,
        ),
        (
            format!("{listed} AND downloads < 3 ORDER BY downloads DESC, package_id ASC LIMIT 51"),
            profile,
        ),
        (
            format!("{listed} AND downloads = 3 AND package_id < 5 ORDER BY downloads ASC, package_id DESC LIMIT 51"),
            profile,
        ),
        (
            format!("{listed} AND downloads > 3 ORDER BY downloads ASC, package_id DESC LIMIT 51"),
            profile,
        ),
        (
            "SELECT listed, COUNT(account_id), SUM(downloads) FROM package_owners WHERE account_id = 1 GROUP BY listed"
                .to_owned(),
            profile,
        ),
        (format!("{owned} ORDER BY id_key ASC LIMIT 51"), by_id),
        (format!("{owned} AND id_key > 'a' ORDER BY id_key ASC LIMIT 51"), by_id),
        (format!("{owned} AND id_key < 'a' ORDER BY id_key DESC LIMIT 51"), by_id),
        (
            "SELECT account_id, COUNT(account_id) FROM package_owners WHERE account_id IN (1, 2) GROUP BY account_id"
                .to_owned(),
            "COVERING INDEX ix_package_owners_account_id",
        ),
    ] {
        let plan = plan(&house, &query).await;
        assert!(plan.contains(index), "{query}: {plan}");
        assert!(
            !plan.contains("TEMP B-TREE") && !plan.contains("SCAN"),
            "{query}: {plan}"
        );
    }
}
