//! Profiles look the same for users and organizations, and to everybody.

use crate::people::{House, said};
use domain::page::Place;
use domain::permission::Role;
use gallery::profiles::profile;
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_profiles_and_insiders_their_own_links(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("Anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let nobody = Actor::anonymous(Origin::default());
    for name in ["anna", "CONTOSO"] {
        let page = profile(house.g(), &nobody, name, Place::Start).await.unwrap();
        assert_eq!(
            (page.role, page.oneself, page.packages, page.downloads),
            (None, false, 0, 0)
        );
    }
    let own = profile(house.g(), &anna, "anna", Place::Start).await.unwrap();
    assert_eq!((own.name.as_str(), own.role, own.oneself), ("Anna", None, true));
    let contoso = profile(house.g(), &anna, "contoso", Place::Start).await.unwrap();
    assert_eq!((contoso.role, contoso.oneself), (Some(Role::Administrator), false));
    for missing in ["nobody", "a", "..", "a/b"] {
        let page = profile(house.g(), &nobody, missing, Place::Start).await;
        assert_eq!(said(page), "There is nothing at this address.");
    }
}
