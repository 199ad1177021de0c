//! Site administration: who gets there, what is found, and what is done.

use crate::parcels::package;
use crate::people::{House, name, said};
use domain::audit::AuditRow;
use domain::page::Place;
use domain::site::SitePage;
use gallery::packages::{Locking, set_locked};
use gallery::testkit::Database;
use gallery::{Actor, Who, accounts, audit_trail, site};
use rstest::rstest;

async fn page(house: &House, by: &Actor, account: &str, package: &str) -> SitePage {
    site::page(house.g(), by, account, package, &Place::Start)
        .await
        .unwrap()
}

/// Sofia administers the site, and is a member of contoso too; anna is its administrator.
async fn open(database: Database) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let sofia = house.person("sofia").await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &["sofia"]).await;
    let key = house.key(&anna, "contoso").await;
    for version in ["1.0.0", "2.0.0"] {
        house.push(&key, &package("Contoso.A", version)).await.unwrap();
    }
    accounts::promote(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    (house, sofia, anna)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_found_by_a_part_of_the_name_and_by_their_whole_address(#[case] database: Database) {
    let (house, sofia, _) = open(database).await;
    house.register("ulla", "Ulla@Example.com", false).await.unwrap();
    let found = async |text: &str| {
        let accounts = page(&house, &sofia, text, "").await.accounts;
        accounts.into_iter().map(|account| account.name).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, [""; 0]);
    assert_eq!(found("N").await, ["anna", "contoso"]);
    assert_eq!(found(" ANNA@example.com ").await, ["anna"]);
    assert_eq!(found("Ulla@Example.com").await, ["ulla"], "an address that waits");
    assert_eq!(found("%").await, [""; 0]);
    assert_eq!(found("\0").await, [""; 0]);
    let account = page(&house, &sofia, "sofia", "").await.accounts.remove(0);
    assert!(account.oneself && account.site_administrator && account.confirmed && !account.locked);
    assert_eq!(account.email, "sofia@example.com");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn packages_are_found_by_id_and_a_version_by_both(#[case] database: Database) {
    let (house, sofia, _) = open(database).await;
    let found = page(&house, &sofia, "", "contoso.a").await.package.unwrap();
    assert_eq!(
        (found.id.as_str(), found.owners.as_slice()),
        ("Contoso.A", &["contoso".to_owned()][..])
    );
    let versions: Vec<_> = found.versions.iter().map(|row| row.version.as_str()).collect();
    assert_eq!(versions, ["2.0.0", "1.0.0"]);
    let one = page(&house, &sofia, "", " Contoso.A  1.0 ").await.package.unwrap();
    assert_eq!(one.versions.len(), 1);
    let none = page(&house, &sofia, "", "Contoso.A nonsense").await.package.unwrap();
    assert_eq!(none.versions, []);
    assert_eq!(page(&house, &sofia, "", "Contoso").await.package, None);
    assert_eq!(page(&house, &sofia, "", "\0").await.package, None);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_finds_the_page_and_no_key_carries_the_power(#[case] database: Database) {
    let (house, sofia, anna) = open(database).await;
    house.person("bob").await;
    let key = house.key(&sofia, "sofia").await;
    let holder = house.lister(&key).await.unwrap();
    assert!(matches!(holder.who, Who::Key(_)));
    // A key is refused before anything is looked at: it has no scope for such things, and none can have it.
    for (by, locking) in [
        (&anna, "There is nothing at this address."),
        (&holder, "This API key has no scope for this."),
    ] {
        let nothing = "There is nothing at this address.";
        assert_eq!(said(site::page(house.g(), by, "", "", &Place::Start).await), nothing);
        assert_eq!(said(accounts::lock(house.g(), by, &name("bob")).await), locking);
        assert_eq!(said(accounts::lock(house.g(), by, &name("contoso")).await), locking);
        assert_eq!(
            said(set_locked(house.g(), by, "Contoso.A", Locking::Locked).await),
            nothing
        );
        assert_eq!(said(audit_trail::of_site(house.g(), by, &Place::Start).await), nothing);
    }
    let anonymous = Actor::anonymous(gallery::Origin::default());
    assert_eq!(
        said(site::page(house.g(), &anonymous, "", "", &Place::Start).await),
        "Sign in to go on."
    );
    accounts::lock(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    assert_eq!(
        said(accounts::lock(house.g(), &sofia, &name("anna")).await),
        "Your account is locked. Ask the operators of this site."
    );
    assert_eq!(
        said(site::page(house.g(), &sofia, "", "", &Place::Start).await),
        "Your account is locked. Ask the operators of this site."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_locked_and_unlocked_the_own_organizations_too_but_not_oneself(#[case] database: Database) {
    let (house, sofia, _) = open(database).await;
    let g = house.g();
    for account in ["anna", "contoso"] {
        accounts::set_locked_by_name(g, &sofia, account, true).await.unwrap();
        assert_eq!(
            said(accounts::set_locked_by_name(g, &sofia, account, true).await),
            format!("{account} is locked already.")
        );
        assert!(page(&house, &sofia, account, "").await.accounts[0].locked);
        accounts::set_locked_by_name(g, &sofia, account, false).await.unwrap();
        assert_eq!(
            said(accounts::set_locked_by_name(g, &sofia, account, false).await),
            format!("{account} is not locked.")
        );
    }
    assert_eq!(
        said(accounts::set_locked_by_name(g, &sofia, "sofia", true).await),
        "This is your own account. Ask another administrator of the site, or use the command line."
    );
    for nobody in ["nobody", "", "a/b", "\0"] {
        assert_eq!(
            said(accounts::set_locked_by_name(g, &sofia, nobody, true).await),
            "There is nothing at this address."
        );
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_locked_and_its_owners_are_told(#[case] database: Database) {
    let (house, sofia, anna) = open(database).await;
    let g = house.g();
    assert_eq!(
        set_locked(g, &sofia, " contoso.a", Locking::Locked).await.unwrap(),
        "Contoso.A"
    );
    assert_eq!(
        said(set_locked(g, &sofia, "Contoso.A", Locking::Locked).await),
        "Contoso.A is locked already."
    );
    set_locked(g, &Actor::operator(), "Contoso.A", Locking::Unlocked)
        .await
        .unwrap();
    assert_eq!(
        said(set_locked(g, &sofia, "Contoso.Nothing", Locking::Locked).await),
        "There is nothing at this address."
    );
    let told = gallery::notifications::list(g, &anna, Place::Start).await.unwrap();
    let texts: Vec<_> = told.items.iter().take(2).map(|row| row.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Contoso.A was unlocked by the operators of this site.",
            "Contoso.A was locked by the operators of this site. Nothing of it can be changed."
        ]
    );
    let trail = house.trail(&anna, "contoso").await;
    assert_eq!(trail[trail.len() - 2..], ["package.locked", "package.unlocked"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_sites_trail_has_everything_page_by_page(#[case] database: Database) {
    let (house, sofia, _) = open(database).await;
    let g = house.g();
    for _ in 0..30 {
        set_locked(g, &sofia, "Contoso.A", Locking::Locked).await.unwrap();
        set_locked(g, &sofia, "Contoso.A", Locking::Unlocked).await.unwrap();
    }
    let first = audit_trail::of_site(g, &sofia, &Place::Start).await.unwrap();
    assert_eq!(first.items.len(), 50);
    let second = audit_trail::of_site(g, &sofia, &Place::After(first.next.unwrap()))
        .await
        .unwrap();
    let count = house.number("SELECT COUNT(*) FROM audit_events").await;
    assert_eq!((first.items.len() + second.items.len()) as i64, count);
    let actions = |rows: &[AuditRow]| rows.iter().map(|row| row.action.clone()).collect::<Vec<_>>();
    assert!(actions(&second.items).contains(&"account.promoted".to_owned()));
    assert!(actions(&second.items).contains(&"account.created".to_owned()));
    let back = audit_trail::of_site(g, &sofia, &Place::Before(second.previous.unwrap()))
        .await
        .unwrap();
    assert_eq!(back.items, first.items);
}
