//! Ends requests that nobody has answered in time.

use super::held::hold;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;

/// Ended in one go at most.
const BATCH: u64 = 100;

/// Removes requests whose 14 days are over, and tells their accounts.
pub(crate) async fn note_expired(g: &Gallery) -> Result<(), Error> {
    let ended = store::transformations::ended(g.reader(), g.now(), BATCH).await?;
    for request in ended {
        let (account, administrator) = (AccountKey(request.account_id), AccountKey(request.administrator_id));
        let tx = g.begin().await?;
        hold(&tx, account, &[administrator]).await?;
        if !store::transformations::end(&tx, account).await? {
            continue;
        }
        let event = AuditEvent::new(
            &Actor::system(),
            AuditAction::TransformationExpired,
            Subject::account(administrator),
        )
        .on_behalf_of(account)
        .in_trail_of(administrator)
        .telling(
            account,
            "Your request to transform your account has expired without an answer. You can send it again.",
            links::transform(),
        );
        tx.commit(event).await?;
    }
    Ok(())
}
