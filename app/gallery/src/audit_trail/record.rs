//! An event in words.

use super::DELETED;
use crate::audit::Subject;
use crate::error::Error;
use crate::store;
use domain::audit::AuditRow;
use domain::time::Timestamp;
use schema::entity::audit_event;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// An event in words, with everything that the trail holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// When it happened.
    pub time: Timestamp,
    /// The actor's present name, `operator`, `system`, `workload`, or `deleted account`.
    pub actor: String,
    /// The present name of the account acted for, or empty.
    pub account: String,
    /// The action's name.
    pub action: String,
    /// What it happened to.
    pub subject: String,
    /// What it was before, or empty.
    pub before: String,
    /// What it is since, or empty.
    pub after: String,
    /// The key's name, `session`, or empty.
    pub credential: String,
    /// The client's address with its last part zeroed, or empty.
    pub address: String,
    /// The client's own name, or empty.
    pub user_agent: String,
    /// The event's number, in the order of insertion.
    pub(super) number: i64,
    /// Whether the actor has a profile page.
    pub(super) actor_is_account: bool,
    /// The actor's account, whether or not it is there still.
    pub(super) actor_key: Option<i64>,
    /// `account`, `operator`, `system` or `workload`.
    pub(super) actor_kind: String,
}

impl AuditRecord {
    /// As a row of the table shows it.
    pub(crate) fn into_row(self) -> AuditRow {
        AuditRow {
            time: self.time,
            who: self.actor,
            who_is_account: self.actor_is_account,
            action: self.action,
            subject: self.subject,
            before: self.before,
            after: self.after,
            credential: self.credential,
        }
    }
}

/// Events in words, in their order.
pub(super) async fn records<C: ConnectionTrait>(
    connection: &C,
    events: Vec<audit_event::Model>,
) -> Result<Vec<AuditRecord>, Error> {
    let events: Vec<(audit_event::Model, Subject)> = events
        .into_iter()
        .map(|event| {
            let subject = serde_json::from_str(&event.subject).unwrap_or_default();
            (event, subject)
        })
        .collect();
    let named = events.iter().flat_map(|(event, subject)| {
        let about = subject.account.map(|account| account.0);
        [event.actor_id, event.account_id, about].into_iter().flatten()
    });
    let names = store::accounts::names(connection, named).await?;
    Ok(events
        .into_iter()
        .map(|(event, subject)| record(event, &subject, &names))
        .collect())
}

fn record(event: audit_event::Model, subject: &Subject, names: &HashMap<i64, String>) -> AuditRecord {
    let name = |key: i64| names.get(&key).cloned().unwrap_or_else(|| DELETED.to_owned());
    AuditRecord {
        time: Timestamp::from_micros(event.time),
        actor: event.actor_id.map_or_else(|| event.actor.clone(), name),
        account: event.account_id.map_or_else(String::new, name),
        subject: words(subject, names),
        action: event.action,
        before: event.before,
        after: event.after,
        credential: event.credential,
        address: event.address,
        user_agent: event.user_agent,
        number: event.id,
        actor_is_account: event.actor_id.is_some_and(|key| names.contains_key(&key)),
        actor_key: event.actor_id,
        actor_kind: event.actor,
    }
}

/// What an event happened to, in words.
fn words(subject: &Subject, names: &HashMap<i64, String>) -> String {
    let account = subject
        .account
        .map(|key| names.get(&key.0).map_or(DELETED, String::as_str));
    [
        account,
        subject.package.as_deref(),
        subject.version.as_deref(),
        subject.text.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::audit::Subject;
    use domain::account::AccountKey;
    use std::collections::HashMap;

    #[test]
    fn a_subject_is_told_by_present_names() {
        let names = HashMap::from([(1, "anna".to_owned())]);
        assert_eq!(words(&Subject::account(AccountKey(1)), &names), "anna");
        assert_eq!(words(&Subject::account(AccountKey(2)), &names), "deleted account");
        assert_eq!(
            words(&Subject::version("Contoso.A", "1.0.0"), &names),
            "Contoso.A 1.0.0"
        );
        assert_eq!(words(&Subject::default(), &names), "");
    }
}
