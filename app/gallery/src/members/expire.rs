//! Writes the end of invitations into the trail, once each.

use super::pending::subject_of;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;

/// Noted in one go at most.
const BATCH: u64 = 100;

/// Notes invitations that have ended without an answer. They stay in the list and can be sent again.
pub(crate) async fn note_expired(g: &Gallery) -> Result<(), Error> {
    let ended = store::invitations::ended_unnoted(g.reader(), g.now(), BATCH).await?;
    for invitation in ended {
        let tx = g.begin().await?;
        if !store::invitations::note_end(&tx, invitation.id).await? {
            continue;
        }
        let recipient = store::invitations::recipient(&tx, &invitation).await?;
        let mut event = AuditEvent::new(&Actor::system(), AuditAction::InvitationExpired, subject_of(&recipient))
            .on_behalf_of(AccountKey(invitation.organization_id))
            .before(invitation.role);
        if let Some(person) = recipient.account {
            event = event.in_trail_of(person);
        }
        tx.commit(event).await?;
    }
    Ok(())
}
