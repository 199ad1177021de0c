//! What the lists of an owner's packages are sorted by and counted from, beside the owner: one index then answers for an
//! account with thousands of packages as fast as for one with few.
//!
//! While the previous release still runs, what it changes is not copied. The next change of the package by this release
//! brings its copies up to date, be it a download.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean};

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "package_owners";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            // One column a statement: SQLite adds no more at once.
            let change = Table::alter().table(TABLE).add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        let fill = "UPDATE package_owners SET \
                    downloads = (SELECT downloads FROM packages WHERE packages.id = package_owners.package_id), \
                    listed = (SELECT latest_id IS NOT NULL FROM packages WHERE packages.id = package_owners.package_id)";
        manager.get_connection().execute_unprepared(fill).await?;
        // After the rows: it is built once, not changed with each of them.
        manager.create_index(index()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = index().get_index_spec().get_name().unwrap_or_default().to_owned();
        manager
            .drop_index(Index::drop().name(name).table(TABLE).to_owned())
            .await?;
        for column in columns() {
            let name = column.get_column_name();
            let change = Table::alter().table(TABLE).drop_column(name).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}

fn columns() -> [ColumnDef; 2] {
    [
        big_integer("downloads").default(0).take(),
        boolean("listed").default(false).take(),
    ]
}

/// In the order of a profile. It holds all that the list and the totals read.
fn index() -> IndexCreateStatement {
    Index::create()
        .name("ix_package_owners_account_id_listed_downloads_package_id")
        .table(TABLE)
        .col("account_id")
        .col("listed")
        .col(("downloads", IndexOrder::Desc))
        .col("package_id")
        .to_owned()
}
