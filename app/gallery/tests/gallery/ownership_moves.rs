//! Many packages of an organization at once: moved to another owner, or unlisted; all of them or none.

use crate::ownership::{open, owners, received};
use crate::parcels::package;
use crate::people::{House, said};
use domain::ownership::PackagesForm;
use domain::page::Place;
use gallery::Actor;
use gallery::ownership::{PackagesChanged, accept, add, change_packages};
use gallery::packages::{page, search};
use gallery::search::SearchQuery;
use gallery::testkit::Database;
use rstest::rstest;

const IDS: [&str; 3] = ["Contoso.A", "Contoso.B", "Contoso.Json"];

async fn open_with_packages(database: Database) -> (House, [Actor; 4]) {
    let (house, people) = open(database).await;
    let key = house
        .key_of(&people[0], crate::parcels::key_form("more", "contoso"))
        .await;
    for (id, version) in [
        ("Contoso.A", "1.0.0"),
        ("Contoso.A", "2.0.0-beta"),
        ("Contoso.B", "1.0.0"),
    ] {
        house.push(&key, &package(id, version)).await.unwrap();
    }
    (house, people)
}

fn form(ids: &[&str], change: &str, owner: &str) -> PackagesForm {
    PackagesForm {
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        change: change.to_owned(),
        owner: owner.to_owned(),
    }
}

fn moved(owner: &str, moved: usize, asked: usize) -> PackagesChanged {
    PackagesChanged::Moved {
        owner: owner.to_owned(),
        moved,
        asked,
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn to_an_owner_of_ones_own_packages_move_at_once(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open_with_packages(database).await;
    house.organization("northwind", &["anna", "carol"], &[]).await;
    add(house.g(), &anna, "Contoso.A", "northwind").await.unwrap();
    add(house.g(), &anna, "Contoso.B", "fabrikam").await.unwrap();
    let before = house.all_mails().await.len();
    let done = change_packages(house.g(), &anna, "contoso", form(&IDS, "move", "Northwind")).await;
    assert_eq!(done.unwrap(), moved("northwind", 3, 0));
    for id in IDS {
        assert_eq!(owners(&house, &carol, id).await, ["northwind"]);
    }
    // What contoso asked somebody else is withdrawn.
    assert!(received(&house, &carol).await.is_empty());
    let mut mails = house.all_mails().await.split_off(before);
    mails.sort();
    assert_eq!(
        mails,
        [
            "owner-added to anna@example.com",
            "owner-added to carol@example.com",
            "owner-added to northwind@example.com",
            "owner-removed to contoso@example.com",
            "ownership-cancelled to carol@example.com",
        ],
        "one mail each, with the list"
    );
    let raw = house.test.mails().await;
    let listed = raw
        .iter()
        .find(|raw| raw.contains("To: northwind@example.com") && raw.contains("moved"));
    assert!(IDS.iter().all(|id| listed.is_some_and(|raw| raw.contains(id))));
    for (by, team) in [(&anna, "contoso"), (&anna, "northwind")] {
        let trail = house.trail(by, team).await;
        assert_eq!(
            trail.iter().filter(|action| *action == "ownership.moved").count(),
            3,
            "{team}"
        );
    }
    house.chain_is_whole().await;
    assert_eq!(house.mismatches().await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_asked_first_replaces_the_old_owner_only_by_accepting(#[case] database: Database) {
    let (house, [anna, _, carol, dave]) = open_with_packages(database).await;
    let two = ["contoso.a", "Contoso.JSON"];
    let done = change_packages(house.g(), &anna, "contoso", form(&two, "move", "fabrikam")).await;
    assert_eq!(done.unwrap(), moved("fabrikam", 0, 2));
    for id in two {
        assert_eq!(owners(&house, &anna, id).await, ["contoso"]);
    }
    let asked: Vec<String> = house
        .mails("ownership-requested")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    assert_eq!(
        asked,
        ["carol@example.com", "anna@example.com"],
        "the administrators of both, one mail each"
    );
    let requests = received(&house, &carol).await;
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.replaces == "contoso"));
    accept(house.g(), &carol, requests[0].key).await.unwrap();
    assert_eq!(owners(&house, &dave, "Contoso.A").await, ["fabrikam"]);
    assert_eq!(owners(&house, &anna, "Contoso.Json").await, ["contoso"]);
    let removed: Vec<String> = house
        .mails("owner-removed")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    assert_eq!(removed, ["contoso@example.com"]);
    assert!(
        house
            .trail(&anna, "contoso")
            .await
            .contains(&"ownership.moved".to_owned())
    );
    let again = change_packages(house.g(), &anna, "contoso", form(&["Contoso.Json"], "move", "fabrikam")).await;
    assert_eq!(
        said(again),
        "owner: This account is asked to own Contoso.Json already. Wait for the answer."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn all_or_none_change(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open_with_packages(database).await;
    let change =
        async |by: &Actor, team: &str, form: PackagesForm| said(change_packages(house.g(), by, team, form).await);
    let selected = form(&IDS, "move", "anna");
    assert_eq!(
        change(&carol, "contoso", selected.clone()).await,
        "There is nothing at this address."
    );
    assert_eq!(
        change(&bob, "contoso", selected.clone()).await,
        "Only administrators may do this. Ask one of them."
    );
    for (form, problem) in [
        (form(&[], "move", "anna"), "Select at least one first."),
        (form(&IDS, "burn", "anna"), "Choose what to do with the selection."),
        (
            form(&IDS, "move", ""),
            "owner: Enter the name of a user or an organization.",
        ),
        (
            form(&IDS, "move", "contoso"),
            "owner: The packages belong to this account already. Choose another one.",
        ),
        (
            form(&["Contoso.A", "Foreign"], "move", "anna"),
            "contoso does not own foreign any more. Nothing was changed; select the packages again.",
        ),
        (
            form(&["Contoso.A", "\0"], "unlist", ""),
            "contoso does not own \0 any more. Nothing was changed; select the packages again.",
        ),
    ] {
        assert_eq!(change(&anna, "contoso", form).await, problem);
    }
    let many: Vec<String> = (0..501).map(|number| format!("Contoso.{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        change(&anna, "contoso", form(&many, "unlist", "")).await,
        "Select at most 500 at once."
    );
    house
        .sql("UPDATE packages SET locked = TRUE WHERE id_key = 'contoso.b'")
        .await;
    assert_eq!(
        change(&anna, "contoso", selected).await,
        "Contoso.B is locked. Ask the operators of this site."
    );
    for id in ["Contoso.A", "Contoso.Json"] {
        assert_eq!(owners(&house, &anna, id).await, ["contoso"]);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn all_versions_of_the_selected_packages_are_unlisted(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open_with_packages(database).await;
    let selected = form(&["Contoso.A", "contoso.b", "CONTOSO.A"], "unlist", "");
    let done = change_packages(house.g(), &bob, "contoso", selected.clone())
        .await
        .unwrap();
    assert_eq!(done, PackagesChanged::Unlisted(2));
    let query = SearchQuery {
        text: "contoso".to_owned(),
        prerelease: true,
        semver2: true,
        take: 10,
        ..SearchQuery::default()
    };
    let found = search(house.g(), &query).await.unwrap();
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["Contoso.Json"]);
    assert!(
        !page(house.g(), &carol, "Contoso.A", None, &Place::Start)
            .await
            .unwrap()
            .listed
    );
    let again = change_packages(house.g(), &bob, "contoso", selected).await.unwrap();
    assert_eq!(again, PackagesChanged::Unlisted(0), "twice is once");
    let trail = house.trail(&anna, "contoso").await;
    assert_eq!(trail.iter().filter(|action| *action == "package.unlisted").count(), 2);
    assert_eq!(house.mismatches().await, [""; 0]);
}
