//! What reserved prefixes say to a new id.

use crate::error::Error;
use crate::store;
use domain::account::AccountKey;
use domain::prefix::{MatchingPrefix, PrefixAccess, Reservation, reservation};
use sea_orm::ConnectionTrait;

/// Whether an account may publish a new id, as far as prefixes are concerned.
pub(crate) async fn for_new_id<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
    owner: AccountKey,
) -> Result<Reservation, Error> {
    let over = store::prefixes::over(connection, id_key).await?;
    let owners = store::prefixes::owners(connection, over.iter().map(|prefix| prefix.id)).await?;
    let matching: Vec<MatchingPrefix> = over
        .iter()
        .map(|prefix| {
            let owners = owners.get(&prefix.id).map_or(&[][..], Vec::as_slice);
            MatchingPrefix {
                access: PrefixAccess::of_checkbox(prefix.shared),
                owned: owners.contains(&owner),
                has_owners: !owners.is_empty(),
            }
        })
        .collect();
    Ok(reservation(&matching))
}
