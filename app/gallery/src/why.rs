//! "Why can X push here?": the permission table is asked about somebody else than who asks.
//!
//! Who asks must be allowed to see whatever the answer tells, and pages ask for that right first.

use crate::actor::Actor;
use crate::authorization::{Hold, account_by_name, standing_behind_key, standing_of, state_of};
use crate::error::Error;
use crate::store;
use domain::account::{AccountKey, AccountKind, AccountName};
use domain::permission::{
    Action, Explanation, Named, PersonState, Question, Standing, Subject, Why, WhyAnswer, explain,
};
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// Names are no longer than this; what is longer is not repeated.
const NAME: usize = 64;

/// Who is asked about: a user, or the answer that nobody of this name can push.
pub(crate) async fn asked_about<C: ConnectionTrait>(
    connection: &C,
    typed: &str,
) -> Result<Result<account::Model, Why>, Error> {
    let typed: String = typed.trim().chars().take(NAME).collect();
    let found = match AccountName::parse(&typed) {
        Ok(name) => account_by_name(connection, &name, Hold::No).await?,
        Err(_) => None,
    };
    Ok(match found {
        Some(row) if row.kind == AccountKind::User.value() => Ok(row),
        Some(row) => {
            let reason = "it is an organization, and its members and its keys push for it";
            Err(nobody(&row.name, reason))
        }
        None => Err(nobody(&typed, "there is no user of this name")),
    })
}

fn nobody(name: &str, reason: &str) -> Why {
    Why {
        person: name.to_owned(),
        answers: vec![WhyAnswer {
            allowed: false,
            sentence: format!("{name} may not push: {reason}."),
        }],
        note: String::new(),
    }
}

/// Somebody, and how they stand to an account.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    person: &'a account::Model,
    target: &'a account::Model,
    standing: Standing,
}

impl<'a> Asked<'a> {
    /// Looks how a person stands to an account. Of oneself the present session is known; of others, how they signed in
    /// the latest time.
    pub(crate) async fn about<C: ConnectionTrait>(
        connection: &C,
        a: &Actor,
        person: &'a account::Model,
        target: &'a account::Model,
    ) -> Result<Self, Error> {
        let standing = if a.account() == Some(AccountKey(person.id)) {
            standing_of(connection, a, target).await?.0
        } else {
            let (organization, member) = (AccountKey(target.id), AccountKey(person.id));
            let role = store::memberships::role_of(connection, organization, member).await?;
            match standing_behind_key(person, target, role) {
                Standing::Other if person.site_administrator => Standing::SiteAdministrator,
                standing => standing,
            }
        };
        Ok(Self {
            person,
            target,
            standing,
        })
    }

    /// What the permission table says of it for a session, and why.
    pub(crate) fn explain(self, action: Action, subject: Option<Subject<'_>>) -> Explanation {
        let question = Question {
            action,
            standing: self.standing,
            account: state_of(self.target),
            person: PersonState {
                locked: self.person.locked,
            },
            key: None,
            subject,
        };
        let named = Named {
            person: &self.person.name,
            account: &self.target.name,
            organization: self.target.kind == AccountKind::Organization.value(),
            key: None,
        };
        explain(&question, &named)
    }
}
