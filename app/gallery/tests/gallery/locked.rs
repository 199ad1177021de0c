//! A locked person, a locked organization and a locked package are stopped at every door that writes.

use crate::parcels::{key_form, package, received};
use crate::people::{House, address, identity, name};
use domain::api_key::NewApiKey;
use domain::form::UiError;
use domain::organization::AddOrganizationForm;
use domain::page::Place;
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::site::DeleteVersionForm;
use domain::upload::PublishForm;
use gallery::api_keys::{self, OperatorKey, create_by_operator};
use gallery::packages::{self, Listing, Locking, set_listing};
use gallery::testkit::Database;
use gallery::uploads::{self, DraftLimits};
use gallery::{Actor, Error, accounts, members, organizations};
use rstest::rstest;

const PERSON: &str = "Your account is locked. Ask the operators of this site.";
const ACCOUNT: &str = "The account is locked. Ask the operators of this site.";
const OWNER: &str = "'contoso' is locked. Ask the operators of this site.";
const PACKAGE: &str = "The package 'Contoso.A' is locked. Ask the operators of this site.";
const DONE: &str = "done";

/// Anna administers contoso and the site, Bob collaborates in contoso; contoso has a package, a key of its own, one of
/// anna's and one of bob's.
struct Locked {
    house: House,
    anna: Actor,
    /// The number of anna's key for contoso.
    key: i64,
    /// Anna's key for contoso.
    personal: String,
    /// Contoso's own key.
    own: String,
    /// An open invitation of contoso.
    invitation: i64,
    /// A draft of anna's: a new version.
    draft: i64,
}

impl Locked {
    async fn open(database: Database) -> Self {
        let house = House::open(database).await;
        let anna = house.person("anna").await;
        let olga = house.person("olga").await;
        for person in ["bob", "carol", "dave"] {
            house.person(person).await;
        }
        house.organization("contoso", &["anna", "olga"], &["bob"]).await;
        house.organization("fabrikam", &["olga"], &[]).await;
        house
            .invite(&olga, "fabrikam", "anna", Role::Collaborator)
            .await
            .unwrap();
        house
            .invite(&anna, "contoso", "carol", Role::Collaborator)
            .await
            .unwrap();
        accounts::promote(house.g(), &Actor::operator(), &name("anna"))
            .await
            .unwrap();
        let personal = house.key(&anna, "contoso").await;
        let own = create_by_operator(house.g(), &Actor::operator(), key_of_contoso())
            .await
            .unwrap();
        house.push(&personal, &package("Contoso.A", "1.0.0")).await.unwrap();
        let file = received(house.g(), &package("Contoso.A", "3.0.0").build()).await;
        let draft = uploads::receive(house.g(), &anna, "a.nupkg", file, DraftLimits::Bind)
            .await
            .unwrap();
        Self {
            key: api_keys::mine(house.g(), &anna).await.unwrap().keys[0].key,
            invitation: house.invitations(&anna, "contoso").await[0].0,
            draft: draft.key,
            own: own.expose().to_owned(),
            house,
            anna,
            personal,
        }
    }

    /// Tries everything that writes, in an order in which nothing stands in the way of what comes after it.
    async fn try_everything(&self) -> Vec<(&'static str, String)> {
        let mut tried = self.try_members().await;
        tried.extend(self.try_keys().await);
        tried.extend(self.try_packages().await);
        tried.extend(self.try_accounts().await);
        tried
    }

    async fn try_members(&self) -> Vec<(&'static str, String)> {
        let (g, a) = (self.house.g(), &self.anna);
        let invited = self.house.invite(a, "contoso", "dave", Role::Collaborator).await;
        vec![
            (
                "invite",
                invited.map_or_else(|error| error.message, |()| DONE.to_owned()),
            ),
            ("resend", told(members::resend(g, a, "contoso", self.invitation).await)),
            (
                "change invited role",
                told(members::change_invited_role(g, a, "contoso", self.invitation, "administrator").await),
            ),
            ("cancel", told(members::cancel(g, a, "contoso", self.invitation).await)),
            (
                "change role",
                told(members::change_role(g, a, "contoso", "bob", "administrator").await),
            ),
            ("remove", told(members::remove(g, a, "contoso", "bob").await)),
        ]
    }

    async fn try_keys(&self) -> Vec<(&'static str, String)> {
        let (g, a) = (self.house.g(), &self.anna);
        let create = async |owner| told(api_keys::create(g, a, key_form(&format!("new for {owner}"), owner)).await);
        vec![
            ("create key for contoso", create("contoso").await),
            ("create key for oneself", create("anna").await),
            (
                "edit key",
                told(api_keys::edit_globs(g, a, self.key, "Contoso.*").await),
            ),
        ]
    }

    async fn try_packages(&self) -> Vec<(&'static str, String)> {
        let (g, a) = (self.house.g(), &self.anna);
        let push = async |key: &str, id, version| match self.house.push(key, &package(id, version)).await {
            Ok(_) => DONE.to_owned(),
            Err(refused) => refused.reason(),
        };
        let unlist = async |key: &str| match self.house.lister(key).await {
            Ok(holder) => told(
                set_listing(g, &holder, "Contoso.A", "1.0.0", Listing::Unlisted)
                    .await
                    .map_err(Error::from),
            ),
            Err(refused) => refused.reason(),
        };
        let file = received(g, &package("Contoso.A", "4.0.0").build()).await;
        let form = PublishForm {
            draft: self.draft,
            owner: "contoso".to_owned(),
            listed: "on".to_owned(),
        };
        let listing = async |listing| {
            told(
                set_listing(g, a, "Contoso.A", "1.0.0", listing)
                    .await
                    .map_err(Error::from),
            )
        };
        vec![
            (
                "push new id by personal key",
                push(&self.personal, "Contoso.N1", "1.0.0").await,
            ),
            (
                "push version by personal key",
                push(&self.personal, "Contoso.A", "1.1.0").await,
            ),
            ("unlist by personal key", unlist(&self.personal).await),
            ("push new id by own key", push(&self.own, "Contoso.N2", "1.0.0").await),
            ("push version by own key", push(&self.own, "Contoso.A", "1.2.0").await),
            ("unlist by own key", unlist(&self.own).await),
            ("relist on the page", listing(Listing::Listed).await),
            ("unlist on the page", listing(Listing::Unlisted).await),
            (
                "upload",
                told(uploads::receive(g, a, "b.nupkg", file, DraftLimits::Bind).await),
            ),
            ("publish draft", told(uploads::publish(g, a, form).await)),
        ]
    }

    async fn try_accounts(&self) -> Vec<(&'static str, String)> {
        let (g, a) = (self.house.g(), &self.anna);
        let add = AddOrganizationForm {
            name: "newcorp".to_owned(),
            email: address("newcorp"),
        };
        let reason = DeleteVersionForm { reason: "x".to_owned() };
        vec![
            (
                "confirm address",
                told(organizations::confirm_email(g, a, "contoso", "x").await),
            ),
            (
                "resend confirmation",
                told(organizations::resend_confirmation(g, a, "contoso").await),
            ),
            ("confirm own address", told(accounts::confirm_email(g, a, "x").await)),
            (
                "resend own confirmation",
                told(accounts::resend_confirmation(g, a).await),
            ),
            ("add organization", told(organizations::add(g, a, add).await)),
            ("accept invitation", told(members::accept(g, a, "fabrikam").await)),
            ("regenerate key", told(api_keys::regenerate(g, a, self.key).await)),
            ("revoke key", told(api_keys::revoke(g, a, self.key).await)),
            ("confirm key", told(api_keys::confirm(g, a, self.key).await)),
            ("delete key", told(api_keys::delete(g, a, self.key).await)),
            ("lock account", told(accounts::lock(g, a, &name("dave")).await)),
            (
                "unlock package",
                told(packages::set_locked(g, a, "Contoso.A", Locking::Unlocked).await),
            ),
            (
                "delete version",
                told(packages::delete(g, a, "Contoso.A", "1.0.0", &reason).await),
            ),
            ("leave", told(members::leave(g, a, "contoso").await)),
        ]
    }
}

fn key_of_contoso() -> OperatorKey {
    OperatorKey {
        account: name("contoso"),
        key: NewApiKey {
            name: "own".to_owned(),
            days: 90,
            owner: name("contoso"),
            scopes: Scopes {
                push: PushScope::NewPackages,
                unlist: true,
            },
            globs: Glob::parse_list("*").unwrap(),
        },
    }
}

/// What came of it: done, or the sentence.
fn told<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => DONE.to_owned(),
        Err(error) => {
            assert!(!matches!(error, Error::Internal(_)), "{error:?}");
            let UiError { message, fields, .. } = UiError::from(&error);
            fields.first().map_or(message, |field| field.message.clone())
        }
    }
}

/// What each attempt came to must be one of these: the first list names those that are let through.
fn hold(tried: &[(&'static str, String)], through: &[&str], sentences: &[&str]) {
    let wrong: Vec<_> = tried
        .iter()
        .filter(|(what, outcome)| {
            if through.contains(what) {
                sentences.contains(&outcome.as_str())
            } else {
                !sentences.contains(&outcome.as_str())
            }
        })
        .collect();
    assert_eq!(wrong, Vec::<&(&str, String)>::new());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_in_the_way_of_who_is_not_locked(#[case] database: Database) {
    let open = Locked::open(database).await;
    let tried = open.try_everything().await;
    hold(
        &tried,
        &tried.iter().map(|(what, _)| *what).collect::<Vec<_>>(),
        &[PERSON, ACCOUNT, OWNER, PACKAGE],
    );
    // Otherwise the tests below would prove little.
    let refused: Vec<_> = tried
        .iter()
        .filter(|(_, outcome)| outcome != DONE)
        .map(|(what, _)| *what)
        .collect();
    assert_eq!(
        refused,
        [
            "confirm address",
            "resend confirmation",
            "confirm own address",
            "resend own confirmation",
            "confirm key",
            "unlock package",
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_person_is_stopped_everywhere(#[case] database: Database) {
    let open = Locked::open(database).await;
    accounts::lock(open.house.g(), &Actor::operator(), &name("anna"))
        .await
        .unwrap();
    let tried = open.try_everything().await;
    // What the organization does by a key of its own goes on.
    let through = ["push new id by own key", "push version by own key", "unlist by own key"];
    hold(&tried, &through, &[PERSON, ACCOUNT]);
    // Reading goes on, and so does signing in.
    let g = open.house.g();
    gallery::audit_trail::of_organization(g, &open.anna, "contoso", Place::Start)
        .await
        .unwrap();
    let signed_in = open.house.finish(identity("anna", &address("anna"))).await;
    assert!(matches!(signed_in, gallery::sign_in::SignedIn::Session { .. }));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_for_a_locked_organization(#[case] database: Database) {
    let open = Locked::open(database).await;
    accounts::lock(open.house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    let tried = open.try_everything().await;
    // A person's own things, the site's, and leaving are something else.
    let through = [
        "create key for oneself",
        "edit key",
        "upload",
        "confirm own address",
        "resend own confirmation",
        "add organization",
        "accept invitation",
        "revoke key",
        "confirm key",
        "delete key",
        "lock account",
        "unlock package",
        "delete version",
        "leave",
    ];
    hold(&tried, &through, &[ACCOUNT, OWNER]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_locked_package_is_changed(#[case] database: Database) {
    let open = Locked::open(database).await;
    packages::set_locked(open.house.g(), &Actor::operator(), "Contoso.A", Locking::Locked)
        .await
        .unwrap();
    let tried = open.try_packages().await;
    let through = ["push new id by personal key", "push new id by own key", "upload"];
    hold(&tried, &through, &[PACKAGE]);
}
