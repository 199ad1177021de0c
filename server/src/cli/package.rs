//! `guildhall package …`

use super::failure::Failure;
use super::opened::Opened;
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::site::DeleteVersionForm;
use gallery::packages::{self, Locking};

/// What can be done to packages.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Lock a package: nothing of it can be changed until it is unlocked
    Lock(Named),
    /// Unlock a package
    Unlock(Named),
    /// Delete a version: its bytes are gone, and its number stays taken for ever
    ///
    /// The id stays with its owners, who are told the reason. It stands in the audit trail too.
    Delete(Delete),
}

/// A package by its id.
#[derive(Args)]
pub(super) struct Named {
    /// The package's id
    id: String,
}

/// A version and why it goes.
#[derive(Args)]
pub(super) struct Delete {
    /// The package's id
    id: String,
    /// The version
    version: String,
    /// Why: the owners and the audit trail get it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) async fn run(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Lock(package) => set_locked(package, config, Locking::Locked).await,
        Command::Unlock(package) => set_locked(package, config, Locking::Unlocked).await,
        Command::Delete(delete) => self::delete(delete, config).await,
    }
}

async fn set_locked(package: Named, config: Config, locking: Locking) -> Result<(), Failure> {
    let opened = Opened::open(&config).await?;
    packages::set_locked(&opened.gallery, &opened.operator, &package.id, locking)
        .await
        .map_err(|error| Failure::about(&format!("package {}", package.id), error))?;
    opened.close().await
}

async fn delete(delete: Delete, config: Config) -> Result<(), Failure> {
    let form = DeleteVersionForm { reason: delete.reason };
    let opened = Opened::open(&config).await?;
    packages::delete(&opened.gallery, &opened.operator, &delete.id, &delete.version, &form)
        .await
        .map_err(|error| Failure::about(&format!("version {} of a package {}", delete.version, delete.id), error))?;
    opened.close().await
}
