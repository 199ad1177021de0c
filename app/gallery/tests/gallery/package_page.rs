//! The page of a package: what it tells of the packages around it.

use crate::parcels::package;
use crate::people::House;
use domain::package::{PackageId, VersionRange};
use domain::page::Place;
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_dependencies_that_are_here_are_called_so(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let key = house.key(&anna, "anna").await;
    house.push(&key, &package("Contoso.Core", "1.0.0")).await.unwrap();
    let range = VersionRange::parse("1.0.0").unwrap();
    let needing = ["contoso.core", "Elsewhere.Core"]
        .iter()
        .fold(package("Contoso.Json", "1.0.0"), |package, id| {
            package.dependency("net8.0", &PackageId::parse(id).unwrap(), &range)
        });
    house.push(&key, &needing).await.unwrap();
    let nobody = Actor::anonymous(Origin::default());
    let page = gallery::packages::page(house.g(), &nobody, "contoso.json", None, &Place::Start)
        .await
        .unwrap();
    let told: Vec<_> = page
        .dependencies
        .iter()
        .flat_map(|list| {
            list.packages
                .iter()
                .map(|row| (row.id.as_str(), row.range.as_str(), row.here))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("contoso.core", ">= 1.0.0", true),
            ("Elsewhere.Core", ">= 1.0.0", false)
        ]
    );
    assert_eq!(page.dependencies[0].framework, "net8.0");
}
