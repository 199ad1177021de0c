//! What just happened, for pages that are open.
//!
//! Every change of state is an event in somebody's trail, so the audit trail is what is followed. A transaction tells the
//! hub of its process what it wrote, at once; what other processes wrote (other nodes, the command line) is looked for by
//! one watcher a process, which rests while nobody listens.

mod hub;
mod watch;

pub(crate) use hub::Hub;
pub use hub::{Change, Listener};
pub(crate) use watch::watch;

use crate::Gallery;
use crate::accounts::name_in_address;
use crate::actor::{Actor, Who};
use crate::authorization::{SeeMembers, may_read};
use crate::error::Error;
use domain::account::AccountKey;
use domain::permission::Denied;

/// The trails that somebody may follow: their own, and that of an organization whose pages they may see.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for an organization that they may not see, and [`Error::Policy`] for one
/// whose policy they do not meet.
pub async fn trails(g: &Gallery, a: &Actor, organization: &str) -> Result<Vec<AccountKey>, Error> {
    let Who::Person(person) = &a.who else {
        return Err(Denied::SignIn.into());
    };
    let mut trails = vec![person.account];
    if !organization.is_empty() {
        let name = name_in_address(a, organization)?;
        let right = may_read::<SeeMembers, _>(g.reader(), a, &name)
            .await?
            .of_organization()?;
        trails.push(right.account());
    }
    Ok(trails)
}

/// Begins to listen to some trails.
#[must_use]
pub fn listen(g: &Gallery, trails: Vec<AccountKey>) -> Listener {
    g.hub().listen(trails)
}
