//! Which packages use a package.

use super::lists::cards;
use crate::error::Error;
use crate::store;
use domain::profile::PackageCard;
use sea_orm::ConnectionTrait;

/// Packages in the tab "Used by".
const USERS: u64 = 20;

/// The packages whose newest version depends on an id, most downloaded first.
pub(super) async fn used_by<C: ConnectionTrait>(connection: &C, id_key: &str) -> Result<Vec<PackageCard>, Error> {
    let heads = store::packages::depending_on(connection, id_key, USERS).await?;
    cards(connection, heads).await
}
