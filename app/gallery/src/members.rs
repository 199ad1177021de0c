//! Members of organizations, and the people who are invited to become one.

mod add;
mod answer;
mod change_role;
mod expire;
mod invite;
mod leave;
mod list;
mod offboarding;
mod pending;
mod tell;
mod why;

pub use add::add;
pub use answer::{accept, decline};
pub use change_role::{RoleChange, change_role};
pub(crate) use expire::note_expired;
pub use invite::{InvitationSent, invite};
pub use leave::{Removed, leave, remove};
pub use list::{Asked, list, names, page};
pub use pending::{cancel, change_invited_role, resend};

use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::member::MemberProblem;
use schema::entity::account;
use sea_orm::{ConnectionTrait, EntityTrait};

/// The addresses by which a person can be invited, in lower case: the confirmed one, and those for which a linked
/// sign-in vouches.
pub(crate) async fn addresses_of<C: ConnectionTrait>(connection: &C, person: AccountKey) -> Result<Vec<String>, Error> {
    let mut addresses = store::identities::vouched_addresses(connection, person).await?;
    let row = account::Entity::find_by_id(person.0).one(connection).await?;
    addresses.extend(row.and_then(|row| row.email_key));
    Ok(addresses)
}

/// An administrator steps down, leaves or is removed: is there another one? The asker holds the organization's row.
async fn keep_an_administrator(tx: &Tx, organization: AccountKey, member: AccountKey) -> Result<(), Error> {
    if store::memberships::has_another_administrator(tx, organization, member).await? {
        Ok(())
    } else {
        Err(Error::conflict(MemberProblem::LastAdministrator))
    }
}
