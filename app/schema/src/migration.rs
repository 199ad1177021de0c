//! Migrations, oldest first. Each is small, reversible, and safe while the previous release still runs.

use sea_orm_migration::prelude::*;

mod m20261122_000001_foundation;
mod m20261127_000002_organizations;
mod m20261127_000003_trusted_publishing;
mod m20261127_000004_owner_lists;

/// Brings a database to the shape that this release needs.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_foundation::Migration),
            Box::new(m20261127_000002_organizations::Migration),
            Box::new(m20261127_000003_trusted_publishing::Migration),
            Box::new(m20261127_000004_owner_lists::Migration),
        ]
    }
}
