//! The right to administer the site: it concerns no account, so there is none acted for.

use super::standing::{Hold, account_by_key, state_of};
use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::tx::Tx;
use domain::permission::{Action, Denied, PersonState, Question, Standing, decide};
use sea_orm::ConnectionTrait;

/// Proof that the permission table lets the actor administer the site.
#[derive(Clone, Copy, Debug)]
pub struct AdministersSite(());

impl Tx {
    /// Asks for the right to administer the site.
    ///
    /// # Errors
    /// A request to sign in; [`Error::NotFound`] for everybody but site administrators in a session and the operator.
    pub async fn authorize_site(&self, actor: &Actor) -> Result<AdministersSite, Error> {
        may_administer_site(self.connection(), actor).await
    }
}

/// Asks outside a transaction, for a page that only reads.
///
/// # Errors
/// As [`Tx::authorize_site`].
pub(crate) async fn may_administer_site<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
) -> Result<AdministersSite, Error> {
    let person = match &actor.who {
        Who::Operator => return Ok(AdministersSite(())),
        Who::Person(person) => account_by_key(connection, person.account, Hold::No).await?,
        Who::Anonymous | Who::Key(_) | Who::System => None,
    };
    let person = person.ok_or(match actor.who {
        Who::Anonymous => Denied::SignIn,
        _ => Denied::NotFound,
    })?;
    let standing = if person.site_administrator {
        Standing::SiteAdministrator
    } else {
        Standing::Other
    };
    decide(&Question {
        action: Action::AdministerSite,
        standing,
        account: state_of(&person),
        person: PersonState { locked: person.locked },
        key: None,
        subject: None,
    })?;
    Ok(AdministersSite(()))
}
