//! What an account says of itself.

use super::managed;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::settings::ProfileForm;

/// Sets description and website; what holds already changes nothing.
///
/// # Errors
/// Refusals at the fields `description` and `website`; [`Error::Denied`] when the account is locked.
pub async fn set_profile(g: &Gallery, a: &Actor, account: &str, form: ProfileForm) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    let wanted = form.parse()?;
    let row = authorized.row();
    let events: Vec<AuditEvent> = [
        ("Description", &row.description, &wanted.description),
        ("Website", &row.website, &wanted.website),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(what, before, after)| {
        AuditEvent::new(a, AuditAction::SettingsChanged, Subject::text(what))
            .on_behalf_of(authorized.account())
            .before(before)
            .after(after)
    })
    .collect();
    if events.is_empty() {
        return Ok(());
    }
    store::account_settings::set_profile(&tx, &authorized, &wanted).await?;
    tx.commit_all(events).await
}
