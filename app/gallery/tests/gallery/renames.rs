//! Renaming an organization: which names it can have, what follows, and where the old one leads.

use crate::parcels::{package, reason};
use crate::people::{House, name, said};
use crate::races::{at_once, loser, rounds};
use crate::settings::told;
use domain::organization::AddOrganizationForm;
use domain::page::Place;
use domain::settings::RenameForm;
use domain::time::DAY;
use gallery::account_settings::{of_organization, present_name, rename};
use gallery::search::{SearchQuery, search};
use gallery::testkit::Database;
use gallery::{Actor, Error, Gallery, notifications, organizations, profiles};
use rstest::rstest;

const TAKEN: &str = "new_name: This name is not available. Choose another one.";
const NOT_FOUND: &str = "There is nothing at this address.";

/// Anna administers contoso, Bob collaborates, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    (house, anna, bob, carol)
}

async fn to(g: &Gallery, by: &Actor, organization: &str, new: &str) -> Result<String, Error> {
    let form = RenameForm {
        new_name: new.to_owned(),
    };
    rename(g, by, organization, form).await.map(String::from)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn everything_of_an_organization_follows_its_new_name(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let key = house.key(&bob, "contoso").await;
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();

    assert_eq!(
        to(house.g(), &anna, "CONTOSO", " Fabrikam-Ltd ").await.unwrap(),
        "Fabrikam-Ltd"
    );

    assert_eq!(
        house.members("fabrikam-ltd").await,
        ["anna:administrator", "bob:collaborator"]
    );
    house.push(&key, &package("Contoso.Json", "1.1.0")).await.unwrap();
    let page = gallery::packages::page(house.g(), &carol, "contoso.json", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(page.owners, ["Fabrikam-Ltd"]);
    for owner in ["fabrikam-ltd", "contoso"] {
        let query = SearchQuery {
            text: format!("owner:{owner}"),
            semver2: true,
            take: 20,
            ..SearchQuery::default()
        };
        let found = search(house.g(), &query).await.unwrap();
        assert_eq!(found.hits.len(), 1, "{owner}");
    }
    assert_eq!(
        told(&house, &anna, "fabrikam-ltd", 2).await[0],
        "organization.renamed Fabrikam-Ltd: contoso → Fabrikam-Ltd"
    );
    let mails = house.mails("organization-renamed").await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["anna@example.com", "bob@example.com"]);
    assert!(mails.iter().all(|mail| mail.link == "/organization/Fabrikam-Ltd"));
    let notices = notifications::list(house.g(), &bob, Place::Start).await.unwrap();
    assert_eq!(
        notices.items[0].text,
        "The organization contoso is now called Fabrikam-Ltd."
    );
    assert_eq!(house.mismatches().await, [""; 0]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_old_name_leads_on(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    to(house.g(), &anna, "contoso", "fabrikam").await.unwrap();
    let renamed = |error| matches!(error, Error::Renamed(present) if present == "fabrikam");
    let read = organizations::overview(house.g(), &anna, "Contoso").await;
    assert!(renamed(read.unwrap_err()));
    let read = profiles::profile(house.g(), &carol, "contoso", Place::Start).await;
    assert!(renamed(read.unwrap_err()));
    assert!(renamed(gallery::logos::read(house.g(), "contoso").await.unwrap_err()));
    assert!(renamed(to(house.g(), &anna, "contoso", "northwind").await.unwrap_err()));
    assert_eq!(
        present_name(house.g(), "CONTOSO").await.unwrap().as_deref(),
        Some("fabrikam")
    );
    for other in ["fabrikam", "anna", "nowhere", "a/b", ""] {
        assert_eq!(present_name(house.g(), other).await.unwrap(), None, "{other}");
    }
    // Of several former names, each leads to the present one.
    house.test.clock.advance(30 * DAY);
    to(house.g(), &anna, "fabrikam", "northwind").await.unwrap();
    for former in ["contoso", "fabrikam"] {
        let present = present_name(house.g(), former).await.unwrap();
        assert_eq!(present.as_deref(), Some("northwind"), "{former}");
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_free_is_refused(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    house.organization("north-wind", &["bob"], &[]).await;
    for taken in [
        "north-wind",
        "Northwind",
        "nort.hwind",
        "anna",
        "B.o.b",
        "admin",
        "v2.0.".trim_end_matches(".0."),
        "api",
    ] {
        let said = said(to(house.g(), &anna, "contoso", taken).await);
        assert!(
            said == TAKEN || said.starts_with("new_name: Use at least 3"),
            "{taken}: {said}"
        );
    }
    for (wanted, sentence) in [
        ("", "new_name: Enter a name."),
        ("contoso", "new_name: This is the present name. Enter another one."),
    ] {
        assert_eq!(said(to(house.g(), &anna, "contoso", wanted).await), sentence);
    }
    // Once used stays taken, for everybody but the organization itself.
    to(house.g(), &anna, "contoso", "fabrikam").await.unwrap();
    let form = AddOrganizationForm {
        name: "con-toso".to_owned(),
        email: "x@example.com".to_owned(),
    };
    let added = organizations::add(house.g(), &bob, form).await;
    assert_eq!(said(added), "name: This name is not available. Choose another one.");
    assert_eq!(said(to(house.g(), &bob, "north-wind", "contoso").await), TAKEN);
    let registered = house.register("contoso", "contoso@new.example", true).await;
    assert!(said(registered).contains("not available"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_is_renamed_once_in_30_days_and_may_return(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    to(house.g(), &anna, "contoso", "fabrikam").await.unwrap();
    let early = said(to(house.g(), &anna, "fabrikam", "contoso").await);
    assert!(
        early.starts_with("new_name: An organization can be renamed once in 30 days."),
        "{early}"
    );
    let page = of_organization(house.g(), &anna, "fabrikam", Vec::new()).await.unwrap();
    assert!(page.rename_from.is_some());

    house.test.clock.advance(30 * DAY);
    let page = of_organization(house.g(), &anna, "fabrikam", Vec::new()).await.unwrap();
    assert_eq!(page.rename_from, None);
    to(house.g(), &anna, "fabrikam", "Con-Toso").await.unwrap();
    let present = present_name(house.g(), "contoso").await.unwrap();
    assert_eq!(
        present.as_deref(),
        Some("Con-Toso"),
        "a look-alike of one's own is another name"
    );

    house.test.clock.advance(30 * DAY);
    to(house.g(), &anna, "con-toso", "contoso").await.unwrap();
    assert_eq!(present_name(house.g(), "contoso").await.unwrap(), None);
    assert_eq!(
        present_name(house.g(), "con-toso").await.unwrap().as_deref(),
        Some("contoso")
    );
    assert_eq!(house.members("contoso").await.len(), 2);

    // Another case is the same name; it leads nowhere.
    house.test.clock.advance(30 * DAY);
    to(house.g(), &anna, "contoso", "CONTOSO").await.unwrap();
    assert_eq!(present_name(house.g(), "contoso").await.unwrap(), None);
    assert_eq!(
        organizations::head(house.g(), &anna, "contoso").await.unwrap().name,
        "CONTOSO"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn administrators_rename_organizations_and_nobody_renames_a_user(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let ask = |by: &Actor, of: &'static str| {
        let (by, g) = (by.clone(), house.g().clone());
        async move { to(&g, &by, of, "fabrikam").await }
    };
    assert_eq!(
        said(ask(&bob, "contoso").await),
        "Only administrators may do this. Ask one of them."
    );
    assert_eq!(said(ask(&carol, "contoso").await), NOT_FOUND);
    assert_eq!(said(ask(&anna, "anna").await), NOT_FOUND);
    let operator = Actor::operator();
    gallery::accounts::lock(house.g(), &operator, &name("contoso"))
        .await
        .unwrap();
    assert!(said(ask(&anna, "contoso").await).contains("locked"));
    let key = {
        gallery::accounts::unlock(house.g(), &operator, &name("contoso"))
            .await
            .unwrap();
        house.key(&bob, "contoso").await
    };
    gallery::accounts::lock(house.g(), &operator, &name("contoso"))
        .await
        .unwrap();
    let pushed = house.push(&key, &package("A.B", "1.0.0")).await;
    assert!(reason(pushed).contains("locked"));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_want_one_name_one_gets_it(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for round in 0..rounds() {
        let (one, other) = (format!("one-{round}"), format!("other-{round}"));
        house.organization(&one, &["anna"], &[]).await;
        house.organization(&other, &["bob"], &[]).await;
        let (anna, bob) = (anna.clone(), bob.clone());
        let names = [format!("wanted-{round}"), format!("wan.ted-{round}")];
        let [first, second] = names;
        let (one, other) = at_once(
            &house,
            |g| async move { to(&g, &anna, &one, &first).await },
            |g| async move { to(&g, &bob, &other, &second).await },
        )
        .await;
        assert_eq!(loser(one, other), TAKEN);
    }
    house.chain_is_whole().await;
}
