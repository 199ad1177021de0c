//! Ends a session.

use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::ids::Token;
use crate::{Gallery, store};
use domain::audit::AuditAction;

/// Ends the actor's session of a cookie's value. One that has ended already is no error.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(g: &Gallery, a: &Actor, token: &str) -> Result<(), Error> {
    let Some(account) = a.account() else { return Ok(()) };
    let tx = g.begin().await?;
    if !store::sessions::delete(&tx, account, &Token::received(token).hash()).await? {
        return Ok(());
    }
    let event = AuditEvent::new(a, AuditAction::SessionEnded, Subject::default());
    tx.commit(event).await
}
