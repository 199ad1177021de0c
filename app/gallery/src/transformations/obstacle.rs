//! What is in the way of transforming an account.

use crate::error::Error;
use crate::members::addresses_of;
use crate::store;
use domain::account::{AccountKey, AccountKind};
use domain::time::Timestamp;
use domain::transformation::Obstacle;
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// The first obstacle; asked when the page opens, when the request is sent, and again when it is accepted.
pub(super) async fn obstacle<C: ConnectionTrait>(
    connection: &C,
    account: &account::Model,
    now: Timestamp,
) -> Result<Option<Obstacle>, Error> {
    let by_state = if account.email.is_none() {
        Some(Obstacle::Unconfirmed)
    } else if account.locked {
        Some(Obstacle::Locked)
    } else if account.kind == AccountKind::Organization.value() {
        Some(Obstacle::Organization)
    } else if account.site_administrator {
        Some(Obstacle::SiteAdministrator)
    } else {
        None
    };
    if by_state.is_some() {
        return Ok(by_state);
    }
    let key = AccountKey(account.id);
    if store::memberships::is_member_anywhere(connection, key).await? {
        return Ok(Some(Obstacle::Member));
    }
    // An invitation that has ended counts too: it stands in the person's list, and can be sent again.
    let addresses = addresses_of(connection, key).await?;
    if !store::invitations::of_person(connection, key, &addresses, 1)
        .await?
        .is_empty()
    {
        return Ok(Some(Obstacle::Invited));
    }
    let asked = store::transformations::asked_of(connection, key, now, 1).await?;
    Ok((!asked.is_empty()).then_some(Obstacle::Asked))
}
