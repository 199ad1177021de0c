//! How often a change may be made (product contract, section 10). It is counted in the audit trail, where every change
//! stands anyway: so all nodes count together, and a restart forgets nothing.

use crate::actor::Actor;
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::form::{UiError, UiErrorKind};
use domain::time::DAY;

/// Invitations that an organization sends, those sent again included.
pub(crate) const INVITATIONS: Frequency = Frequency {
    actions: &[AuditAction::InvitationCreated, AuditAction::InvitationResent],
    times: 30,
    seconds: 3_600,
    reached: "This organization has sent 30 invitations within an hour.",
};

/// Organizations that a person adds.
pub(crate) const ORGANIZATIONS: Frequency = Frequency {
    actions: &[AuditAction::OrganizationCreated],
    times: 10,
    seconds: DAY,
    reached: "You have added 10 organizations within a day.",
};

/// So many changes in so many seconds.
pub(crate) struct Frequency {
    actions: &'static [AuditAction],
    times: u64,
    seconds: i64,
    reached: &'static str,
}

impl Frequency {
    /// Whether one more change may be made in an account's trail. The asker holds the account's row alone, so that of
    /// several changes at once only one is the last.
    ///
    /// # Errors
    /// A refusal that says when to come back.
    pub(crate) async fn allow(&self, tx: &Tx, a: &Actor, account: AccountKey) -> Result<(), Error> {
        if !a.origin.limited {
            return Ok(());
        }
        let Some(first) = store::audit::newest_but(tx, account, self.actions, self.times - 1).await? else {
            return Ok(());
        };
        let wait = first
            .plus_seconds(self.seconds)
            .seconds()
            .saturating_sub(tx.now().seconds());
        if wait <= 0 {
            return Ok(());
        }
        let minutes = wait.saturating_add(59) / 60;
        let again = match minutes {
            1 => "Try again in 1 minute.".to_owned(),
            2..=120 => format!("Try again in {minutes} minutes."),
            _ => format!("Try again in {} hours.", minutes.saturating_add(59) / 60),
        };
        let sentence = format!("{} {again}", self.reached);
        Err(Error::Refused(UiError::new(UiErrorKind::TooMany, sentence)))
    }
}
