//! Ends another session of the person who asks.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::security::{SecurityProblem, browser};

/// Ends a session of the person's own by its handle; returns the browser in words. Its next request is refused. As with
/// signing out, a locked person may do it too.
///
/// # Errors
/// A conflict with [`SecurityProblem::SessionOver`] when the person has no such session (any more).
pub async fn revoke(g: &Gallery, a: &Actor, key: i64) -> Result<String, Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    let session = store::sessions::revoke(&tx, person, key)
        .await?
        .ok_or_else(|| Error::conflict(SecurityProblem::SessionOver))?;
    let browser = browser(&session.user_agent);
    let event = AuditEvent::new(a, AuditAction::SessionEnded, Subject::text(&browser)).before(session.provider);
    tx.commit(event).await?;
    Ok(browser)
}
