//! What nobody sends by mistake: the gallery says that there is nothing, and never fails inside.

use crate::parcels::package;
use crate::people::{House, said};
use domain::package::{PackageId, VersionRange};
use domain::page::Place;
use domain::profile::SortBy;
use gallery::packages::{Listing, PushRefused, owned, search, set_listing};
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use gallery::{Error, feed};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_nul_is_nowhere(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let key = house.key(&anna, "contoso").await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    let g = house.g();
    for id in ["\0", "contoso.json\0", "\0contoso.json"] {
        assert!(matches!(feed::versions(g, id).await, Err(Error::NotFound)));
        assert!(matches!(feed::registration(g, id, true).await, Err(Error::NotFound)));
        assert!(matches!(
            feed::registration_leaf(g, id, true, "1.0.0").await,
            Err(Error::NotFound)
        ));
        assert!(matches!(feed::package_file(g, id, "1.0.0").await, Err(Error::NotFound)));
        assert!(matches!(
            feed::package_file(g, id, "1.0.0\0").await,
            Err(Error::NotFound)
        ));
        assert!(matches!(feed::nuspec(g, id, "1.0.0").await, Err(Error::NotFound)));
        feed::generation(g, id).await.unwrap();
        feed::last_change(g, id).await.unwrap();
        assert!(matches!(
            gallery::packages::page(g, &anna, id, None, &Place::Start).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            gallery::packages::manage_page(g, &anna, id, &Place::Start, id).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            set_listing(g, &anna, id, "1.0.0", Listing::Unlisted).await,
            Err(PushRefused::UnknownVersion { .. })
        ));
        for cursor in [Place::After(id.to_owned()), Place::Before(id.to_owned())] {
            owned(g, &anna, "", &cursor).await.unwrap();
            gallery::members::list(g, &anna, "contoso", id, cursor).await.unwrap();
        }
        assert!(said(gallery::profiles::profile(g, &anna, id, Place::Start).await).contains("nothing"));
        for field in ["", "packageid:", "owner:", "id:", "tags:"] {
            let query = SearchQuery {
                text: format!("{field}nowhere{id}"),
                semver2: true,
                take: 10,
                package_type: id.to_owned(),
                ..SearchQuery::default()
            };
            assert_eq!(search(g, &query).await.unwrap().total, 0);
        }
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_search_of_any_length_is_answered(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let key = house.key(&anna, "anna").await;
    // Without a package to compare with, no database looks at a pattern.
    house.push(&key, &package("Anna.Json", "1.0.0")).await.unwrap();
    for text in ["%".repeat(60_000), "qx ".repeat(30_000), "_\\".repeat(30_000)] {
        let page = gallery::search::page(house.g(), &text, true, SortBy::Relevance, u32::MAX)
            .await
            .unwrap();
        assert_eq!((page.total, page.number), (0, 1));
        let query = SearchQuery {
            text: text.clone(),
            package_type: text,
            skip: u64::MAX,
            take: u64::MAX,
            ..SearchQuery::default()
        };
        assert_eq!(search(house.g(), &query).await.unwrap().total, 0);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn as_many_dependencies_as_a_package_may_have_are_kept(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let key = house.key(&anna, "anna").await;
    let range = VersionRange::parse("1").unwrap();
    let mut crowded = package("Anna.Crowded", "1.0.0");
    for number in 0..1_900 {
        crowded = crowded.dependency("", &PackageId::parse(&format!("d{number}")).unwrap(), &range);
    }
    house.push(&key, &crowded).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM dependencies").await, 1_900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_hangs_up_is_unavailable_and_comes_back() {
    let house = House::open(Database::Postgres).await;
    let anna = house.person("anna").await;
    for _ in 0..3 {
        let tx = house.g().begin().await.unwrap();
        house
            .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            .await;
        let failed = tx
            .authorize::<gallery::authorization::ManageAccount>(&anna, &crate::people::name("anna"))
            .await;
        assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    }
    // The pool may hand out one more dead connection at most, and then it has a living one.
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(house.g().ready().await.is_ok());
    }
    assert!(answers.contains(&true), "{answers:?}");
}
