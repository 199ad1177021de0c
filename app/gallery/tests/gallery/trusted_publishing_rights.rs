//! Whose policies are whose: what members may see and do, and that rights end with the very next request.

use crate::organization_keys::open;
use crate::parcels::{package, reason};
use crate::people::{House, name, said};
use crate::transformations::{ask, open as open_transformation};
use crate::trusted_publishing::{UNKNOWN, form, refused, workload};
use domain::page::Place;
use domain::permission::{NewPackages, Role};
use domain::settings::RenameForm;
use domain::trusted_publishing::{PoliciesOfOrganization, PolicyForm, PolicyState};
use gallery::deletion::{delete_account, delete_organization};
use gallery::testkit::Database;
use gallery::transformations::{accept, undo};
use gallery::trusted_publishing::{
    activate, create, create_for_organization, cut_off, delete, edit, mine, of_organization,
};
use gallery::{Actor, account_settings, accounts, members, notifications};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const ROLE: &str = "Only administrators may do this. Ask one of them.";

async fn own_key(house: &House, by: &Actor) -> i64 {
    mine(house.g(), by).await.unwrap().policies[0].key
}

async fn state(house: &House, by: &Actor) -> PolicyState {
    mine(house.g(), by).await.unwrap().policies[0].state
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn administrators_manage_collaborators_see_names_and_others_nothing(#[case] database: Database) {
    let (house, [anna, bob, carol, dora]) = open(database).await;
    let g = house.g();
    create_for_organization(g, &anna, form("release", "contoso"))
        .await
        .unwrap();
    let key = house.policies(&anna).await[0].key;
    let page = of_organization(g, &bob, "contoso", Place::Start).await.unwrap();
    assert_eq!(page.policies, PoliciesOfOrganization::Names(vec!["release".to_owned()]));
    assert_eq!(said(create_for_organization(g, &bob, form("x", "contoso")).await), ROLE);
    assert_eq!(said(edit(g, &bob, key, form("x", "")).await), ROLE);
    assert_eq!(said(activate(g, &bob, key).await), ROLE);
    assert_eq!(said(delete(g, &bob, key).await), ROLE);
    assert_eq!(said(cut_off(g, &bob, "contoso", key).await), ROLE);

    accounts::promote(g, &Actor::operator(), &name("carol")).await.unwrap();
    for organization in ["contoso", "nowhere", "anna", "-"] {
        let page = of_organization(g, &carol, organization, Place::Start).await;
        assert_eq!(said(page), NOT_FOUND, "not even a site administrator: {organization}");
        let made = create_for_organization(g, &carol, form("x", organization)).await;
        assert_eq!(said(made), NOT_FOUND);
        assert_eq!(said(cut_off(g, &carol, organization, key).await), NOT_FOUND);
    }
    assert_eq!(said(edit(g, &carol, key, form("x", "")).await), NOT_FOUND);
    assert_eq!(said(activate(g, &carol, key).await), NOT_FOUND);
    assert_eq!(said(delete(g, &carol, key).await), NOT_FOUND);
    let foreign = create(g, &carol, form("x", "contoso")).await;
    assert_eq!(
        said(foreign),
        "owner: You may not push for this owner. Select another one."
    );
    // It outlives whoever made it.
    members::leave(g, &anna, "contoso").await.unwrap();
    let value = house.exchange("contoso", workload()).await.unwrap();
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
    delete(g, &dora, key).await.unwrap();
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.1.0")).await),
        UNKNOWN
    );
    let trail = house.trail(&dora, "contoso").await;
    for action in ["created", "used", "deleted"] {
        assert!(
            trail.contains(&format!("trusted_publishing.{action}")),
            "{action}: {trail:?}"
        );
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_persons_policy_goes_no_further_than_the_person(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let g = house.g();
    create(g, &bob, form("mine", "contoso")).await.unwrap();
    // It works under the person's name and under the owner's.
    let value = house.exchange("bob", workload()).await.unwrap();
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.exchange("contoso", workload()).await.unwrap();
    let page = gallery::packages::page(g, &anna, "contoso.a", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(page.owners, ["contoso"]);
    assert_eq!(page.versions.items[0].published_by.as_deref(), Some("bob"));

    members::remove(g, &anna, "contoso", "bob").await.unwrap();
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.1.0")).await),
        UNKNOWN
    );
    assert!(refused(house.exchange("bob", workload()).await).contains("Activate it"));
    assert_eq!(state(&house, &bob).await, PolicyState::NotAMember);
    let key = own_key(&house, &bob).await;
    assert_eq!(
        said(activate(g, &bob, key).await),
        "You may not push for this owner. Select another one."
    );
    members::add(
        g,
        &Actor::operator(),
        &name("contoso"),
        &name("bob"),
        Role::Collaborator,
    )
    .await
    .unwrap();
    assert_eq!(state(&house, &bob).await, PolicyState::NeedsActivation);
    assert!(refused(house.exchange("bob", workload()).await).contains("Activate it"));
    activate(g, &bob, key).await.unwrap();
    let value = house.exchange("bob", workload()).await.unwrap();

    // Administrators see it, and may cut it off.
    let page = of_organization(g, &anna, "contoso", Place::Start).await.unwrap();
    let PoliciesOfOrganization::Managed { own, members, .. } = page.policies else {
        panic!("Anna administers")
    };
    assert_eq!(own, []);
    let row = &members.items[0];
    assert_eq!(
        (row.name.as_str(), row.member.as_str(), row.workload.as_str(), row.state),
        ("mine", "bob", "GitHub: contoso/json", PolicyState::Active)
    );
    assert_eq!(cut_off(g, &anna, "contoso", row.key).await.unwrap().member, "bob");
    cut_off(g, &anna, "contoso", row.key).await.unwrap();
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.1.0")).await),
        UNKNOWN
    );
    assert!(refused(house.exchange("bob", workload()).await).contains("cut off"));
    assert_eq!(state(&house, &bob).await, PolicyState::CutOff);
    assert!(edit(g, &bob, key, form("mine", "")).await.is_err());
    assert!(activate(g, &bob, key).await.is_err());
    let told = notifications::list(g, &bob, Place::Start).await.unwrap();
    assert_eq!(
        told.items[0].text,
        "Your publishing policy mine was cut off from contoso."
    );
    delete(g, &bob, key).await.unwrap();
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn policies_of_the_organization_bind_its_members_and_not_its_workloads(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let g = house.g();
    create_for_organization(g, &anna, form("release", "contoso"))
        .await
        .unwrap();
    let other = PolicyForm {
        repository: "xml".to_owned(),
        ..form("mine", "contoso")
    };
    create(g, &bob, other).await.unwrap();
    let mut bobs = workload();
    bobs.repository = "xml".to_owned();
    let (own, personal) = (
        house.exchange("contoso", workload()).await.unwrap(),
        house.exchange("bob", bobs.clone()).await.unwrap(),
    );
    house
        .sql("UPDATE accounts SET policy_new_packages = 'administrators' WHERE name = 'contoso'")
        .await;
    assert_eq!(NewPackages::parse("administrators"), Some(NewPackages::Administrators));
    house.push(&own, &package("Contoso.A", "1.0.0")).await.unwrap();
    assert!(reason(house.push(&personal, &package("Contoso.B", "1.0.0")).await).contains("Only administrators"));
    house.push(&personal, &package("Contoso.A", "1.1.0")).await.unwrap();

    house
        .sql("UPDATE accounts SET policy_organization_keys = (1 = 1) WHERE name = 'contoso'")
        .await;
    house.push(&own, &package("Contoso.C", "1.0.0")).await.unwrap();
    assert!(reason(house.push(&personal, &package("Contoso.A", "1.2.0")).await).contains("A policy of 'contoso'"));
    assert!(refused(house.exchange("bob", bobs).await).contains("A policy of 'contoso' refuses this."));
    assert!(matches!(state(&house, &bob).await, PolicyState::Policy(_)));
    let refused = said(create(g, &anna, form("another", "contoso")).await);
    assert!(refused.starts_with("owner: "), "{refused}");
    house.exchange("contoso", workload()).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn locked_unconfirmed_and_deleted_accounts_get_no_key(#[case] database: Database) {
    let (house, [anna, _, carol, _]) = open(database).await;
    let g = house.g();
    let operator = Actor::operator();
    create_for_organization(g, &anna, form("release", "contoso"))
        .await
        .unwrap();
    create(g, &carol, form("mine", "carol")).await.unwrap();
    let value = house.exchange("contoso", workload()).await.unwrap();
    let personal = house.exchange("carol", workload()).await.unwrap();

    for account in ["contoso", "carol"] {
        accounts::lock(g, &operator, &name(account)).await.unwrap();
    }
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        UNKNOWN
    );
    assert_eq!(
        reason(house.push(&personal, &package("Carol.A", "1.0.0")).await),
        UNKNOWN
    );
    assert_eq!(
        refused(house.exchange("contoso", workload()).await),
        "'contoso' is locked. Ask the operators of this site."
    );
    assert_eq!(
        refused(house.exchange("carol", workload()).await),
        "The account of the policy is locked. Ask the operators of this site."
    );
    for account in ["contoso", "carol"] {
        accounts::unlock(g, &operator, &name(account)).await.unwrap();
    }
    // What ended stays ended.
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        UNKNOWN
    );
    let value = house.exchange("contoso", workload()).await.unwrap();
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();

    house
        .sql("UPDATE accounts SET email = NULL WHERE name = 'contoso'")
        .await;
    assert_eq!(
        refused(house.exchange("contoso", workload()).await),
        "'contoso' has not confirmed its email address. Confirm it first."
    );
    house
        .sql("UPDATE accounts SET email = 'contoso@example.com' WHERE name = 'contoso'")
        .await;

    let personal = house.exchange("carol", workload()).await.unwrap();
    delete_account(g, &carol).await.unwrap();
    assert_eq!(
        reason(house.push(&personal, &package("Carol.A", "1.0.0")).await),
        UNKNOWN
    );
    assert_eq!(
        refused(house.exchange("carol", workload()).await),
        "The account 'carol' is deleted."
    );
    assert_eq!(house.number("SELECT COUNT(*) FROM publishing_policies").await, 1);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn policies_follow_a_rename_and_go_with_the_organization(#[case] database: Database) {
    let house = House::open(database).await;
    let g = house.g();
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    create_for_organization(g, &anna, form("release", "contoso"))
        .await
        .unwrap();
    create(g, &anna, form("mine", "contoso")).await.unwrap();
    let value = house.exchange("contoso", workload()).await.unwrap();
    let form = RenameForm {
        new_name: "fabrikam".to_owned(),
    };
    account_settings::rename(g, &anna, "contoso", form).await.unwrap();
    assert_eq!(
        refused(house.exchange("contoso", workload()).await),
        "The organization 'contoso' is now called 'fabrikam'. Use this name."
    );
    house.exchange("fabrikam", workload()).await.unwrap();
    delete_organization(g, &anna, "fabrikam").await.unwrap();
    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
        UNKNOWN
    );
    for table in ["publishing_policies", "short_lived_keys"] {
        assert_eq!(
            house.number(&format!("SELECT COUNT(*) FROM {table}")).await,
            0,
            "{table}"
        );
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_transformed_account_keeps_its_policies(#[case] database: Database) {
    let (house, tara, anna) = open_transformation(database).await;
    let g = house.g();
    house.organization("contoso", &["anna"], &["tara"]).await;
    create(g, &tara, form("release", "Tara")).await.unwrap();
    create(g, &tara, form("dead", "contoso")).await.unwrap();
    members::leave(g, &tara, "contoso").await.unwrap();
    let value = house.exchange("tara", workload()).await.unwrap();
    ask(&house, &tara).await;
    accept(g, &anna, "tara").await.unwrap();

    let page = of_organization(g, &anna, "tara", Place::Start).await.unwrap();
    let PoliciesOfOrganization::Managed { own, .. } = page.policies else {
        panic!("Anna administers")
    };
    let names: Vec<&str> = own.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["release"], "what was for others is gone");
    assert_eq!(
        (own[0].created_by.as_str(), own[0].state),
        ("Tara", PolicyState::Active)
    );
    house.exchange("tara", workload()).await.unwrap();
    // Nothing of it has changed, so the transformation can be undone, and the policies are Tara's again.
    undo(g, &anna, "tara").await.unwrap();
    house.push(&value, &package("Tara.A", "1.0.0")).await.unwrap();
    house.exchange("tara", workload()).await.unwrap();
    let tara = house.finish(crate::people::identity("Tara", "tara@example.com")).await;
    let gallery::sign_in::SignedIn::Session { token, .. } = tara else {
        panic!("Tara signs in")
    };
    let tara = house.session(token.expose()).await;
    assert_eq!(state(&house, &tara).await, PolicyState::Active);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_transformation_is_not_undone_with_somebody_elses_policies(#[case] database: Database) {
    let (house, tara, anna) = open_transformation(database).await;
    let g = house.g();
    ask(&house, &tara).await;
    accept(g, &anna, "tara").await.unwrap();
    create_for_organization(g, &anna, form("annas", "tara")).await.unwrap();
    assert_eq!(
        said(undo(g, &anna, "tara").await),
        "Its trusted publishing changed since. It cannot be undone any more."
    );
}
