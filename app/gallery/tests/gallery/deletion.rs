//! Deleting accounts and organizations: what stands in the way, what is left, and who is told.

use crate::parcels::package;
use crate::people::{House, identity, name, said};
use domain::page::Place;
use domain::permission::Role;
use gallery::accounts::lock;
use gallery::deletion::{delete_account, delete_organization, of_account, of_organization};
use gallery::sign_in::SignedIn;
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const NAME_TAKEN: &str = "name: This name is not available. Choose another one.";
const PACKAGES: &str =
    "Nothing was deleted, because packages would have no owner any more. Give them another owner first.";
const LAST_ADMINISTRATOR: &str = "Nothing was deleted, because you are the last administrator of an organization. Make somebody else administrator first.";
const ONLY_MEMBER: &str = "Nothing was deleted, because you are the only member of an organization. Delete it first.";
const OTHER_MEMBERS: &str = "Nothing was deleted, because the organization has other members. Remove them first.";

impl House {
    /// Makes an account owner of a package besides others, behind the gallery's back.
    async fn publish_for(&self, id: &str, owner: &str) {
        let statement = format!(
            "INSERT INTO package_owners (package_id, account_id, id_key, since, downloads, listed) \
             SELECT package.id, owner.id, package.id_key, 0, package.downloads, package.latest_id IS NOT NULL FROM packages AS package, accounts AS owner \
             WHERE package.name = '{id}' AND owner.name = '{owner}'"
        );
        self.sql(&statement).await;
    }

    /// How many rows of a table are an account's.
    async fn rows(&self, table: &str, column: &str, account: i64) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table} WHERE {column} = {account}"))
            .await
    }

    /// Nothing waits for the account, and nothing can be done with it.
    async fn nothing_is_left_of(&self, account: i64) {
        for (table, column) in [
            ("api_keys", "account_id"),
            ("api_keys", "owner_id"),
            ("drafts", "account_id"),
            ("identities", "account_id"),
            ("invitations", "account_id"),
            ("invitations", "organization_id"),
            ("logos", "account_id"),
            ("memberships", "member_id"),
            ("memberships", "organization_id"),
            ("notifications", "account_id"),
            ("ownership_requests", "new_owner_id"),
            ("ownership_requests", "on_behalf_of"),
            ("ownership_requests", "requested_by"),
            ("package_owners", "account_id"),
            ("prefix_owners", "account_id"),
            ("publishing_policies", "account_id"),
            ("publishing_policies", "owner_id"),
            ("sessions", "account_id"),
            ("sign_in_attempts", "linking_account_id"),
            ("transformations", "account_id"),
            ("transformations", "administrator_id"),
        ] {
            assert_eq!(self.rows(table, column, account).await, 0, "{table}.{column}");
        }
        let cleared = format!(
            "SELECT COUNT(*) FROM accounts WHERE id = {account} AND deleted_at IS NOT NULL AND email IS NULL \
             AND email_key IS NULL AND pending_email IS NULL AND email_token_hash IS NULL AND description = '' \
             AND website = '' AND logo = ''"
        );
        assert_eq!(self.number(&cleared).await, 1);
        self.chain_is_whole().await;
    }
}

fn key(actor: &Actor) -> i64 {
    actor.account().unwrap().0
}

fn transformation(account: &str, administrator: i64, accepted: &str) -> String {
    format!(
        "INSERT INTO transformations (account_id, administrator_id, requested_at, expires_at, accepted_at, \
         moved_keys, dormant_identities) VALUES ({account}, {administrator}, 0, 0, {accepted}, '', '')"
    )
}

/// Fills every table that can have something of an account with something.
async fn fill_tables(house: &House, account: i64, other: i64) {
    for statement in [
        format!(
            "UPDATE accounts SET description = 'x', website = 'https://x.example', logo = 'ab' WHERE id = {account}"
        ),
        format!("INSERT INTO logos (account_id, bytes) VALUES ({account}, 'x')"),
        format!(
            "INSERT INTO ownership_requests (package_id, new_owner_id, requested_by, on_behalf_of, created_at) \
             SELECT MIN(id), {account}, {other}, {other}, 0 FROM packages"
        ),
        format!(
            "INSERT INTO ownership_requests (package_id, new_owner_id, requested_by, on_behalf_of, created_at) \
             SELECT MAX(id), {other}, {account}, {account}, 0 FROM packages"
        ),
        "INSERT INTO reserved_prefixes (value, value_key, is_prefix, shared, created_at) \
         VALUES ('Contoso.', 'contoso.', TRUE, FALSE, 0)"
            .to_owned(),
        format!("INSERT INTO prefix_owners (prefix_id, account_id) SELECT id, {account} FROM reserved_prefixes"),
        format!(
            "INSERT INTO drafts (account_id, file_name, size, blob_hash, blob_key, created_at, expires_at) \
             VALUES ({account}, 'x', 1, 'x', 'x', 0, 0)"
        ),
        // It waits to be transformed itself, and once answered such a request of another account, whose sign-in waits.
        transformation(&account.to_string(), other, "NULL"),
        transformation("(SELECT id FROM accounts WHERE name = 'contoso')", account, "0"),
        "INSERT INTO identities (account_id, provider, issuer, subject, dormant, created_at, used_at) \
         SELECT id, 'x', 'x', 'x', TRUE, 0, 0 FROM accounts WHERE name = 'contoso'"
            .to_owned(),
    ] {
        house.sql(&statement).await;
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_leaves_what_it_published_and_nothing_else(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("anna", "anna@example.com", true).await.unwrap();
    let anna = house.session(&token).await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["bob"], &["anna"]).await;
    house.organization("fabrikam", &["bob"], &[]).await;
    let own = house.key(&anna, "anna").await;
    let personal = house.key(&anna, "contoso").await;
    house.push(&own, &package("Anna.One", "1.0.0")).await.unwrap();
    house.push(&own, &package("Anna.Two", "1.0.0")).await.unwrap();
    house.push(&personal, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.publish_for("Anna.One", "bob").await;
    house.publish_for("Anna.Two", "fabrikam").await;
    house
        .invite(&bob, "fabrikam", "anna", Role::Administrator)
        .await
        .unwrap();
    fill_tables(&house, key(&anna), key(&bob)).await;

    assert_eq!(of_account(house.g(), &anna).await.unwrap().problem(), None);
    assert_eq!(delete_account(house.g(), &anna).await.unwrap(), "anna");
    house.nothing_is_left_of(key(&anna)).await;
    assert_eq!(house.mismatches().await, [""; 0]);

    // Every door is shut.
    assert!(gallery::sessions::resolve(house.g(), &token).await.unwrap().is_none());
    for key in [&own, &personal] {
        let refused = house.push(key, &package("Anna.One", "2.0.0")).await;
        assert!(
            matches!(refused, Err(gallery::packages::PushRefused::UnknownKey)),
            "{refused:?}"
        );
    }
    assert_eq!(said(delete_account(house.g(), &anna).await), NOT_FOUND);
    let form = domain::organization::AddOrganizationForm {
        name: "newcorp".to_owned(),
        email: "newcorp@example.com".to_owned(),
    };
    assert_eq!(
        said(gallery::organizations::add(house.g(), &anna, form).await),
        NOT_FOUND
    );
    let refused = gallery::api_keys::create(house.g(), &anna, crate::parcels::key_form("x", "contoso")).await;
    assert!(refused.is_err());
    assert_eq!(
        said(gallery::members::accept(house.g(), &anna, "fabrikam").await),
        NOT_FOUND
    );

    // Nobody waits for an answer any more.
    let dormant = "SELECT COUNT(*) FROM identities WHERE provider = 'x'";
    assert_eq!(house.number(dormant).await, 0);
    let told = gallery::notifications::list(house.g(), &bob, Place::Start)
        .await
        .unwrap();
    let sentence = "anna was deleted, and with it the request for a transformation.";
    assert!(told.items.iter().any(|row| row.text == sentence), "{told:?}");

    // Others see what happened, and no name.
    assert_eq!(house.members("contoso").await, ["bob:administrator"]);
    assert_eq!(house.trail(&bob, "contoso").await.last().unwrap(), "member.left");
    let trail = gallery::audit_trail::of_organization(house.g(), &bob, "contoso", Place::Start)
        .await
        .unwrap();
    assert_eq!(trail.events.items[0].who, "deleted account");
    assert_eq!(house.trail(&bob, "fabrikam").await.last().unwrap(), "ownership.removed");
    let page = gallery::packages::page(house.g(), &bob, "Contoso.A", None, &Place::Start)
        .await
        .unwrap();
    assert_eq!(page.versions.items[0].published_by, None);
    let nobody = Actor::anonymous(Origin::default());
    let profile = gallery::profiles::profile(house.g(), &nobody, "anna", Place::Start).await;
    assert_eq!(said(profile), NOT_FOUND);
    let mails = house.all_mails().await;
    for mail in [
        "account-deleted to anna@example.com",
        "member-removed to contoso@example.com",
        "owner-removed to bob@example.com",
        "owner-removed to fabrikam@example.com",
    ] {
        assert_eq!(
            mails.iter().filter(|sent| *sent == mail).count(),
            1,
            "{mail}: {mails:?}"
        );
    }

    // The name is taken for ever; the person can come back with another one.
    let taken = house.register("An.na", "anna@example.com", true).await;
    assert_eq!(said(taken), NAME_TAKEN);
    house.register("anna2", "anna@example.com", true).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_thing_in_the_way_of_an_account_is_told(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    house.organization("fabrikam", &["anna", "bob"], &[]).await;
    house.organization("northwind", &["anna"], &[]).await;
    let own = house.key(&anna, "anna").await;
    for id in ["Anna.Alone", "Anna.WithNorthwind", "Anna.WithContoso", "Anna.WithBob"] {
        house.push(&own, &package(id, "1.0.0")).await.unwrap();
    }
    house.publish_for("Anna.WithNorthwind", "northwind").await;
    house.publish_for("Anna.WithContoso", "contoso").await;
    house.publish_for("Anna.WithBob", "bob").await;

    let told = of_account(house.g(), &anna).await.unwrap();
    assert_eq!(told.last_administrator_of, ["contoso"]);
    assert_eq!(told.only_member_of, ["northwind"]);
    assert_eq!(told.packages.ids, ["Anna.Alone", "Anna.WithNorthwind"]);
    assert!(!told.packages.more);

    assert_eq!(said(delete_account(house.g(), &anna).await), LAST_ADMINISTRATOR);
    gallery::members::change_role(house.g(), &anna, "contoso", "bob", "administrator")
        .await
        .unwrap();
    assert_eq!(said(delete_account(house.g(), &anna).await), ONLY_MEMBER);
    delete_organization(house.g(), &anna, "northwind").await.unwrap();
    assert_eq!(said(delete_account(house.g(), &anna).await), PACKAGES);
    for id in ["Anna.Alone", "Anna.WithNorthwind"] {
        house.publish_for(id, "contoso").await;
    }
    let nobody_was_told = house.mails("account-deleted").await;
    assert!(nobody_was_told.is_empty());
    delete_account(house.g(), &anna).await.unwrap();
    assert_eq!(house.members("contoso").await, ["bob:administrator"]);
    assert_eq!(house.members("fabrikam").await, ["bob:administrator"]);
    house.nothing_is_left_of(key(&anna)).await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_never_confirmed_gives_its_name_back(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("anna", "anna@example.com", false).await.unwrap();
    let anna = house.session(&token).await;
    house.add_organization(&anna, "contoso").await;
    assert_eq!(said(delete_account(house.g(), &anna).await), ONLY_MEMBER);
    delete_organization(house.g(), &anna, "contoso").await.unwrap();
    delete_account(house.g(), &anna).await.unwrap();
    house.nothing_is_left_of(key(&anna)).await;
    assert!(house.mails("account-deleted").await.is_empty());
    let again = house.register("anna", "anna@example.com", true).await.unwrap();
    let again = house.session(&again).await;
    assert_ne!(key(&again), key(&anna));
    house.add_organization(&again, "contoso").await;
    assert_eq!(house.trail(&again, "contoso").await, ["organization.created"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_not_deleted(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let operator = Actor::operator();
    lock(house.g(), &operator, &name("contoso")).await.unwrap();
    let locked = delete_organization(house.g(), &anna, "contoso").await;
    assert_eq!(said(locked), "The account is locked. Ask the operators of this site.");
    lock(house.g(), &operator, &name("anna")).await.unwrap();
    let locked = "Your account is locked. Ask the operators of this site.";
    assert_eq!(said(delete_organization(house.g(), &anna, "contoso").await), locked);
    assert_eq!(said(delete_account(house.g(), &anna).await), locked);
    assert_eq!(said(delete_account(house.g(), &operator).await), "Sign in to go on.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_organization_leaves_what_was_published_for_it(#[case] database: Database) {
    let house = House::open(database).await;
    let (anna, bob) = (house.person("anna").await, house.person("bob").await);
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    let annas = house.key(&anna, "contoso").await;
    let bobs = house.key(&bob, "contoso").await;
    house.push(&annas, &package("Contoso.A", "1.0.0")).await.unwrap();
    house
        .invite(&anna, "contoso", "carol", Role::Collaborator)
        .await
        .unwrap();
    house
        .invite(&anna, "contoso", "guest@example.com", Role::Collaborator)
        .await
        .unwrap();

    assert_eq!(said(of_organization(house.g(), &bob, "contoso").await), NOT_FOUND);
    assert_eq!(said(of_organization(house.g(), &carol, "contoso").await), NOT_FOUND);
    assert_eq!(
        said(delete_organization(house.g(), &bob, "contoso").await),
        "Only administrators may do this. Ask one of them."
    );
    assert_eq!(said(delete_organization(house.g(), &carol, "contoso").await), NOT_FOUND);
    assert_eq!(said(delete_organization(house.g(), &anna, "anna").await), NOT_FOUND);
    let told = of_organization(house.g(), &anna, "CONTOSO").await.unwrap();
    assert_eq!((told.name.as_str(), told.others), ("contoso", 1));
    assert_eq!(told.packages.ids, ["Contoso.A"]);
    assert_eq!(
        said(delete_organization(house.g(), &anna, "contoso").await),
        OTHER_MEMBERS
    );
    gallery::members::remove(house.g(), &anna, "contoso", "bob")
        .await
        .unwrap();
    assert_eq!(said(delete_organization(house.g(), &anna, "contoso").await), PACKAGES);
    house.publish_for("Contoso.A", "carol").await;

    let organization = house.number("SELECT id FROM accounts WHERE name = 'contoso'").await;
    assert_eq!(
        delete_organization(house.g(), &anna, "Contoso").await.unwrap(),
        "contoso"
    );
    house.nothing_is_left_of(organization).await;
    assert_eq!(house.mismatches().await, [""; 0]);
    for key in [&annas, &bobs] {
        let refused = house.push(key, &package("Contoso.A", "2.0.0")).await;
        assert!(
            matches!(refused, Err(gallery::packages::PushRefused::UnknownKey)),
            "{refused:?}"
        );
    }
    let mails = house.all_mails().await;
    for mail in [
        "organization-deleted to anna@example.com",
        "invitation-cancelled to carol@example.com",
        "invitation-cancelled to guest@example.com",
        "owner-removed to carol@example.com",
    ] {
        assert_eq!(
            mails.iter().filter(|sent| *sent == mail).count(),
            1,
            "{mail}: {mails:?}"
        );
    }
    let gone = gallery::organizations::overview(house.g(), &anna, "contoso").await;
    assert_eq!(said(gone), NOT_FOUND);
    assert_eq!(
        said(gallery::members::accept(house.g(), &carol, "contoso").await),
        "This invitation is not there any more."
    );
    let mine = gallery::organizations::mine(house.g(), &anna).await.unwrap();
    assert_eq!(mine.organizations, []);
    assert_eq!(
        said(house.register("Con-toso", "new@example.com", true).await),
        NAME_TAKEN
    );
    // The address is free again.
    let SignedIn::Register { .. } = house.finish(identity("team", "contoso@example.com")).await else {
        panic!("nobody has this address");
    };
}
