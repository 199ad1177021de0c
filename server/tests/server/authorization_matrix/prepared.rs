//! A gallery with every kind of visitor in it, prepared once and copied for each request that may change it.

use super::states::State;
use crate::inside::Inside;
use crate::nuget_site::{name_of, package};
use bytes::Bytes;
use domain::account::{AccountKind, EmailAddress};
use domain::api_key::{ApiKeyForm, KeysOfOrganization, NewApiKey};
use domain::audit::AuditRow;
use domain::links::LocalPath;
use domain::member::InviteForm;
use domain::page::Place;
use domain::permission::{Glob, PushScope, Role, Scopes};
use domain::prefix::PrefixForm;
use domain::session::{NewAccount, RegistrationForm};
use domain::transformation::TransformForm;
use gallery::api_keys::{OperatorKey, create_by_operator};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, Frozen, TestGallery, Thawed};
use gallery::uploads::DraftLimits;
use gallery::{
    Actor, Gallery, Origin, Who, accounts, api_keys, audit_trail, import, members, ownership, packages, prefixes,
    sessions, transformations, uploads,
};

/// Somebody who asks.
pub(super) struct Visitor {
    /// The value of the session's cookie.
    pub(super) session: Option<String>,
    /// An API key: for contoso, if they may have one, else for themselves.
    pub(super) key: Option<String>,
    /// The number of a draft that they uploaded: a new version of a package of contoso.
    draft: Option<i64>,
}

/// The prepared gallery, closed.
pub(super) struct Prepared {
    frozen: Frozen,
    /// In the order of the table.
    pub(super) visitors: Vec<Visitor>,
    numbers: Numbers,
}

/// What forms name by a number or a token that the gallery gave.
struct Numbers {
    /// API keys of contoso's administrators; the second one is locked.
    keys: [i64; 2],
    /// The API key of contoso's own.
    contoso_key: i64,
    /// The draft of contoso's administrator.
    draft: i64,
    /// Of guest@example.com, by contoso.
    invitation: i64,
    /// To stella, by contoso; to contoso, by bert.
    requests: [i64; 2],
    /// A reserved prefix that nobody else needs.
    prefix: i64,
    /// Confirms the address of the unconfirmed person.
    token: String,
}

/// A copy of it behind a router.
pub(super) struct House {
    pub(super) inside: Inside,
    thawed: Thawed,
}

impl Prepared {
    /// Prepares it with contoso in a state.
    pub(super) async fn new(database: Database, state: State) -> Self {
        let test = TestGallery::open(database).await;
        let (visitors, numbers) = prepare(&test).await;
        let administrator = visitors.get(3).and_then(|visitor: &Visitor| visitor.session.as_deref());
        state.bring_about(&test, administrator).await;
        Self {
            frozen: test.freeze().await,
            visitors,
            numbers,
        }
    }

    /// Puts into a form what its author cannot know: numbers that the gallery gave. `{draft}` is the visitor's own one.
    pub(super) fn fill_in(&self, form: &str, visitor: &Visitor) -> String {
        let Numbers {
            keys: [anna, lars],
            contoso_key,
            draft,
            invitation,
            requests: [to_stella, to_contoso],
            prefix,
            token,
        } = &self.numbers;
        form.replace("{draft}", &visitor.draft.unwrap_or(*draft).to_string())
            .replace("{anna's draft}", &draft.to_string())
            .replace("{anna's key}", &anna.to_string())
            .replace("{lars's key}", &lars.to_string())
            .replace("{contoso's key}", &contoso_key.to_string())
            .replace("{invitation}", &invitation.to_string())
            .replace("{request to stella}", &to_stella.to_string())
            .replace("{request to contoso}", &to_contoso.to_string())
            .replace("{prefix}", &prefix.to_string())
            .replace("{uma's token}", token)
    }

    pub(super) async fn copy(&self) -> House {
        let thawed = self.frozen.copy().await;
        House {
            inside: Inside::of(thawed.gallery.clone(), &[]),
            thawed,
        }
    }
}

impl House {
    /// The newest events of the whole site.
    pub(super) async fn newest_events(&self) -> Vec<AuditRow> {
        let page = audit_trail::of_site(&self.thawed.gallery, &Actor::operator(), &Place::Start).await;
        page.unwrap().items
    }

    /// Removes it.
    pub(super) async fn close(self) {
        drop(self.inside);
        self.thawed.close().await;
    }
}

async fn prepare(test: &TestGallery) -> (Vec<Visitor>, Numbers) {
    let gallery = &test.gallery;
    let operator = Actor::operator();
    let stranger = person(gallery, "stella", true).await;
    let collaborator = person(gallery, "carla", true).await;
    let administrator = person(gallery, "anna", true).await;
    let site_administrator = person(gallery, "sofia", true).await;
    let locked = person(gallery, "lars", true).await;
    let unconfirmed = person(gallery, "uma", false).await;
    let bert = person(gallery, "bert", true).await;
    person(gallery, "chris", true).await;
    let tara = person(gallery, "tara", true).await;

    organization(gallery, "contoso", "anna").await;
    for (name, role) in [
        ("carla", Role::Collaborator),
        ("chris", Role::Collaborator),
        ("lars", Role::Administrator),
    ] {
        members::add(gallery, &operator, &name_of("contoso"), &name_of(name), role)
            .await
            .unwrap();
    }
    accounts::promote(gallery, &operator, &name_of("sofia")).await.unwrap();
    let file = test.folder.path().join("package.nupkg");
    std::fs::write(&file, package("Contoso.Json", "1.0.0").build()).unwrap();
    let owner = import::find_owner(gallery, &name_of("contoso")).await.unwrap();
    import::import_file(gallery, &file, owner).await.unwrap();

    // Everybody who can be is invited to another organization.
    organization(gallery, "fabrikam", "bert").await;
    let bert = actor(gallery, &bert).await;
    for name in ["stella", "carla", "anna", "sofia", "lars"] {
        invite(gallery, &bert, "fabrikam", name).await;
    }
    let form = TransformForm {
        administrator: "anna".to_owned(),
    };
    transformations::request(gallery, &actor(gallery, &tara).await, &form)
        .await
        .unwrap();
    let anna = actor(gallery, &administrator).await;
    invite(gallery, &anna, "contoso", "guest@example.com").await;
    let listed = members::list(gallery, &anna, "contoso", "", Place::Start)
        .await
        .unwrap();

    let requests = requests(test, &anna, &bert).await;
    let prefix = prefix(gallery).await;

    let lars = actor(gallery, &locked).await;
    let visitors = vec![
        Visitor {
            session: None,
            key: None,
            draft: None,
        },
        visitor(gallery, stranger, "stella", "stella").await,
        visitor(gallery, collaborator, "carla", "contoso").await,
        visitor(gallery, administrator, "anna", "contoso").await,
        visitor(gallery, site_administrator, "sofia", "sofia").await,
        visitor(gallery, locked, "lars", "contoso").await,
        Visitor {
            session: Some(unconfirmed),
            key: None,
            draft: None,
        },
    ];
    accounts::lock(gallery, &operator, &name_of("lars")).await.unwrap();
    let numbers = Numbers {
        keys: [key_of(gallery, &anna).await, key_of(gallery, &lars).await],
        contoso_key: key_of_contoso(gallery, &anna).await,
        draft: draft_of(gallery, &anna).await,
        invitation: listed.invitations[0].key,
        requests,
        prefix,
        token: token_in(&test.mails().await),
    };
    (visitors, numbers)
}

/// Contoso asks stella to own its package, and fabrikam asks contoso to own another one.
async fn requests(test: &TestGallery, anna: &Actor, bert: &Actor) -> [i64; 2] {
    let gallery = &test.gallery;
    let file = test.folder.path().join("other.nupkg");
    std::fs::write(&file, package("Fabrikam.Core", "1.0.0").build()).unwrap();
    let owner = import::find_owner(gallery, &name_of("fabrikam")).await.unwrap();
    import::import_file(gallery, &file, owner).await.unwrap();
    ownership::add(gallery, anna, "Contoso.Json", "stella").await.unwrap();
    ownership::add(gallery, bert, "Fabrikam.Core", "contoso").await.unwrap();
    let page = packages::owned(gallery, anna, "", &Place::Start).await.unwrap();
    [page.sent[0].key, page.received[0].key]
}

async fn prefix(gallery: &Gallery) -> i64 {
    let form = PrefixForm {
        value: "Reserved.".to_owned(),
        reach: "beginning".to_owned(),
        ..PrefixForm::default()
    };
    let operator = Actor::operator();
    prefixes::reserve(gallery, &operator, form).await.unwrap();
    prefixes::list(gallery, &operator).await.unwrap()[0].key
}

async fn organization(gallery: &Gallery, name: &str, administrator: &str) {
    let new = NewAccount {
        name: name_of(name),
        email: EmailAddress::parse(&format!("{name}@example.com")).unwrap(),
    };
    accounts::create(
        gallery,
        &Actor::operator(),
        new,
        AccountKind::Organization,
        Some(name_of(administrator)),
    )
    .await
    .unwrap();
}

async fn invite(gallery: &Gallery, by: &Actor, organization: &str, invited: &str) {
    let form = InviteForm {
        invited: invited.to_owned(),
        role: Role::Collaborator.value().to_owned(),
    };
    members::invite(gallery, by, organization, form).await.unwrap();
}

/// The person of a session.
pub(super) async fn actor(gallery: &Gallery, session: &str) -> Actor {
    let context = sessions::resolve(gallery, session).await.unwrap().unwrap();
    Actor {
        who: Who::Person(context.person),
        origin: Origin::default(),
    }
}

async fn key_of(gallery: &Gallery, person: &Actor) -> i64 {
    api_keys::mine(gallery, person).await.unwrap().keys[0].key
}

/// Makes a key of contoso's own.
async fn key_of_contoso(gallery: &Gallery, administrator: &Actor) -> i64 {
    let form = ApiKeyForm {
        name: "build".to_owned(),
        days: "30".to_owned(),
        owner: "contoso".to_owned(),
        push: "on".to_owned(),
        globs: "*".to_owned(),
        ..ApiKeyForm::default()
    };
    api_keys::create_for_organization(gallery, administrator, form)
        .await
        .unwrap();
    let page = api_keys::of_organization(gallery, administrator, "contoso", Place::Start).await;
    match page.unwrap().keys {
        KeysOfOrganization::Managed { own, .. } => own[0].key,
        KeysOfOrganization::Names(names) => panic!("only names: {names:?}"),
    }
}

async fn draft_of(gallery: &Gallery, person: &Actor) -> i64 {
    uploads::page(gallery, person).await.unwrap().drafts[0].key
}

/// The token in the one mail that asks a person to confirm an address.
fn token_in(mails: &[String]) -> String {
    let asks = |mail: &String| {
        let text = mail.replace("=\r\n", "").replace("=3D", "=");
        let link = text.lines().find(|line| line.contains("/account/confirm?token="))?;
        link.trim().split("token=").nth(1).map(str::to_owned)
    };
    mails.iter().find_map(asks).unwrap()
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
    let file = package("Contoso.Json", "2.0.0").build();
    let chunks = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(file))]);
    let blob = gallery.blobs().receive(chunks, u64::MAX).await.unwrap();
    let person = actor(gallery, &session).await;
    let draft = uploads::receive(gallery, &person, "package.nupkg", blob, DraftLimits::Bind).await;
    Visitor {
        draft: Some(draft.unwrap().key),
        session: Some(session),
        key: Some(key.expose().to_owned()),
    }
}
