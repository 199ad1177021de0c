//! Tells the owners of a package in the application what was done to it.

use crate::audit::AuditEvent;
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind};
use domain::links::LocalPath;
use schema::entity::account;

/// Puts an event into the trails of all owners, and tells the people among them and the administrators of the
/// organizations among them.
pub(super) async fn owners(
    tx: &Tx,
    mut event: AuditEvent,
    owners: &[account::Model],
    text: &str,
    link: &LocalPath,
) -> Result<AuditEvent, Error> {
    for owner in owners {
        let key = AccountKey(owner.id);
        event = event.in_trail_of(key);
        if owner.kind == AccountKind::User.value() {
            event = event.telling(key, text, link.clone());
            continue;
        }
        for administrator in store::accounts::administrators_of(tx.connection(), key).await? {
            event = event.telling(AccountKey(administrator.id), text, link.clone());
        }
    }
    Ok(event)
}
