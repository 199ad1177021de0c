//! The connections: one fair queue for SQLite's only writer and readers apart, or one PostgreSQL pool for both.
//!
//! What may be lost with the machine's power, because it is done again then, need not wait for the disk: it is written
//! [relaxed](Lasting::Relaxed). What is lost are the last such transactions as a whole; the database stays sound, and whatever
//! is written durably after them makes them durable too.

use crate::error::Error;
use schema::migration::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Readers and writers of one database.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// SQLite's second writer, which does not wait for the disk.
    relaxed: Option<DatabaseConnection>,
    /// Whose turn it is to write, where there is one writer at a time.
    turn: Arc<Mutex<()>>,
}

/// Whether a transaction outlives a loss of power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// It is on the disk when the commit returns.
    Durable,
    /// Soon after.
    Relaxed,
}

/// The turn to write on SQLite; nothing on PostgreSQL.
pub(crate) type Turn = Option<OwnedMutexGuard<()>>;

/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(15);

impl Connections {
    /// Connects to `sqlite://path` or `postgres://…`.
    ///
    /// # Errors
    /// When the database cannot be reached or made.
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            Ok(Self {
                writer: sqlite(url, 1, Lasting::Durable).await?,
                reader: sqlite(url, 4, Lasting::Durable).await?,
                relaxed: Some(sqlite(url, 1, Lasting::Relaxed).await?),
                turn: Arc::default(),
            })
        } else {
            let mut options = options(url);
            options.max_connections(20);
            let pool = sea_orm::Database::connect(options).await?;
            Ok(Self {
                writer: pool.clone(),
                reader: pool,
                relaxed: None,
                turn: Arc::default(),
            })
        }
    }

    /// Brings the database to the shape of this release. On PostgreSQL one node does it while the others wait.
    ///
    /// # Errors
    /// When a migration fails; SQLite and PostgreSQL both leave the database as it was before that migration.
    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        if self.backend() == DbBackend::Postgres {
            let transaction = self.writer.begin().await?;
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(4716)")
                .await?;
            Migrator::up(&self.writer, None).await?;
            transaction.commit().await?;
        } else {
            Migrator::up(&self.writer, None).await?;
        }
        Ok(())
    }

    /// A transaction that may write: on SQLite it has the write lock from its beginning. The turn is kept until it ended.
    pub(crate) async fn begin(&self, lasting: Lasting) -> Result<(DatabaseTransaction, Turn), Error> {
        let Some(relaxed) = &self.relaxed else {
            let transaction = self.writer.begin().await?;
            if lasting == Lasting::Relaxed {
                transaction
                    .execute_unprepared("SET LOCAL synchronous_commit TO OFF")
                    .await?;
            }
            return Ok((transaction, None));
        };
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turn).lock_owned()).await;
        let turn = turn.map_err(|_| Error::Unavailable("the database is busy".to_owned()))?;
        let connection = match lasting {
            Lasting::Durable => &self.writer,
            Lasting::Relaxed => relaxed,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok((connection.begin_with_options(options).await?, Some(turn)))
    }

    /// For reading outside a transaction.
    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Which database it is.
    pub(crate) fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Lets go of every connection.
    pub(crate) async fn close(&self) {
        let _ = self.reader.clone().close().await;
        if let Some(relaxed) = &self.relaxed {
            let _ = relaxed.clone().close().await;
        }
        let _ = self.writer.clone().close().await;
    }
}

/// What all pools have in common, those of the tests too.
///
/// No connection is closed for its age. The task that would look for old ones may read a count of idle connections that has
/// just fallen below nothing; it then keeps a thread busy for ever, and whatever waits on that thread (sqlx, issue 3645). A
/// connection that broke is found out before it is used again.
pub(crate) fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false);
    options
}

async fn sqlite(url: &str, connections: u32, lasting: Lasting) -> Result<DatabaseConnection, Error> {
    let synchronous = match lasting {
        Lasting::Durable => "FULL",
        Lasting::Relaxed => "NORMAL",
    };
    let mut options = options(url);
    options
        .max_connections(connections)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", synchronous)
                .pragma("cache_size", "-16000")
                .pragma("temp_store", "MEMORY")
        });
    Ok(sea_orm::Database::connect(options).await?)
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn no_pool_looks_for_old_connections() {
        let options = options("sqlite::memory:");
        assert_eq!(options.get_idle_timeout(), Some(None));
        assert_eq!(options.get_max_lifetime(), Some(None));
    }
}
