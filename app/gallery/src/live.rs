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
use crate::authorization::{SeeMembers, may_read, organizations_open_to};
use crate::error::Error;
use crate::{packages, store};
use domain::account::AccountKey;
use domain::permission::{Action, Denied};

/// So many trails are looked at before a page is told to read once more instead.
const LOOKED_AT: usize = 8;

/// What somebody wants to follow besides their own trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Nothing.
    Oneself,
    /// An organization, by its name.
    Organization(String),
    /// A package, by its id.
    Package(String),
    /// All organizations of theirs.
    OwnOrganizations,
}

/// The trails that somebody may follow: their own, and those of the organizations concerned whose pages they may see.
///
/// Whatever happens to a package stands in the trails of all its owners, so one of them is enough.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for an organization or a package's insiders that they are none of, and
/// [`Error::Policy`] for an organization whose policy they do not meet.
pub async fn trails(g: &Gallery, a: &Actor, followed: &Followed) -> Result<Vec<AccountKey>, Error> {
    let Who::Person(person) = &a.who else {
        return Err(Denied::SignIn.into());
    };
    let mut trails = vec![person.account];
    match followed {
        Followed::Oneself => {}
        Followed::Organization(name) => {
            let name = name_in_address(a, name)?;
            let right = may_read::<SeeMembers, _>(g.reader(), a, &name)
                .await?
                .of_organization()?;
            trails.push(right.account());
        }
        Followed::Package(id) => trails.extend(packages::followed_by_insider(g, a, id).await?),
        Followed::OwnOrganizations => {
            let own = organizations_open_to(g.reader(), a, person.account, Action::SeeOrganization).await?;
            trails.extend(own.into_iter().map(|organization| AccountKey(organization.key)));
        }
    }
    Ok(trails)
}

/// Whether something happened in some trails in the seconds just past: what a page did not show when its data was read,
/// and nobody listened for yet. Of many trails it is taken for granted.
///
/// # Errors
/// When the database fails.
pub async fn happened_within(g: &Gallery, trails: &[AccountKey], seconds: u32) -> Result<bool, Error> {
    let since = g.now().plus_seconds(-i64::from(seconds));
    if trails.len() > LOOKED_AT {
        return Ok(true);
    }
    for trail in trails {
        if store::audit::anything_since(g.reader(), *trail, since).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Begins to listen to some trails.
#[must_use]
pub fn listen(g: &Gallery, trails: Vec<AccountKey>) -> Listener {
    g.hub().listen(trails)
}
