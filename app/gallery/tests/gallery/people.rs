//! People and organizations for tests, made as users make them: by signing in and filling forms.

use domain::account::{AccountKind, AccountName, EmailAddress};
use domain::form::UiError;
use domain::links::LocalPath;
use domain::member::InviteForm;
use domain::organization::AddOrganizationForm;
use domain::page::Place;
use domain::permission::Role;
use domain::session::{NewAccount, RegistrationForm};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Error, Gallery, Origin, Who};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

/// A gallery with people in it.
pub(crate) struct House {
    /// The gallery, its clock and its mails.
    pub(crate) test: TestGallery,
}

impl House {
    /// Opens an empty one.
    pub(crate) async fn open(database: Database) -> Self {
        Self {
            test: TestGallery::open(database).await,
        }
    }

    /// The gallery.
    pub(crate) fn g(&self) -> &Gallery {
        &self.test.gallery
    }

    /// A person with a confirmed address `{name}@example.com`, signed in.
    pub(crate) async fn person(&self, name: &str) -> Actor {
        let token = self.register(name, &address(name), true).await.unwrap();
        self.session(&token).await
    }

    /// Signs somebody new in and creates their account; returns the session's cookie.
    pub(crate) async fn register(&self, name: &str, email: &str, vouched: bool) -> Result<String, UiError> {
        let identity = Identity {
            vouched,
            ..identity(name, email)
        };
        let token = match self.finish(identity).await {
            SignedIn::Register { token, .. } => token,
            SignedIn::Refused(error) => return Err(error),
            SignedIn::Session { token, .. } => return Ok(token.expose().to_owned()),
        };
        let form = RegistrationForm {
            name: name.to_owned(),
            email: email.to_owned(),
        };
        match gallery::accounts::register(self.g(), Origin::default(), token.expose(), form).await {
            Ok((token, _)) => Ok(token.expose().to_owned()),
            Err(error) => Err(UiError::from(&error)),
        }
    }

    /// Comes back from a provider.
    pub(crate) async fn finish(&self, identity: Identity) -> SignedIn {
        gallery::sign_in::finish(self.g(), Origin::default(), identity, LocalPath::home())
            .await
            .unwrap()
    }

    /// The person of a session's cookie.
    pub(crate) async fn session(&self, token: &str) -> Actor {
        let context = gallery::sessions::resolve(self.g(), token).await.unwrap().unwrap();
        Actor {
            who: Who::Person(context.person),
            origin: Origin::default(),
        }
    }

    /// A confirmed organization whose administrators and collaborators are these people, who exist.
    pub(crate) async fn organization(&self, name: &str, administrators: &[&str], collaborators: &[&str]) {
        let (first, others) = administrators.split_first().unwrap();
        let new = NewAccount {
            name: self::name(name),
            email: EmailAddress::parse(&address(name)).unwrap(),
        };
        let operator = Actor::operator();
        gallery::accounts::create(
            self.g(),
            &operator,
            new,
            AccountKind::Organization,
            Some(self::name(first)),
        )
        .await
        .unwrap();
        let others = others.iter().map(|member| (member, Role::Administrator));
        let collaborators = collaborators.iter().map(|member| (member, Role::Collaborator));
        for (member, role) in others.chain(collaborators) {
            gallery::members::add(self.g(), &operator, &self::name(name), &self::name(member), role)
                .await
                .unwrap();
        }
    }

    /// An organization as a person adds it, not confirmed yet.
    pub(crate) async fn add_organization(&self, by: &Actor, name: &str) {
        let form = AddOrganizationForm {
            name: name.to_owned(),
            email: address(name),
        };
        gallery::organizations::add(self.g(), by, form).await.unwrap();
    }

    /// Invites somebody.
    pub(crate) async fn invite(
        &self,
        by: &Actor,
        organization: &str,
        invited: &str,
        role: Role,
    ) -> Result<(), UiError> {
        let form = InviteForm {
            invited: invited.to_owned(),
            role: role.value().to_owned(),
        };
        let sent = gallery::members::invite(self.g(), by, organization, form).await;
        sent.map(drop).map_err(|error| UiError::from(&error))
    }

    /// Members as `name:role`, by name, as the operator sees them.
    pub(crate) async fn members(&self, organization: &str) -> Vec<String> {
        gallery::members::names(self.g(), &Actor::operator(), &name(organization))
            .await
            .unwrap()
            .into_iter()
            .map(|(name, role)| format!("{name}:{}", role.value()))
            .collect()
    }

    /// The open invitations as `invited:role`, oldest first, each with its handle.
    pub(crate) async fn invitations(&self, by: &Actor, organization: &str) -> Vec<(i64, String)> {
        let page = gallery::members::list(self.g(), by, organization, "", Place::Start)
            .await
            .unwrap();
        page.invitations
            .into_iter()
            .map(|row| (row.key, format!("{}:{}", row.invited, row.role.value())))
            .collect()
    }

    /// The mails of a kind written so far, oldest first.
    pub(crate) async fn mails(&self, kind: &str) -> Vec<Letter> {
        let header = format!("X-Guildhall-Mail: {kind}\r\n");
        self.test
            .mails()
            .await
            .iter()
            .filter(|raw| raw.contains(&header))
            .map(|raw| Letter::read(raw))
            .collect()
    }

    /// Every kind of mail with its recipient, oldest first.
    pub(crate) async fn all_mails(&self) -> Vec<String> {
        let mails = self.test.mails().await;
        mails
            .iter()
            .map(|raw| {
                let kind = header(raw, "X-Guildhall-Mail");
                format!("{kind} to {}", header(raw, "To"))
            })
            .collect()
    }

    /// The actions in an organization's trail, oldest first, as an actor sees them.
    pub(crate) async fn trail(&self, by: &Actor, organization: &str) -> Vec<String> {
        let page = gallery::audit_trail::of_organization(self.g(), by, organization, Place::Start)
            .await
            .unwrap();
        let mut actions: Vec<_> = page.events.items.into_iter().map(|row| row.action).collect();
        actions.reverse();
        actions
    }

    /// Changes the database behind the gallery's back.
    pub(crate) async fn sql(&self, statement: &str) {
        let connection = self.database().await;
        connection.execute_unprepared(statement).await.unwrap();
        connection.close().await.unwrap();
    }

    /// A number out of the database, such as a count.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let connection = self.database().await;
        let statement = Statement::from_string(connection.get_database_backend(), query);
        let row = connection.query_one_raw(statement).await.unwrap().unwrap();
        connection.close().await.unwrap();
        row.try_get_by_index(0).unwrap()
    }

    async fn database(&self) -> DatabaseConnection {
        gallery::testkit::connect(&self.g().settings().database_url).await
    }

    /// No event was changed or lost.
    pub(crate) async fn chain_is_whole(&self) {
        let faults = gallery::audit::verify_chain(self.g()).await.unwrap();
        assert_eq!(faults, []);
    }
}

/// A mail as its recipient sees it.
#[derive(Debug)]
pub(crate) struct Letter {
    /// To whom.
    pub(crate) to: String,
    /// The link, alone on its line of the text part: path and query.
    pub(crate) link: String,
}

impl Letter {
    fn read(raw: &str) -> Self {
        let text = raw
            .split("text/plain")
            .nth(1)
            .unwrap()
            .split("text/html")
            .next()
            .unwrap();
        let text = text.replace("=\r\n", "").replace("=3D", "=");
        let links: Vec<&str> = text.lines().filter(|line| line.starts_with("http")).collect();
        assert_eq!(links.len(), 1, "exactly one link alone on a line: {text}");
        assert_eq!(text.matches("http").count(), 1, "exactly one link: {text}");
        Self {
            to: header(raw, "To"),
            link: links[0].trim().replace("http://127.0.0.1:3000", ""),
        }
    }

    /// The token that the link carries.
    pub(crate) fn token(&self) -> &str {
        self.link.split("token=").nth(1).unwrap()
    }
}

fn header(raw: &str, name: &str) -> String {
    let start = format!("{name}: ");
    raw.lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap()
        .trim()
        .to_owned()
}

/// The address that a name has in these tests.
pub(crate) fn address(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase())
}

/// What a provider tells of somebody.
pub(crate) fn identity(subject: &str, email: &str) -> Identity {
    Identity {
        provider: "development".to_owned(),
        issuer: "http://127.0.0.1:3000".to_owned(),
        subject: subject.to_owned(),
        proposed_name: subject.to_owned(),
        email: EmailAddress::parse(email).ok(),
        vouched: true,
        second_factor: false,
    }
}

/// A name that is right.
pub(crate) fn name(text: &str) -> AccountName {
    AccountName::parse(text).unwrap()
}

/// The sentence of a refusal: the form's, or `field: sentence` of its fields.
pub(crate) fn said<T: std::fmt::Debug>(result: Result<T, impl Into<Said>>) -> String {
    let Said(error) = result.unwrap_err().into();
    let fields = error
        .fields
        .iter()
        .map(|field| format!("{}: {}", field.field, field.message));
    let all: Vec<String> = std::iter::once(error.message.clone())
        .filter(|message| !message.is_empty())
        .chain(fields)
        .collect();
    all.join(" | ")
}

/// An error as its reader gets it.
pub(crate) struct Said(UiError);

impl From<UiError> for Said {
    fn from(error: UiError) -> Self {
        Self(error)
    }
}

impl From<Error> for Said {
    fn from(error: Error) -> Self {
        assert!(!matches!(error, Error::Internal(_)), "an internal error: {error:?}");
        Self(UiError::from(&error))
    }
}
