//! Which mails an account gets. Those about its own security it always gets.

use super::managed;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;

/// Whether the account gets a mail when a package is published; what holds already changes nothing.
///
/// # Errors
/// [`Error::Denied`] when the account is locked.
pub async fn set_notifications(g: &Gallery, a: &Actor, account: &str, notify: bool) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    if authorized.row().notify_package_pushed == notify {
        return Ok(());
    }
    store::account_settings::set_notifications(&tx, &authorized, notify).await?;
    let words = |on| if on { "on" } else { "off" };
    let event = AuditEvent::new(
        a,
        AuditAction::SettingsChanged,
        Subject::text("Notify when a package is published"),
    )
    .on_behalf_of(authorized.account())
    .before(words(!notify))
    .after(words(notify));
    tx.commit(event).await
}
