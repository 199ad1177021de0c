//! Writes events into the transaction they belong to.

use super::event::AuditEvent;
use crate::error::Error;
use crate::live::Change;
use crate::tx::Tx;
use schema::entity::{audit_event, audit_trail, notification};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait};

/// Events written by one statement.
const BATCH: usize = 500;

/// Appends the events, each with its place in the trails of the accounts concerned. The acting person's own trail has
/// it too, and the people concerned get their notifications. On SQLite, where there is one writer, they are sealed at once.
/// Returns what open pages are told of after the commit.
pub(crate) async fn append(tx: &Tx, events: Vec<AuditEvent>) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    let mut events = events.into_iter().peekable();
    while events.peek().is_some() {
        append_batch(tx, events.by_ref().take(BATCH).collect(), &mut changes).await?;
    }
    if tx.connection().get_database_backend() == DbBackend::Sqlite {
        super::seal::seal_in(tx.connection()).await?;
    }
    Ok(changes)
}

async fn append_batch(tx: &Tx, events: Vec<AuditEvent>, changes: &mut Vec<Change>) -> Result<(), Error> {
    let rows = events
        .iter()
        .map(|event| row(tx, event))
        .collect::<Result<Vec<_>, _>>()?;
    let mut keys = audit_event::Entity::insert_many(rows)
        .exec_with_returning_keys(tx.connection())
        .await?;
    // Both databases number the rows in the order in which the statement has them, and promise no order of the answer.
    keys.sort_unstable();
    let (mut trails, mut notices) = (Vec::new(), Vec::new());
    for (event, key) in events.into_iter().zip(keys) {
        let (action, actor) = (event.action.value(), event.actor_key);
        let package = event.subject.package.as_deref().unwrap_or_default().to_lowercase();
        let mut accounts = event.trails;
        accounts.extend(event.actor_key.filter(|actor| !accounts.contains(actor)));
        changes.extend(accounts.iter().map(|trail| Change {
            trail: *trail,
            event: key,
            action,
        }));
        trails.extend(accounts.into_iter().map(|account| audit_trail::ActiveModel {
            account_id: Set(account.0),
            event_id: Set(key),
            action: Set(action.to_owned()),
            actor_id: Set(actor.map(|key| key.0)),
            package_key: Set(package.clone()),
        }));
        notices.extend(event.notices.into_iter().map(|notice| notification::ActiveModel {
            account_id: Set(notice.account.0),
            event_id: Set(key),
            text: Set(notice.text),
            link: Set(notice.link.into()),
            created_at: Set(tx.now().micros()),
            read_at: Set(None),
            ..Default::default()
        }));
    }
    if !trails.is_empty() {
        audit_trail::Entity::insert_many(trails)
            .exec_without_returning(tx.connection())
            .await?;
    }
    if !notices.is_empty() {
        notification::Entity::insert_many(notices)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

fn row(tx: &Tx, event: &AuditEvent) -> Result<audit_event::ActiveModel, Error> {
    Ok(audit_event::ActiveModel {
        time: Set(tx.now().micros()),
        actor: Set(event.actor.to_owned()),
        actor_id: Set(event.actor_key.map(|key| key.0)),
        account_id: Set(event.account.map(|key| key.0)),
        action: Set(event.action.value().to_owned()),
        subject: Set(serde_json::to_string(&event.subject)?),
        before: Set(event.before.clone()),
        after: Set(event.after.clone()),
        credential: Set(event.credential.clone()),
        address: Set(event.address.clone()),
        user_agent: Set(event.user_agent.clone()),
        ..Default::default()
    })
}
