//! Keys of organizations: any administrator's to manage, nobody's to take along; and what is done about members' keys.

use crate::parcels::{key_form, package, reason};
use crate::people::{House, name, said};
use domain::api_key::{ApiKeyForm, ApiKeyRow, ApiKeyState, KeysOfOrganization, MemberKeyRow};
use domain::page::{Page, Place};
use domain::permission::{Policy, Role};
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
async fn open(database: Database) -> (House, [Actor; 4]) {
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

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_members_key_is_cut_off_for_good_and_its_person_is_told(#[case] database: Database) {
    let (house, [anna, bob, _, dora]) = open(database).await;
    let value = house.key(&bob, "contoso").await;
    let own = house.key_of(&bob, key_form("own", "bob")).await;
    house.push(&value, &package("Contoso.A", "1.0.0")).await.unwrap();
    let (_, keys) = house.managed(&anna, Place::Start).await;
    let rows: Vec<_> = keys
        .items
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.member.as_str(),
                row.state,
                row.last_used.is_some(),
            )
        })
        .collect();
    assert_eq!(rows, [("ci", "bob", ApiKeyState::Active, true)]);
    let key = keys.items[0].key;
    let done = cut_off(house.g(), &anna, "contoso", key).await.unwrap();
    assert_eq!((done.key.as_str(), done.member.as_str()), ("ci", "bob"));
    cut_off(house.g(), &dora, "contoso", key).await.unwrap();

    assert_eq!(
        reason(house.push(&value, &package("Contoso.A", "1.1.0")).await),
        "An administrator of 'contoso' has cut off the API key 'ci'. Ask there, and create a new one."
    );
    house.push(&own, &package("Bob.A", "1.0.0")).await.unwrap();
    let mails = house.mails("api-key-revoked").await;
    assert_eq!(mails.len(), 1, "twice is once");
    assert_eq!(
        (mails[0].to.as_str(), mails[0].link.as_str()),
        ("bob@example.com", "/account/apikeys")
    );
    let told = gallery::notifications::list(house.g(), &bob, Place::Start)
        .await
        .unwrap();
    assert!(
        told.items
            .iter()
            .any(|one| one.text == "Your API key ci was cut off from contoso."),
        "{told:?}"
    );
    let cut = house.trail(&anna, "contoso").await;
    assert_eq!(cut.iter().filter(|action| *action == "api_key.cut_off").count(), 1);

    let rows = mine(house.g(), &bob).await.unwrap().keys;
    let row = rows.iter().find(|row| row.key == key).unwrap();
    assert_eq!(row.state, ApiKeyState::CutOff);
    let refused = "This key was cut off from its owner. Create a new one.";
    assert_eq!(said(regenerate(house.g(), &bob, key).await), refused);
    assert_eq!(said(edit_globs(house.g(), &bob, key, "*").await), refused);
    assert_eq!(house.managed(&anna, Place::Start).await.1.items, []);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_members_key_for_the_organization_is_cut_off(#[case] database: Database) {
    let (house, [anna, bob, carol, _]) = open(database).await;
    house.organization("fabrikam", &["carol"], &["bob"]).await;
    house.organization_key(&anna, "contoso", "build").await;
    let own_key = house.own(&anna).await[0].key;
    create(house.g(), &bob, key_form("own", "bob")).await.unwrap();
    create(house.g(), &bob, key_form("other", "fabrikam")).await.unwrap();
    let gone = "This key is not there any more.";
    let others = mine(house.g(), &bob).await.unwrap().keys;
    for key in others.iter().map(|row| row.key).chain([own_key, 0, -1, i64::MAX]) {
        assert_eq!(said(cut_off(house.g(), &anna, "contoso", key).await), gone, "{key}");
    }
    assert_eq!(said(cut_off(house.g(), &carol, "fabrikam", own_key).await), gone);
    // A key that its person revoked is none to cut off.
    create(house.g(), &bob, key_form("mine", "contoso")).await.unwrap();
    let key = mine(house.g(), &bob).await.unwrap().keys[0].key;
    revoke(house.g(), &bob, key).await.unwrap();
    cut_off(house.g(), &anna, "contoso", key).await.unwrap();
    assert_eq!(mine(house.g(), &bob).await.unwrap().keys[0].state, ApiKeyState::Revoked);
    assert!(
        !house
            .trail(&anna, "contoso")
            .await
            .contains(&"api_key.cut_off".to_owned())
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn members_keys_come_page_by_page(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    for number in 0..120 {
        create(house.g(), &bob, key_form(&format!("key {number}"), "contoso"))
            .await
            .unwrap();
    }
    let (mut seen, mut place) = (Vec::new(), Place::Start);
    loop {
        let (_, page) = house.managed(&anna, place).await;
        assert!(page.items.len() <= 50);
        seen.extend(page.items.iter().map(|row| row.name.clone()));
        match page.next {
            Some(next) => place = Place::After(next),
            None => break,
        }
    }
    let expected: Vec<_> = (0..120).rev().map(|number| format!("key {number}")).collect();
    assert_eq!(seen, expected, "newest first, each once");
    // Former members' keys are theirs alone.
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(house.managed(&anna, Place::Start).await.1.items, []);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_policy_cuts_lifetimes(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let old = house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    house
        .sql("UPDATE accounts SET policy_key_days = 30 WHERE name = 'contoso'")
        .await;
    let refused = "days: This owner allows at most 30 days.";
    assert_eq!(said(create(house.g(), &bob, key_form("new", "contoso")).await), refused);
    let own = create_for_organization(house.g(), &anna, key_form("new", "contoso")).await;
    assert_eq!(said(own), refused);
    create(house.g(), &bob, key_form("own", "bob")).await.unwrap();
    let page = of_organization(house.g(), &anna, "contoso", Place::Start)
        .await
        .unwrap();
    let KeysOfOrganization::Managed { lifetimes, .. } = page.keys else {
        panic!("an administrator manages")
    };
    assert_eq!(lifetimes, [1, 30]);
    assert_eq!(
        mine(house.g(), &bob).await.unwrap().lifetimes,
        [1, 30, 90, 180, 270, 365]
    );

    // What is there works until it is as old as the policy allows.
    house.push(&old, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.test.clock.advance(30 * DAY);
    let too_old = reason(house.push(&old, &package("Contoso.A", "1.1.0")).await);
    assert!(too_old.starts_with("A policy of 'contoso' refuses this."), "{too_old}");
    let state = async |by: &Actor| {
        let keys = mine(house.g(), by).await.unwrap().keys;
        let row = keys.into_iter().find(|row| row.name == "ci").unwrap();
        (
            row.key,
            row.state,
            (row.expires.seconds() - house.g().now().seconds() + DAY / 2) / DAY,
        )
    };
    let (key, before, _) = state(&bob).await;
    assert_eq!(before, ApiKeyState::Policy(Policy::KeyLifetime));
    assert_eq!(
        house.own(&anna).await[0].state,
        ApiKeyState::Policy(Policy::KeyLifetime)
    );
    // A new value lives as long as the policy allows.
    let value = regenerate(house.g(), &bob, key).await.unwrap().value;
    assert_eq!(state(&bob).await, (key, ApiKeyState::Active, 30));
    house.push(&value, &package("Contoso.A", "1.1.0")).await.unwrap();
    let own = house.own(&anna).await[0].key;
    regenerate(house.g(), &anna, own).await.unwrap();
    let left = house.own(&anna).await[0].expires.seconds() - house.g().now().seconds();
    assert!((29 * DAY..=30 * DAY).contains(&left), "{left}");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn where_only_organization_keys_publish_personal_ones_are_refused(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    let personal = house.key(&bob, "contoso").await;
    house
        .sql("UPDATE accounts SET policy_organization_keys = true WHERE name = 'contoso'")
        .await;
    let organizations = house.organization_key(&anna, "contoso", "build").await;
    for person in [&anna, &bob] {
        let refused = said(create(house.g(), person, key_form("new", "contoso")).await);
        assert!(refused.starts_with("owner: Packages are published by"), "{refused}");
    }
    let key = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(key.state, ApiKeyState::Policy(Policy::OrganizationKeys));
    assert!(house.push(&personal, &package("Contoso.A", "1.0.0")).await.is_err());
    assert!(regenerate(house.g(), &bob, key.key).await.is_err());
    house
        .push(&organizations, &package("Contoso.A", "1.0.0"))
        .await
        .unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_is_barred_makes_no_key_and_learns_why(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    house
        .sql("UPDATE accounts SET policy_second_factor = true WHERE name = 'contoso'")
        .await;
    let barred = Policy::SecondFactor.sentence();
    let refused = said(create(house.g(), &bob, key_form("new", "contoso")).await);
    assert_eq!(refused, format!("owner: {barred}"));
    let key = mine(house.g(), &bob).await.unwrap().keys.remove(0);
    assert_eq!(key.state, ApiKeyState::Policy(Policy::SecondFactor));
    // An administrator who does not meet it is treated as no member.
    let refused = of_organization(house.g(), &anna, "contoso", Place::Start).await;
    assert_eq!(said(refused), barred);
    let refused = create_for_organization(house.g(), &anna, key_form("new", "contoso")).await;
    assert_eq!(said(refused), barred);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_list_tells_what_is_in_the_way_of_a_key(#[case] database: Database) {
    let (house, [anna, bob, ..]) = open(database).await;
    house.key(&bob, "contoso").await;
    house.organization_key(&anna, "contoso", "build").await;
    let operator = Actor::operator();
    let state = async || mine(house.g(), &bob).await.unwrap().keys[0].state;
    accounts::lock(house.g(), &operator, &name("contoso")).await.unwrap();
    assert_eq!(state().await, ApiKeyState::OwnerLocked);
    assert_eq!(house.own(&anna).await[0].state, ApiKeyState::OwnerLocked);
    let locked = create_for_organization(house.g(), &anna, key_form("x", "contoso")).await;
    assert_eq!(said(locked), "The account is locked. Ask the operators of this site.");
    accounts::unlock(house.g(), &operator, &name("contoso")).await.unwrap();
    accounts::lock(house.g(), &operator, &name("bob")).await.unwrap();
    assert_eq!(state().await, ApiKeyState::PersonLocked);
    assert_eq!(
        house.managed(&anna, Place::Start).await.1.items[0].state,
        ApiKeyState::PersonLocked
    );
    accounts::unlock(house.g(), &operator, &name("bob")).await.unwrap();
    members::remove(house.g(), &anna, "contoso", "bob").await.unwrap();
    assert_eq!(state().await, ApiKeyState::NotAMember);
    members::add(house.g(), &operator, &name("contoso"), &name("bob"), Role::Collaborator)
        .await
        .unwrap();
    assert_eq!(state().await, ApiKeyState::NeedsConfirmation);
    house
        .sql("UPDATE accounts SET deleted_at = 1 WHERE name = 'contoso'")
        .await;
    assert_eq!(state().await, ApiKeyState::OwnerDeleted);
}
