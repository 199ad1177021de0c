//! What a transformation changes and what it leaves, and how it is undone.

use crate::parcels::{package, received};
use crate::people::{House, address, identity, name, said};
use crate::transformations::{ask, naming, open};
use domain::page::Place;
use domain::permission::Role;
use domain::time::DAY;
use gallery::sign_in::SignedIn;
use gallery::testkit::Database;
use gallery::transformations::{accept, cancel, request, undo, undoable};
use gallery::uploads::{DraftLimits, receive};
use gallery::{Actor, accounts, api_keys, members, organizations, profiles, sessions};
use rstest::rstest;

/// Tara is an organization, and Anna its administrator.
async fn transformed(database: Database) -> (House, Actor, Actor) {
    let (house, tara, anna) = open(database).await;
    ask(&house, &tara).await;
    accept(house.g(), &anna, "tara").await.unwrap();
    (house, tara, anna)
}

async fn keys(house: &House, person: &Actor) -> Vec<(String, String)> {
    let page = api_keys::mine(house.g(), person).await.unwrap();
    page.keys.into_iter().map(|key| (key.name, key.owner)).collect()
}

fn dead_end(finished: SignedIn) -> String {
    match finished {
        SignedIn::Refused(error) => error.message,
        SignedIn::Register { .. } => "register".to_owned(),
        SignedIn::Session { .. } => "session".to_owned(),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn everything_hangs_on_the_account_and_its_person_is_gone(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let g = house.g();
    let second = house.finish(identity("Tara", &address("tara"))).await;
    let SignedIn::Session { token: second, .. } = second else {
        panic!("Tara signs in")
    };
    let key = house.key(&tara, "Tara").await;
    house.push(&key, &package("Tara.Old", "1.0.0")).await.unwrap();
    // A key for an organization that Tara has left.
    house.organization("contoso", &["anna"], &["tara"]).await;
    let dead = house.key_of(&tara, crate::parcels::key_form("dead", "contoso")).await;
    members::leave(g, &tara, "contoso").await.unwrap();
    let file = received(g, &package("Tara.Draft", "1.0.0").build()).await;
    receive(g, &tara, "a.nupkg", file, DraftLimits::Bind).await.unwrap();
    ask(&house, &tara).await;
    assert_eq!(accept(g, &anna, "TARA").await.unwrap(), "Tara");

    // The account stays what it was to everybody else.
    let profile = profiles::profile(g, &anna, "tara", Place::Start).await.unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.packages, profile.role),
        ("Tara", 1, Some(Role::Administrator))
    );
    assert_eq!(house.members("tara").await, ["anna:administrator"]);
    let overview = organizations::overview(g, &anna, "tara").await.unwrap();
    assert_eq!(
        (overview.email.as_deref(), overview.packages),
        (Some("tara@example.com"), 1)
    );
    // Its key is Anna's and pushes for it, the old value and all.
    assert_eq!(keys(&house, &anna).await, [("ci".to_owned(), "Tara".to_owned())]);
    house.push(&key, &package("Tara.Old", "1.1.0")).await.unwrap();
    house.push(&key, &package("Tara.New", "1.0.0")).await.unwrap();
    assert!(house.push(&dead, &package("Contoso.X", "1.0.0")).await.is_err());
    let by_anna =
        "SELECT count(*) FROM versions JOIN accounts ON accounts.id = published_by WHERE accounts.name = 'anna'";
    assert_eq!(house.number(by_anna).await, 2);
    // Its person is gone: sessions, drafts, notifications, the key that was good for nothing.
    assert!(sessions::resolve(g, second.expose()).await.unwrap().is_none());
    for left in ["sessions", "drafts", "notifications", "api_keys"] {
        let query = format!(
            "SELECT count(*) FROM {left} JOIN accounts ON accounts.id = account_id WHERE accounts.name = 'Tara'"
        );
        assert_eq!(house.number(&query).await, 0, "{left}");
    }
    let others = "This address belongs to another account. Sign in there and link this sign-in.";
    assert_eq!(dead_end(house.finish(identity("Tara", &address("tara"))).await), others);

    let mails = house.all_mails().await;
    let accepted: Vec<_> = mails
        .iter()
        .filter(|mail| mail.starts_with("transform-accepted"))
        .collect();
    assert_eq!(
        accepted,
        [
            "transform-accepted to tara@example.com",
            "transform-accepted to anna@example.com"
        ]
    );
    let trail = house.trail(&anna, "tara").await;
    for action in ["transformation.requested", "transformation.accepted", "member.added"] {
        assert!(trail.iter().any(|told| told == action), "{action} in {trail:?}");
    }
    let both = "SELECT count(*) FROM audit_trails JOIN accounts ON accounts.id = audit_trails.account_id \
                WHERE action = 'transformation.accepted'";
    assert_eq!(house.number(both).await, 2);
    assert_eq!(house.mismatches().await, [""; 0]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_more_keys_than_an_account_may_have(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    house.key(&tara, "Tara").await;
    house.key(&anna, "anna").await;
    ask(&house, &tara).await;
    // Anna has as many as one may have; the hash is unique.
    let bytes = match database {
        Database::Sqlite => "BLOB",
        Database::Postgres => "BYTEA",
    };
    let columns = "owner_id, created_by, name, push, unlist, globs, days, created_at, expires_at, suspended, cut_off";
    house
        .sql(&format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {}) \
             INSERT INTO api_keys (account_id, hash, {columns}) \
             SELECT account_id, CAST(CAST(n AS TEXT) AS {bytes}), {columns} FROM api_keys, numbers \
             WHERE account_id = (SELECT id FROM accounts WHERE name = 'anna')",
            api_keys::KEYS_OF_AN_ACCOUNT - 1
        ))
        .await;
    assert_eq!(
        said(accept(house.g(), &anna, "tara").await),
        "The API keys of the account and yours are more than an account can have. Delete some first."
    );
    house
        .sql("DELETE FROM api_keys WHERE id = (SELECT max(id) FROM api_keys)")
        .await;
    accept(house.g(), &anna, "tara").await.unwrap();
    assert_eq!(house.number("SELECT count(DISTINCT account_id) FROM api_keys").await, 1);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_old_sign_in_begins_anew_with_another_name_and_address(#[case] database: Database) {
    let (house, _, anna) = transformed(database).await;
    let old = |email: &str| identity("Tara", email);
    assert_eq!(dead_end(house.finish(old("new@example.com")).await), "register");
    assert!(undoable(house.g(), &anna, "tara").await.unwrap().is_some());
    let SignedIn::Register { token, .. } = house.finish(old("new@example.com")).await else {
        panic!("a first sign-in")
    };
    let register = |name: &str, email: &str| {
        let form = domain::session::RegistrationForm {
            name: name.to_owned(),
            email: email.to_owned(),
        };
        accounts::register(house.g(), gallery::Origin::default(), token.expose(), form)
    };
    assert_eq!(
        said(register("tara", "tara@example.com").await.map(drop)),
        "name: This name is not available. Choose another one. | email: This address belongs to another account. \
         Sign in there and link this sign-in."
    );
    register("tara-again", "new@example.com").await.unwrap();
    let entered = house.finish(old("new@example.com")).await;
    assert_eq!(dead_end(entered), "session");

    // That ends the possibility to undo it.
    assert_eq!(undoable(house.g(), &anna, "tara").await.unwrap(), None);
    assert_eq!(
        said(undo(house.g(), &anna, "tara").await),
        "One of the account's old sign-ins was used for another account since. It cannot be undone any more."
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn undone_it_is_a_users_account_again(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let g = house.g();
    let old = house.key(&tara, "Tara").await;
    house.push(&old, &package("Tara.Old", "1.0.0")).await.unwrap();
    ask(&house, &tara).await;
    accept(g, &anna, "tara").await.unwrap();
    let own = house.key_of(&anna, crate::parcels::key_form("annas", "Tara")).await;
    house.test.clock.advance(30 * DAY - 60);
    let until = undoable(g, &anna, "tara").await.unwrap().unwrap();
    assert!(until > g.now() && until < g.now().plus_seconds(61));
    let settings = gallery::account_settings::of_organization(g, &anna, "tara", Vec::new()).await;
    assert_eq!(settings.unwrap().undo_until, Some(until));
    assert_eq!(undo(g, &anna, "TARA").await.unwrap(), "Tara");

    let SignedIn::Session { token, .. } = house.finish(identity("Tara", &address("tara"))).await else {
        panic!("Tara signs in as before")
    };
    let tara = house.session(token.expose()).await;
    assert_eq!(keys(&house, &tara).await, []);
    let refused = house.push(&old, &package("Tara.Old", "1.1.0")).await;
    assert!(crate::parcels::reason(refused).contains("revoked"));
    assert!(house.push(&own, &package("Tara.Old", "1.1.0")).await.is_err());
    let new = house.key_of(&tara, crate::parcels::key_form("new", "Tara")).await;
    house.push(&new, &package("Tara.Old", "1.1.0")).await.unwrap();
    assert_eq!(
        said(organizations::overview(g, &anna, "tara").await),
        "There is nothing at this address."
    );
    assert_eq!(said(undo(g, &anna, "tara").await), "There is nothing at this address.");

    let mails = house.all_mails().await;
    let undone: Vec<_> = mails
        .iter()
        .filter(|mail| mail.starts_with("transform-undone"))
        .collect();
    assert_eq!(
        undone,
        [
            "transform-undone to tara@example.com",
            "transform-undone to anna@example.com"
        ]
    );
    let events =
        "SELECT count(*) FROM audit_events WHERE action IN ('transformation.undone', 'member.left', 'api_key.revoked')";
    assert_eq!(house.number(events).await, 3);
    // And it can become an organization anew.
    ask(&house, &tara).await;
    accept(g, &anna, "tara").await.unwrap();
    assert!(undoable(g, &anna, "tara").await.unwrap().is_some());
    house.chain_is_whole().await;
}

const DEPENDS: [(&str, &str); 3] = [
    (
        "ownership.removed",
        "Owners of its packages changed since. It cannot be undone any more.",
    ),
    (
        "ownership.accepted",
        "Owners of its packages changed since. It cannot be undone any more.",
    ),
    (
        "prefix.changed",
        "Its reserved prefixes changed since. It cannot be undone any more.",
    ),
];

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_has_come_to_depend_on_it_keeps_it_an_organization(#[case] database: Database) {
    for (action, sentence) in DEPENDS {
        let (house, _, anna) = transformed(database).await;
        house
            .sql(&format!(
                "INSERT INTO audit_events (time, actor, action, subject, before, after, credential, address, user_agent) \
                 VALUES ({}, 'operator', '{action}', '{{}}', '', '', '', '', '')",
                house.g().now().micros()
            ))
            .await;
        house
            .sql(&format!(
                "INSERT INTO audit_trails (account_id, event_id, action, package_key) \
                 SELECT accounts.id, (SELECT max(id) FROM audit_events), '{action}', '' FROM accounts WHERE name = 'Tara'"
            ))
            .await;
        assert_eq!(said(undo(house.g(), &anna, "tara").await), sentence);
    }
    let (house, tara, anna) = open(database).await;
    let key = house.key(&tara, "Tara").await;
    ask(&house, &tara).await;
    accept(house.g(), &anna, "tara").await.unwrap();
    house.push(&key, &package("Tara.New", "1.0.0")).await.unwrap();
    assert_eq!(
        said(undo(house.g(), &anna, "tara").await),
        "Packages were published for the organization since. It cannot be undone any more."
    );
    assert_eq!(undoable(house.g(), &anna, "tara").await.unwrap(), None);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn other_people_and_keys_are_in_the_way_of_undoing(#[case] database: Database) {
    let (house, _, anna) = transformed(database).await;
    let (g, operator) = (house.g(), Actor::operator());
    let bob = house.person("bob").await;
    house.invite(&anna, "tara", "bob", Role::Administrator).await.unwrap();
    let invited = "Somebody is invited to the organization. Cancel the invitation first.";
    assert_eq!(said(undo(g, &anna, "tara").await), invited);
    members::accept(g, &bob, "tara").await.unwrap();
    let others = "The organization has other members. Remove them first.";
    assert_eq!(said(undo(g, &anna, "tara").await), others);
    assert_eq!(
        said(undo(g, &bob, "tara").await),
        "Only the administrator who accepted the transformation can undo it."
    );
    assert_eq!(undoable(g, &bob, "tara").await.unwrap(), None);
    members::change_role(g, &anna, "tara", "bob", "collaborator")
        .await
        .unwrap();
    assert_eq!(
        said(undo(g, &bob, "tara").await),
        "Only administrators may do this. Ask one of them."
    );
    members::remove(g, &anna, "tara", "bob").await.unwrap();
    assert_eq!(said(undo(g, &bob, "tara").await), "There is nothing at this address.");

    // A key of the organization's own, as the command line makes one.
    let wanted = api_keys::OperatorKey {
        account: name("tara"),
        key: crate::parcels::key_form("own", "tara").parse().unwrap(),
    };
    api_keys::create_by_operator(g, &operator, wanted).await.unwrap();
    assert_eq!(
        said(undo(g, &anna, "tara").await),
        "The organization has an API key of its own. Delete the key first."
    );
    house.sql("DELETE FROM api_keys WHERE name = 'own'").await;

    house.organization("contoso", &["anna"], &[]).await;
    assert_eq!(
        said(undo(g, &anna, "contoso").await),
        "This organization was not made by a transformation that can be undone."
    );
    accounts::lock(g, &operator, &name("tara")).await.unwrap();
    assert_eq!(undoable(g, &anna, "tara").await.unwrap(), None);
    assert_eq!(
        said(undo(g, &anna, "tara").await),
        "The account is locked. Ask the operators of this site."
    );
    accounts::unlock(g, &operator, &name("tara")).await.unwrap();
    undo(g, &anna, "tara").await.unwrap();
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn after_thirty_days_it_stays_an_organization(#[case] database: Database) {
    let (house, _, anna) = transformed(database).await;
    let dormant = "SELECT count(*) FROM identities WHERE dormant";
    house.test.clock.advance(30 * DAY - 60);
    gallery::sweep::sweep(house.g()).await.unwrap();
    assert_eq!(house.number(dormant).await, 1);
    house.test.clock.advance(60);
    let late = "The transformation is more than 30 days ago. It cannot be undone any more.";
    assert_eq!(said(undo(house.g(), &anna, "tara").await), late);
    gallery::sweep::sweep(house.g()).await.unwrap();
    assert_eq!(house.number(dormant).await, 0);
    assert_eq!(said(undo(house.g(), &anna, "tara").await), late);
    assert_eq!(undoable(house.g(), &anna, "tara").await.unwrap(), None);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn people_who_ask_one_another_both_wait(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let g = house.g();
    ask(&house, &tara).await;
    // Whoever is asked answers before becoming an organization.
    assert!(
        said(request(g, &anna, &naming("tara")).await).starts_with("The account is asked to administer another one.")
    );
    cancel(g, &tara).await.unwrap();
    request(g, &anna, &naming("tara")).await.unwrap();
    accept(g, &tara, "anna").await.unwrap();
    assert_eq!(house.members("anna").await, ["Tara:administrator"]);
}
