//! A gallery with every kind of visitor in it, prepared once and copied for each request that may change it.

use crate::inside::Inside;
use crate::nuget_site::{name_of, package};
use domain::account::{AccountKind, EmailAddress};
use domain::api_key::NewApiKey;
use domain::links::LocalPath;
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::session::{NewAccount, RegistrationForm};
use gallery::api_keys::{OperatorKey, create_by_operator};
use gallery::mail::MailWay;
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Gallery, Origin, Settings, accounts, import, members};
use std::path::Path;
use tempfile::TempDir;

/// Somebody who asks.
pub(super) struct Visitor {
    /// The value of the session's cookie.
    pub(super) session: Option<String>,
    /// An API key: for contoso, if they may have one, else for themselves.
    pub(super) key: Option<String>,
}

/// The prepared gallery, closed.
pub(super) struct Prepared {
    folder: TempDir,
    settings: Settings,
    /// In the order of the table.
    pub(super) visitors: Vec<Visitor>,
}

/// A copy of it behind a router; removed with it.
pub(super) struct House {
    pub(super) inside: Inside,
    _folder: TempDir,
}

impl Prepared {
    pub(super) async fn new() -> Self {
        let TestGallery { gallery, folder, .. } = TestGallery::open(Database::Sqlite).await;
        let visitors = prepare(&gallery, folder.path()).await;
        let settings = gallery.settings().clone();
        gallery.close().await;
        Self {
            folder,
            settings,
            visitors,
        }
    }

    pub(super) async fn copy(&self) -> House {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), folder.path());
        let path = folder.path();
        let gallery = Gallery::open(Settings {
            database_url: format!("sqlite://{}", path.join("guildhall.db").display()),
            storage_url: format!("file://{}", path.join("packages").display()),
            data_dir: path.to_owned(),
            mail: MailWay::Folder(path.join("mail")),
            ..self.settings.clone()
        })
        .await
        .unwrap();
        House {
            inside: Inside::of(gallery, &[]),
            _folder: folder,
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn prepare(gallery: &Gallery, folder: &Path) -> Vec<Visitor> {
    let operator = Actor::operator();
    let stranger = person(gallery, "stella", true).await;
    let collaborator = person(gallery, "carla", true).await;
    let administrator = person(gallery, "anna", true).await;
    let site_administrator = person(gallery, "sofia", true).await;
    let locked = person(gallery, "lars", true).await;
    let unconfirmed = person(gallery, "uma", false).await;

    let new = NewAccount {
        name: name_of("contoso"),
        email: EmailAddress::parse("contoso@example.com").unwrap(),
    };
    accounts::create(
        gallery,
        &operator,
        new,
        AccountKind::Organization,
        Some(name_of("anna")),
    )
    .await
    .unwrap();
    for (name, role) in [("carla", Role::Collaborator), ("lars", Role::Administrator)] {
        members::add(gallery, &operator, &name_of("contoso"), &name_of(name), role)
            .await
            .unwrap();
    }
    accounts::promote(gallery, &operator, &name_of("sofia")).await.unwrap();
    let file = folder.join("package.nupkg");
    std::fs::write(&file, package("Contoso.Json", "1.0.0").build()).unwrap();
    let owner = import::find_owner(gallery, &name_of("contoso")).await.unwrap();
    import::import_file(gallery, &file, owner).await.unwrap();

    let visitors = vec![
        Visitor {
            session: None,
            key: None,
        },
        visitor(gallery, stranger, "stella", "stella").await,
        visitor(gallery, collaborator, "carla", "contoso").await,
        visitor(gallery, administrator, "anna", "contoso").await,
        visitor(gallery, site_administrator, "sofia", "sofia").await,
        visitor(gallery, locked, "lars", "contoso").await,
        Visitor {
            session: Some(unconfirmed),
            key: None,
        },
    ];
    accounts::lock(gallery, &operator, &name_of("lars")).await.unwrap();
    visitors
}

/// Registers a person; returns the session's token.
async fn person(gallery: &Gallery, name: &str, vouched: bool) -> String {
    let address = format!("{name}@example.com");
    let identity = Identity {
        provider: "development".to_owned(),
        issuer: "http://127.0.0.1:3000".to_owned(),
        subject: name.to_owned(),
        proposed_name: name.to_owned(),
        email: EmailAddress::parse(&address).ok(),
        vouched,
        second_factor: false,
    };
    let finished = gallery::sign_in::finish(gallery, Origin::default(), identity, LocalPath::home()).await;
    let SignedIn::Register { token, .. } = finished.unwrap() else {
        panic!("{name} is there already")
    };
    let form = RegistrationForm {
        name: name.to_owned(),
        email: address,
    };
    let registered = accounts::register(gallery, Origin::default(), token.expose(), form).await;
    registered.unwrap().0.expose().to_owned()
}

async fn visitor(gallery: &Gallery, session: String, account: &str, owner: &str) -> Visitor {
    let wanted = OperatorKey {
        account: name_of(account),
        key: NewApiKey {
            name: "ci".to_owned(),
            days: 90,
            owner: name_of(owner),
            scopes: Scopes {
                push: PushScope::NewPackages,
                unlist: true,
            },
            globs: Glob::parse_list("*").unwrap(),
        },
    };
    let key = create_by_operator(gallery, &Actor::operator(), wanted).await.unwrap();
    Visitor {
        session: Some(session),
        key: Some(key.expose().to_owned()),
    }
}
