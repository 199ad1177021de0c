//! One event, as a use case tells it.

use crate::actor::{Actor, Who};
use domain::account::{AccountKey, EmailAddress};
use domain::audit::AuditAction;
use domain::links::LocalPath;
use serde::{Deserialize, Serialize};

/// What an event happened to. It holds keys, whose names are joined when the trail is shown; addresses are masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// An account: the member, the organization, the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountKey>,
    /// A package's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// A package's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Anything else that has a name: a key, a provider, a masked address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Subject {
    /// An account.
    #[must_use]
    pub fn account(key: AccountKey) -> Self {
        Self {
            account: Some(key),
            ..Self::default()
        }
    }

    /// A version of a package.
    pub fn version(id: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            package: Some(id.into()),
            version: Some(version.into()),
            ..Self::default()
        }
    }

    /// A package.
    pub fn package(id: impl Into<String>) -> Self {
        Self {
            package: Some(id.into()),
            ..Self::default()
        }
    }

    /// An account that owns, or is to own, a package.
    pub fn owner(key: AccountKey, id: impl Into<String>) -> Self {
        Self {
            account: Some(key),
            package: Some(id.into()),
            ..Self::default()
        }
    }

    /// An address, masked.
    #[must_use]
    pub fn address(address: &EmailAddress) -> Self {
        Self {
            text: Some(address.masked()),
            ..Self::default()
        }
    }

    /// Something else that has a name.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::default()
        }
    }
}

/// One change of state, to be written with it.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    pub(crate) action: AuditAction,
    pub(crate) actor: &'static str,
    pub(crate) actor_key: Option<AccountKey>,
    pub(crate) credential: String,
    pub(crate) address: String,
    pub(crate) user_agent: String,
    pub(crate) account: Option<AccountKey>,
    pub(crate) trails: Vec<AccountKey>,
    pub(crate) subject: Subject,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) notices: Vec<Notice>,
}

/// What a person is told about an event in the application.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) account: AccountKey,
    pub(crate) text: String,
    pub(crate) link: LocalPath,
}

impl AuditEvent {
    /// Somebody did something.
    #[must_use]
    pub fn new(actor: &Actor, action: AuditAction, subject: Subject) -> Self {
        Self {
            action,
            actor: match actor.who {
                Who::Operator => "operator",
                Who::System => "system",
                Who::Anonymous | Who::Person(_) | Who::Key(_) => "account",
            },
            actor_key: actor.account(),
            credential: actor.credential(),
            address: actor.origin.address.clone(),
            user_agent: actor.origin.user_agent.clone(),
            account: None,
            trails: Vec::new(),
            subject,
            before: String::new(),
            after: String::new(),
            notices: Vec::new(),
        }
    }

    /// For which account it was done; the event stands in that account's trail.
    #[must_use]
    pub fn on_behalf_of(mut self, account: AccountKey) -> Self {
        self.account = Some(account);
        self.in_trail_of(account)
    }

    /// In whose trail it stands besides: the person concerned, the other owners.
    #[must_use]
    pub fn in_trail_of(mut self, account: AccountKey) -> Self {
        if !self.trails.contains(&account) {
            self.trails.push(account);
        }
        self
    }

    /// A workload did it, or tried to, for which no account stands; what it is called by its own word.
    #[must_use]
    pub(crate) fn by_workload(mut self, called: impl Into<String>) -> Self {
        self.actor = "workload";
        self.credential = called.into();
        self
    }

    /// What it was before.
    #[must_use]
    pub fn before(mut self, value: impl Into<String>) -> Self {
        self.before = value.into();
        self
    }

    /// What it is since.
    #[must_use]
    pub fn after(mut self, value: impl Into<String>) -> Self {
        self.after = value.into();
        self
    }
    /// Tells a person in the application, in one sentence with the page concerned. Whoever did it knows already.
    #[must_use]
    pub fn telling(mut self, account: AccountKey, text: impl Into<String>, link: LocalPath) -> Self {
        let known = self.actor_key == Some(account) || self.notices.iter().any(|notice| notice.account == account);
        if !known {
            self.notices.push(Notice {
                account,
                text: text.into(),
                link,
            });
        }
        self
    }
}
