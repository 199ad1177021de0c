//! Reserved prefixes: who reserves them, who may publish under them, and which packages carry the mark.

use crate::parcels::{package, reason, received};
use crate::people::{House, name, said};
use domain::page::Place;
use domain::prefix::{PrefixAccess, PrefixForm};
use domain::upload::{DraftContent, DraftOwner, PublishForm};
use gallery::deletion::delete_organization;
use gallery::ownership::{accept, add, remove};
use gallery::packages::{owned, page, search};
use gallery::prefixes::{change, list, release, reserve};
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use gallery::uploads::{DraftLimits, publish, receive};
use gallery::{Actor, accounts, import};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";

/// Anna administers contoso, Bob is nobody, Sofia administers the site.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let sofia = house.person("sofia").await;
    house.organization("contoso", &["anna"], &[]).await;
    accounts::promote(house.g(), &Actor::operator(), &name("sofia"))
        .await
        .unwrap();
    (house, anna, bob, sofia)
}

fn form(value: &str, owners: &str) -> PrefixForm {
    PrefixForm {
        value: value.to_owned(),
        reach: "beginning".to_owned(),
        shared: String::new(),
        owners: owners.to_owned(),
    }
}

async fn verified(house: &House, by: &Actor, id: &str) -> bool {
    let shown = page(house.g(), by, id, None, &Place::Start).await.unwrap().verified;
    let query = SearchQuery {
        text: format!("packageid:{id}"),
        semver2: true,
        take: 1,
        ..SearchQuery::default()
    };
    let found = search(house.g(), &query).await.unwrap();
    assert_eq!(found.hits[0].verified, shown, "search and page say the same");
    shown
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_site_administrators_reserve(#[case] database: Database) {
    let (house, anna, _, sofia) = open(database).await;
    let nobody = Actor::anonymous(gallery::Origin::default());
    assert_eq!(
        said(reserve(house.g(), &nobody, form("Contoso.", "contoso")).await),
        "Sign in to go on."
    );
    for refused in [
        said(reserve(house.g(), &anna, form("Contoso.", "contoso")).await),
        said(change(house.g(), &anna, 1, true, "").await),
        said(release(house.g(), &anna, 1).await),
        said(list(house.g(), &anna).await),
    ] {
        assert_eq!(refused, NOT_FOUND);
    }
    assert_eq!(
        reserve(house.g(), &sofia, form("Contoso.*", "contoso, anna"))
            .await
            .unwrap(),
        "Contoso.*"
    );
    for (value, owners, problem) in [
        ("", "", "value: Enter the beginning of ids, such as Contoso."),
        (
            "Con..toso",
            "",
            "value: Use letters, digits and '_', joined by single dots or hyphens.",
        ),
        (
            "Fabrikam.",
            "nobody-here",
            "owners: There is no user or organization 'nobody-here'.",
        ),
        (
            "contoso.",
            "",
            "value: Contoso.* is reserved already, and this one would reach as far or further.",
        ),
        (
            "Con",
            "",
            "value: Contoso.* is reserved already, and this one would reach as far or further.",
        ),
    ] {
        assert_eq!(said(reserve(house.g(), &sofia, form(value, owners)).await), problem);
    }
    // A narrower one is allowed, and one id alone too.
    reserve(house.g(), &sofia, form("Contoso.Json.", "bob")).await.unwrap();
    let exact = PrefixForm {
        reach: "exact".to_owned(),
        ..form("Contoso", "")
    };
    reserve(house.g(), &sofia, exact).await.unwrap();
    let rows = list(house.g(), &sofia).await.unwrap();
    let rows: Vec<_> = rows.iter().map(|row| (row.shown(), row.owners.join(" "))).collect();
    assert_eq!(
        rows,
        [
            ("Contoso".to_owned(), String::new()),
            ("Contoso.*".to_owned(), "anna contoso".to_owned()),
            ("Contoso.Json.*".to_owned(), "bob".to_owned()),
        ]
    );
    assert!(
        house
            .trail(&anna, "contoso")
            .await
            .contains(&"prefix.reserved".to_owned())
    );
    let own = owned(house.g(), &anna, "", &Place::Start).await.unwrap().prefixes;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].owners, ["anna", "contoso"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn new_ids_under_a_prefix_are_its_owners(#[case] database: Database) {
    let (house, anna, bob, sofia) = open(database).await;
    let (of_contoso, of_bob) = (house.key(&anna, "contoso").await, house.key(&bob, "bob").await);
    house.push(&of_bob, &package("Contoso.Old", "1.0.0")).await.unwrap();
    reserve(house.g(), &sofia, form("Contoso.", "contoso")).await.unwrap();
    assert_eq!(
        reason(house.push(&of_bob, &package("Contoso.New", "1.0.0")).await),
        "The package id 'Contoso.New' begins with a reserved prefix that 'bob' does not own. Choose another id, or ask \
         the operators of this site."
    );
    // What is there stays with its owners, without the mark; the prefix has no say about what it is not about.
    house.push(&of_bob, &package("Contoso.Old", "2.0.0")).await.unwrap();
    house.push(&of_bob, &package("Contoso", "1.0.0")).await.unwrap();
    assert!(!verified(&house, &bob, "Contoso.Old").await);
    house.push(&of_contoso, &package("CONTOSO.New", "1.0.0")).await.unwrap();
    assert!(verified(&house, &bob, "Contoso.New").await);

    let file = house.test.folder.path().join("a.nupkg");
    std::fs::write(&file, package("Contoso.Imported", "1.0.0").build()).unwrap();
    let owner = import::find_owner(house.g(), &name("bob")).await.unwrap();
    assert!(reason(import::import_file(house.g(), &file, owner).await).contains("reserved prefix"));

    reserve(house.g(), &sofia, form("Nobody.", "")).await.unwrap();
    assert_eq!(
        reason(house.push(&of_contoso, &package("Nobody.New", "1.0.0")).await),
        "The package id 'Nobody.New' begins with a reserved prefix that nobody owns at present. Choose another id, or ask \
         the operators of this site."
    );
    // One of the prefixes suffices.
    reserve(house.g(), &sofia, form("Contoso.Bob.", "bob")).await.unwrap();
    house
        .push(&of_bob, &package("Contoso.Bob.Json", "1.0.0"))
        .await
        .unwrap();
    assert!(verified(&house, &bob, "Contoso.Bob.Json").await);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_mark_follows_prefixes_and_owners(#[case] database: Database) {
    let (house, anna, bob, sofia) = open(database).await;
    let of_bob = house.key(&bob, "bob").await;
    house.push(&of_bob, &package("Contoso.Json", "1.0.0")).await.unwrap();
    reserve(house.g(), &sofia, form("Contoso.", "contoso")).await.unwrap();
    let key = list(house.g(), &sofia).await.unwrap()[0].key;
    assert!(!verified(&house, &anna, "Contoso.Json").await);
    change(house.g(), &sofia, key, false, "contoso bob").await.unwrap();
    assert!(verified(&house, &anna, "Contoso.Json").await);
    change(house.g(), &sofia, key, true, "contoso").await.unwrap();
    assert!(!verified(&house, &anna, "Contoso.Json").await);
    // For everybody now, and so is whatever is under it.
    house.push(&of_bob, &package("Contoso.Shared", "1.0.0")).await.unwrap();
    reserve(house.g(), &sofia, form("Contoso.Deep.", "contoso"))
        .await
        .unwrap();
    let rows = list(house.g(), &sofia).await.unwrap();
    assert!(rows.iter().all(|row| row.access == PrefixAccess::Shared));

    add(house.g(), &bob, "Contoso.Json", "contoso").await.unwrap();
    let request = owned(house.g(), &anna, "", &Place::Start).await.unwrap().received[0].key;
    accept(house.g(), &anna, request).await.unwrap();
    assert!(verified(&house, &anna, "Contoso.Json").await);
    // Bob does not hold the prefix, so he cannot remove who does; contoso can.
    assert_eq!(
        said(remove(house.g(), &bob, "Contoso.Json", "contoso").await),
        "This owner holds the reserved prefix of the package. Only somebody who holds it too can remove them."
    );
    remove(house.g(), &anna, "Contoso.Json", "contoso").await.unwrap();
    assert!(!verified(&house, &anna, "Contoso.Json").await);

    change(house.g(), &sofia, key, false, "bob").await.unwrap();
    assert!(verified(&house, &anna, "Contoso.Json").await);
    release(house.g(), &sofia, key).await.unwrap();
    assert!(!verified(&house, &anna, "Contoso.Json").await);
    assert_eq!(
        said(release(house.g(), &sofia, key).await),
        "This prefix is not reserved any more."
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_mark_goes_with_the_holder_who_is_deleted(#[case] database: Database) {
    let (house, anna, bob, sofia) = open(database).await;
    let of_bob = house.key(&bob, "bob").await;
    for id in ["Contoso.Json", "Other.Json"] {
        house.push(&of_bob, &package(id, "1.0.0")).await.unwrap();
        add(house.g(), &bob, id, "contoso").await.unwrap();
        let request = owned(house.g(), &anna, "", &Place::Start).await.unwrap().received[0].key;
        accept(house.g(), &anna, request).await.unwrap();
    }
    reserve(house.g(), &sofia, form("Contoso.", "contoso")).await.unwrap();
    reserve(house.g(), &sofia, form("Other.", "contoso bob")).await.unwrap();
    assert!(verified(&house, &bob, "Contoso.Json").await);
    assert!(verified(&house, &bob, "Other.Json").await);
    delete_organization(house.g(), &anna, "contoso").await.unwrap();
    assert!(!verified(&house, &bob, "Contoso.Json").await);
    assert!(
        verified(&house, &bob, "Other.Json").await,
        "the other holder is an owner still"
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_review_of_an_upload_tells_whom_a_prefix_rules_out(#[case] database: Database) {
    let (house, anna, bob, sofia) = open(database).await;
    reserve(house.g(), &sofia, form("Contoso.", "contoso")).await.unwrap();
    let upload = async |by: &Actor| {
        let file = received(house.g(), &package("Contoso.New", "1.0.0").build()).await;
        let view = receive(house.g(), by, "a.nupkg", file, DraftLimits::Bind)
            .await
            .unwrap();
        match view.content {
            DraftContent::Ready(review) => (view.key, *review),
            DraftContent::Refused(reason) => panic!("{reason}"),
        }
    };
    let (_, review) = upload(&bob).await;
    assert!(
        review
            .blocked
            .is_some_and(|reason| reason.contains("reserved prefix that 'bob' does not own"))
    );
    let (draft, review) = upload(&anna).await;
    assert_eq!(review.owner, DraftOwner::Only("contoso".to_owned()));
    assert!(
        review
            .warnings
            .contains(&"The id begins with a reserved prefix, so it cannot belong to: anna.".to_owned())
    );
    let form = |owner: &str| PublishForm {
        draft,
        owner: owner.to_owned(),
        listed: "on".to_owned(),
    };
    assert!(said(publish(house.g(), &anna, form("anna")).await).contains("reserved prefix"));
    publish(house.g(), &anna, form("")).await.unwrap();
    assert!(verified(&house, &bob, "Contoso.New").await);
}
