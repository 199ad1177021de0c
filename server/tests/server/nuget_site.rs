//! A served gallery with a team in it, for tests that speak like NuGet clients.

use super::nuget_wire::{Answer, FORM, form, request, say};
use axum::ServiceExt;
use domain::account::{AccountKind, AccountName, EmailAddress};
use domain::api_key::NewApiKey;
use domain::links::LocalPath;
use domain::package::{PackageId, PackageVersion};
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::session::{NewAccount, RegistrationForm};
use gallery::api_keys::{self, OperatorKey};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Gallery, Origin, Who};
use nupkg::build::PackageBuilder;
use serde_json::Value;
use server::config::Config;
use server::router;
use server::state::AppState;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// A served gallery.
pub(super) struct Site {
    /// The gallery behind it.
    pub(super) test: TestGallery,
    /// Its address, without a slash at the end.
    pub(super) address: String,
}

/// A key to be made: everything, for every package, for 90 days, unless a test says otherwise.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    pub(super) account: &'a str,
    pub(super) owner: &'a str,
    pub(super) push: PushScope,
    pub(super) unlist: bool,
    pub(super) globs: &'a str,
    pub(super) days: u16,
}

impl<'a> Key<'a> {
    /// The key with which a person acts for an owner.
    pub(super) fn of(account: &'a str, owner: &'a str) -> Self {
        Self {
            name: "ci",
            account,
            owner,
            push: PushScope::NewPackages,
            unlist: true,
            globs: "*",
            days: 90,
        }
    }
}

impl Site {
    /// An empty one.
    pub(super) async fn start(database: Database) -> Self {
        Self::with_settings(database, &[]).await
    }

    /// An empty one with settings.
    pub(super) async fn with_settings(database: Database, settings: &[(&str, &str)]) -> Self {
        let test = TestGallery::open(database).await;
        let address = serve(test.gallery.clone(), settings).await;
        Self { test, address }
    }

    /// One with the person `anna`, collaborator of `contoso`, and her key for everything of `contoso`.
    pub(super) async fn with_team(database: Database) -> (Self, String) {
        let site = Self::start(database).await;
        for person in ["olga", "anna"] {
            site.person(person).await;
        }
        site.organization("contoso", "olga", &["anna"]).await;
        let key = site.key(Key::of("anna", "contoso")).await;
        (site, key)
    }

    /// The use cases.
    pub(super) fn gallery(&self) -> &Gallery {
        &self.test.gallery
    }

    /// Serves the same database and the same packages once more, with other settings; returns the address.
    pub(super) async fn another_node(&self, settings: gallery::Settings, environment: &[(&str, &str)]) -> String {
        let gallery = Gallery::open(settings).await.unwrap();
        serve(gallery, environment).await
    }

    /// A person with a confirmed address, signed in.
    pub(super) async fn person(&self, name: &str) -> Actor {
        let identity = Identity {
            provider: "development".to_owned(),
            issuer: "http://127.0.0.1:3000".to_owned(),
            subject: name.to_owned(),
            proposed_name: name.to_owned(),
            email: Some(address_of(name)),
            vouched: true,
            second_factor: false,
        };
        let home = LocalPath::home();
        let SignedIn::Register { token, .. } =
            gallery::sign_in::finish(self.gallery(), Origin::default(), identity, home)
                .await
                .unwrap()
        else {
            panic!("{name} is there already")
        };
        let form = RegistrationForm {
            name: name.to_owned(),
            email: address_of(name).as_str().to_owned(),
        };
        let (session, _) = gallery::accounts::register(self.gallery(), Origin::default(), token.expose(), form)
            .await
            .unwrap();
        let context = gallery::sessions::resolve(self.gallery(), session.expose())
            .await
            .unwrap()
            .unwrap();
        Actor {
            who: Who::Person(context.person),
            origin: Origin::default(),
        }
    }

    /// A confirmed organization.
    pub(super) async fn organization(&self, name: &str, administrator: &str, collaborators: &[&str]) {
        let new = NewAccount {
            name: name_of(name),
            email: address_of(name),
        };
        let (kind, administrator) = (AccountKind::Organization, Some(name_of(administrator)));
        gallery::accounts::create(self.gallery(), &Actor::operator(), new, kind, administrator)
            .await
            .unwrap();
        for member in collaborators {
            self.join(name, member).await;
        }
    }

    /// Makes somebody a collaborator.
    pub(super) async fn join(&self, organization: &str, member: &str) {
        let (organization, member) = (name_of(organization), name_of(member));
        let operator = Actor::operator();
        gallery::members::add(self.gallery(), &operator, &organization, &member, Role::Collaborator)
            .await
            .unwrap();
    }

    /// A key; returns its value. Where the account has a key of this name, it gets a number.
    pub(super) async fn key(&self, key: Key<'_>) -> String {
        for number in 1..100 {
            let name = if number == 1 {
                key.name.to_owned()
            } else {
                format!("{} {number}", key.name)
            };
            match self.try_key(&key, name).await {
                Ok(value) => return value,
                Err(error) => assert!(format!("{error:?}").contains("Another key has this name"), "{error:?}"),
            }
        }
        panic!("too many keys of one name")
    }

    async fn try_key(&self, key: &Key<'_>, name: String) -> Result<String, gallery::Error> {
        let wanted = OperatorKey {
            account: name_of(key.account),
            key: NewApiKey {
                name,
                days: key.days,
                owner: name_of(key.owner),
                scopes: Scopes {
                    push: key.push,
                    unlist: key.unlist,
                },
                globs: Glob::parse_list(key.globs).unwrap(),
            },
        };
        let value = api_keys::create_by_operator(self.gallery(), &Actor::operator(), wanted).await?;
        Ok(value.expose().to_owned())
    }

    /// Asks for an address of the feed.
    pub(super) async fn get(&self, path: &str) -> Answer {
        say(&self.address, &request("GET", path, &[], b"")).await
    }

    /// Asks with headers.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        say(&self.address, &request(method, path, headers, b"")).await
    }

    /// Pushes as .NET does.
    pub(super) async fn push(&self, key: &str, package: &[u8]) -> Answer {
        let headers = [("X-NuGet-ApiKey", key), FORM];
        say(
            &self.address,
            &request("PUT", "/api/v2/package/", &headers, &form(package)),
        )
        .await
    }

    /// Pushes a small package that must be taken.
    pub(super) async fn publish(&self, key: &str, id: &str, version: &str) -> Vec<u8> {
        let bytes = package(id, version).build();
        let answer = self.push(key, &bytes).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        bytes
    }

    /// Unlists a version.
    pub(super) async fn unlist(&self, key: &str, id: &str, version: &str) -> Answer {
        self.ask(
            "DELETE",
            &format!("/api/v2/package/{id}/{version}"),
            &[("X-NuGet-ApiKey", key)],
        )
        .await
    }

    /// A document as a text that is the same in every run: without the port, and without moments that differ.
    pub(super) fn steady(&self, answer: &Answer) -> String {
        assert_eq!(answer.status, 200, "{answer:?}");
        let mut document = answer.json();
        make_steady(&mut document);
        let text = serde_json::to_string_pretty(&document).unwrap();
        text.replace(&self.address, "https://gallery.example")
    }
}

/// A small package.
pub(super) fn package(id: &str, version: &str) -> PackageBuilder {
    PackageBuilder::new(&PackageId::parse(id).unwrap(), &PackageVersion::parse(version).unwrap()).supports("net8.0")
}

/// A name that is right.
pub(super) fn name_of(name: &str) -> AccountName {
    AccountName::parse(name).unwrap()
}

fn address_of(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@example.com")).unwrap()
}

async fn serve(gallery: Gallery, settings: &[(&str, &str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let listen = listener.local_addr().unwrap();
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut environment: Vec<_> = settings.iter().map(own).collect();
    environment.push(("LEPTOS_SITE_ADDR".to_owned(), listen.to_string()));
    let config = Config::load(None, environment).unwrap();
    let state = AppState::new(gallery, config).unwrap();
    let service = router::Site::new(state).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{listen}")
}

fn make_steady(document: &mut Value) {
    match document {
        Value::Object(fields) => {
            for (name, value) in fields {
                let unlisted = value.as_str().is_some_and(|time| time.starts_with("1900-"));
                match name.as_str() {
                    "published" | "commitTimeStamp" if !unlisted => *value = "[a moment]".into(),
                    "commitId" => *value = "[a commit]".into(),
                    _ => make_steady(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_steady),
        _ => {}
    }
}
