//! The sealer: numbers committed events and catalog entries without gaps, and chains the events by hash.
//!
//! A database's own sequence becomes visible out of commit order, and one head of the chain that every transaction
//! updates would make all writers wait for one another. So rows are written unnumbered, and one sealer at a time (the
//! writer itself on SQLite, the holder of an advisory lock on PostgreSQL) numbers what is committed.

use crate::Gallery;
use crate::database::Lasting;
use crate::error::Error;
use schema::entity::{audit_event, catalog_entry};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::sync::Notify;

/// Sealed at most this many rows a transaction.
const BATCH: u64 = 500;

/// The number of the advisory lock that the sealer holds on PostgreSQL.
const SEAL_LOCK: i64 = 4_717;

/// Wakes the sealer after a commit.
#[derive(Clone, Default)]
pub(crate) struct Sealer {
    notify: Arc<Notify>,
}

impl Sealer {
    /// There may be something to seal.
    pub(crate) fn wake(&self) {
        self.notify.notify_one();
    }

    /// Waits until woken.
    pub(crate) async fn woken(&self) {
        self.notify.notified().await;
    }
}

/// Seals everything that is committed. Returns at once when another node is at it.
///
/// # Errors
/// When the database fails; what was sealed before stays so.
pub(crate) async fn seal(gallery: &Gallery) -> Result<(), Error> {
    loop {
        let (transaction, _turn) = gallery.connections().begin(Lasting::Durable).await?;
        if transaction.get_database_backend() == DbBackend::Postgres && !locked(&transaction).await? {
            return Ok(());
        }
        let sealed = seal_in(&transaction).await?;
        transaction.commit().await?;
        if sealed < BATCH {
            return Ok(());
        }
    }
}

async fn locked(transaction: &DatabaseTransaction) -> Result<bool, Error> {
    let statement = sea_orm::Statement::from_string(
        DbBackend::Postgres,
        format!("SELECT pg_try_advisory_xact_lock({SEAL_LOCK}) AS locked"),
    );
    let row = transaction.query_one_raw(statement).await?;
    Ok(match row {
        Some(row) => row.try_get("", "locked")?,
        None => false,
    })
}

/// Seals one batch inside a transaction; returns how many events or entries it numbered, whichever are more.
pub(super) async fn seal_in(transaction: &DatabaseTransaction) -> Result<u64, Error> {
    let entries = seal_catalog(transaction).await?;
    let open = audit_event::Entity::find()
        .filter(audit_event::Column::Sequence.is_null())
        .order_by_asc(audit_event::Column::Id)
        .limit(BATCH)
        .all(transaction)
        .await?;
    if open.is_empty() {
        return Ok(entries);
    }
    let last = audit_event::Entity::find()
        .filter(audit_event::Column::Sequence.is_not_null())
        .order_by_desc(audit_event::Column::Sequence)
        .one(transaction)
        .await?;
    let (mut sequence, mut before) = match last {
        Some(last) => (last.sequence.unwrap_or(0), last.hash.unwrap_or_default()),
        None => (0, Vec::new()),
    };
    let sealed = open.len() as u64;
    for event in open {
        sequence += 1;
        let hash = link(&before, sequence, &event);
        audit_event::Entity::update_many()
            .col_expr(audit_event::Column::Sequence, Expr::value(sequence))
            .col_expr(audit_event::Column::Hash, Expr::value(hash.clone()))
            .filter(audit_event::Column::Id.eq(event.id))
            .exec(transaction)
            .await?;
        before = hash;
    }
    Ok(sealed.max(entries))
}

async fn seal_catalog(transaction: &DatabaseTransaction) -> Result<u64, Error> {
    let open = catalog_entry::Entity::find()
        .filter(catalog_entry::Column::Sequence.is_null())
        .order_by_asc(catalog_entry::Column::Id)
        .limit(BATCH)
        .all(transaction)
        .await?;
    if open.is_empty() {
        return Ok(0);
    }
    let last = catalog_entry::Entity::find()
        .filter(catalog_entry::Column::Sequence.is_not_null())
        .order_by_desc(catalog_entry::Column::Sequence)
        .one(transaction)
        .await?;
    let mut sequence = last.and_then(|entry| entry.sequence).unwrap_or(0);
    let sealed = open.len() as u64;
    for entry in open {
        sequence += 1;
        catalog_entry::Entity::update_many()
            .col_expr(catalog_entry::Column::Sequence, Expr::value(sequence))
            .filter(catalog_entry::Column::Id.eq(entry.id))
            .exec(transaction)
            .await?;
    }
    Ok(sealed)
}

/// The hash of one link: over the hash before it, the number, and every field of the event, each with its length, so
/// that no two different events read the same.
pub(super) fn link(before: &[u8], sequence: i64, event: &audit_event::Model) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    add(before);
    add(&sequence.to_be_bytes());
    add(&event.id.to_be_bytes());
    add(&event.time.to_be_bytes());
    for key in [event.actor_id, event.account_id] {
        match key {
            Some(key) => add(&key.to_be_bytes()),
            None => add(&[]),
        }
    }
    for text in [
        &event.actor,
        &event.action,
        &event.subject,
        &event.before,
        &event.after,
        &event.credential,
        &event.address,
        &event.user_agent,
    ] {
        add(text.as_bytes());
    }
    hasher.finalize().to_vec()
}
