//! Keys of organizations: any administrator's to manage, nobody's to take along.

use crate::parcels::{key_form, package, reason};
use crate::people::{House, name, said};
use domain::api_key::{ApiKeyForm, ApiKeyRow, ApiKeyState, KeysOfOrganization, MemberKeyRow};
use domain::page::{Page, Place};
use domain::time::DAY;
use gallery::api_keys::{
    create, create_for_organization, cut_off, delete, edit_globs, mine, of_organization, regenerate, revoke,
};
use gallery::testkit::Database;
use gallery::{Actor, accounts, members};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const ROLE: &str = "Only administrators may do this. Ask one of them.";

/// Anna and Dora administer contoso, Bob collaborates, Carol is nobody there.
pub(crate) async fn open(database: Database) -> (House, [Actor; 4]) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    let dora = house.person("dora").await;
    house.organization("contoso", &["anna", "dora"], &["bob"]).await;
    (house, [anna, bob, carol, dora])
}

impl House {
    /// The value of a new key of an organization's own.
    pub(crate) async fn organization_key(&self, by: &Actor, organization: &str, key: &str) -> String {
        let made = create_for_organization(self.g(), by, key_form(key, organization)).await;
        made.unwrap().value
    }

    /// The organization's own keys as an administrator sees them, and the members'.
    pub(crate) async fn managed(&self, by: &Actor, place: Place) -> (Vec<ApiKeyRow>, Page<MemberKeyRow>) {
        let page = of_organization(self.g(), by, "contoso", place).await.unwrap();
        match page.keys {
            KeysOfOrganization::Managed { own, members, .. } => (own, members),
            KeysOfOrganization::Names(names) => panic!("only the names: {names:?}"),
        }
    }

    /// The organization's own keys.
    pub(crate) async fn own(&self, by: &Actor) -> Vec<ApiKeyRow> {
        self.managed(by, Place::Start).await.0
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn any_administrator_manages_an_organizations_key_and_it_outlives_its_maker(#[case] database: Database) {
    let (house, [anna, _, _, dora]) = open(database).await;
    let first = house.organization_key(&anna, "Contoso", "build").await;
    house.push(&first, &package("Contoso.A", "1.0.0")).await.unwrap();
    let row = house.own(&dora).await.remove(0);
    let history = row.history.unwrap();
    assert_eq!(
        (
            row.name.as_str(),
            row.state,
            history.created_by.as_str(),
            history.shown_to.as_slice()
        ),
        ("build", ApiKeyState::Active, "anna", &["anna".to_owned()][..])
    );
    edit_globs(house.g(), &dora, row.key, "Contoso.*").await.unwrap();
    let second = regenerate(house.g(), &dora, row.key).await.unwrap().value;
    assert!(house.push(&first, &package("Contoso.A", "1.1.0")).await.is_err());
    members::leave(house.g(), &anna, "contoso").await.unwrap();
    house.push(&second, &package("Contoso.A", "1.1.0")).await.unwrap();
    let history = house.own(&dora).await.remove(0).history.unwrap();
    assert_eq!(history.created_by, "anna", "whoever made it stays written");
    assert_eq!(
        history.shown_to,
        ["dora"],
        "the old value was Anna's to know, the new one is not"
    );
    assert_eq!(history.gone, [""; 0]);
    assert_eq!(mine(house.g(), &anna).await.unwrap().keys, []);
    assert_eq!(said(revoke(house.g(), &anna, row.key).await), NOT_FOUND);
    revoke(house.g(), &dora, row.key).await.unwrap();
    assert_eq!(
        reason(house.push(&second, &package("Contoso.A", "1.2.0")).await),
        "The API key 'build' was revoked. Create a new one."
    );
    delete(house.g(), &dora, row.key).await.unwrap();
    assert_eq!(house.own(&dora).await, []);
    let trail = house.trail(&dora, "contoso").await;
    for action in ["created", "edited", "regenerated", "revoked", "deleted", "first_used"] {
        assert!(trail.contains(&format!("api_key.{action}")), "{action}: {trail:?}");
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_administrator_is_told_of_an_organizations_key(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    house.organization_key(&anna, "contoso", "build").await;
    let key = house.own(&anna).await[0].key;
    revoke(house.g(), &anna, key).await.unwrap();
    for kind in ["api-key-created", "api-key-revoked"] {
        let mails = house.mails(kind).await;
        let to: Vec<_> = mails
            .iter()
            .map(|mail| (mail.to.as_str(), mail.link.as_str()))
            .collect();
        let page = "/organization/contoso/apikeys";
        assert_eq!(to, [("anna@example.com", page), ("dora@example.com", page)], "{kind}");
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn collaborators_see_the_names_and_others_nothing(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open(database).await;
    house.organization_key(&anna, "contoso", "build").await;
    let key = house.own(&anna).await[0].key;
    let page = of_organization(house.g(), &bob, "contoso", Place::Start).await.unwrap();
    assert_eq!(page.keys, KeysOfOrganization::Names(vec!["build".to_owned()]));
    assert_eq!(
        said(create_for_organization(house.g(), &bob, key_form("x", "contoso")).await),
        ROLE
    );
    assert_eq!(said(edit_globs(house.g(), &bob, key, "*").await), ROLE);
    assert_eq!(said(regenerate(house.g(), &bob, key).await), ROLE);
    assert_eq!(said(revoke(house.g(), &bob, key).await), ROLE);
    assert_eq!(said(delete(house.g(), &bob, key).await), ROLE);
    assert_eq!(said(cut_off(house.g(), &bob, "contoso", key).await), ROLE);

    accounts::promote(house.g(), &Actor::operator(), &name("carol"))
        .await
        .unwrap();
    for organization in ["contoso", "nowhere", "anna", "-"] {
        let page = of_organization(house.g(), &carol, organization, Place::Start).await;
        assert_eq!(said(page), NOT_FOUND, "not even a site administrator: {organization}");
        let made = create_for_organization(house.g(), &carol, key_form("x", organization)).await;
        assert_eq!(said(made), NOT_FOUND);
        assert_eq!(said(cut_off(house.g(), &carol, organization, key).await), NOT_FOUND);
    }
    assert_eq!(said(regenerate(house.g(), &carol, key).await), NOT_FOUND);
    // A user has no page of an organization, not even the own one.
    let own = create_for_organization(house.g(), &anna, key_form("x", "anna")).await;
    assert_eq!(said(own), NOT_FOUND);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn keys_of_an_account_have_different_names(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let taken = "name: Another key has this name. Choose another name, or revoke or delete that key first.";
    create(house.g(), &bob, key_form("ci", "bob")).await.unwrap();
    assert_eq!(said(create(house.g(), &bob, key_form(" CI ", "contoso")).await), taken);
    // Another account's names are its own.
    create(house.g(), &anna, key_form("ci", "contoso")).await.unwrap();
    house.organization_key(&anna, "contoso", "ci").await;
    assert_eq!(
        said(create_for_organization(house.g(), &anna, key_form("Ci", "contoso")).await),
        taken
    );
    // What ended can be regenerated, so it keeps the name; what was revoked does not.
    house.test.clock.advance(91 * DAY);
    assert_eq!(said(create(house.g(), &bob, key_form("ci", "bob")).await), taken);
    let key = mine(house.g(), &bob).await.unwrap().keys[0].key;
    regenerate(house.g(), &bob, key).await.unwrap();
    revoke(house.g(), &bob, key).await.unwrap();
    create(house.g(), &bob, key_form("ci", "bob")).await.unwrap();
    let all = ApiKeyForm {
        name: "ci".to_owned(),
        ..key_form("", "nobody")
    };
    let fields = said(create(house.g(), &bob, all).await);
    assert!(
        fields.contains(taken) && fields.contains("owner: "),
        "both are told: {fields}"
    );
}
