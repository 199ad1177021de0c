//! The connections: one fair queue for SQLite's only writer and readers apart, or one PostgreSQL pool for both.

use crate::error::Error;
use schema::migration::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use std::time::Duration;

/// Readers and writers of one database.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

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
                writer: sqlite(url, 1).await?,
                reader: sqlite(url, 4).await?,
            })
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(20)
                .min_connections(1)
                .acquire_timeout(PATIENCE)
                .sqlx_logging(false);
            let pool = sea_orm::Database::connect(options).await?;
            Ok(Self {
                writer: pool.clone(),
                reader: pool,
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

    /// A transaction that may write: on SQLite it has the write lock from its beginning.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
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
        let _ = self.writer.clone().close().await;
    }
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, Error> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("cache_size", "-16000")
                .pragma("temp_store", "MEMORY")
        });
    Ok(sea_orm::Database::connect(options).await?)
}
