//! Writes events into the transaction they belong to.

use super::event::AuditEvent;
use crate::error::Error;
use crate::tx::Tx;
use schema::entity::{audit_event, audit_trail, notification};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait};

/// Appends the events, each with its place in the trails of the accounts concerned. The acting person's own trail has
/// it too, and the people concerned get their notifications. On SQLite, where there is one writer, they are sealed at once.
pub(crate) async fn append(tx: &Tx, events: Vec<AuditEvent>) -> Result<(), Error> {
    for event in events {
        append_one(tx, event).await?;
    }
    if tx.connection().get_database_backend() == DbBackend::Sqlite {
        super::seal::seal_in(tx.connection()).await?;
    }
    Ok(())
}

async fn append_one(tx: &Tx, event: AuditEvent) -> Result<(), Error> {
    let action = event.action.value();
    let row = audit_event::ActiveModel {
        time: Set(tx.now().micros()),
        actor: Set(event.actor.to_owned()),
        actor_id: Set(event.actor_key.map(|key| key.0)),
        account_id: Set(event.account.map(|key| key.0)),
        action: Set(action.to_owned()),
        subject: Set(serde_json::to_string(&event.subject)?),
        before: Set(event.before),
        after: Set(event.after),
        credential: Set(event.credential),
        address: Set(event.address),
        user_agent: Set(event.user_agent),
        ..Default::default()
    };
    let written = audit_event::Entity::insert(row).exec(tx.connection()).await?;
    let mut trails = event.trails;
    trails.extend(event.actor_key.filter(|actor| !trails.contains(actor)));
    let rows = trails.into_iter().map(|account| audit_trail::ActiveModel {
        account_id: Set(account.0),
        event_id: Set(written.last_insert_id),
        action: Set(action.to_owned()),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        audit_trail::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    let told = event.notices.into_iter().map(|notice| notification::ActiveModel {
        account_id: Set(notice.account.0),
        event_id: Set(written.last_insert_id),
        text: Set(notice.text),
        link: Set(notice.link.into()),
        created_at: Set(tx.now().micros()),
        read_at: Set(None),
        ..Default::default()
    });
    let told: Vec<_> = told.collect();
    if !told.is_empty() {
        notification::Entity::insert_many(told)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}
