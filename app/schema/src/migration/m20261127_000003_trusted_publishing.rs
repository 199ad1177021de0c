//! Trusted publishing: policies, the short-lived keys made by them, the tokens that were used up, and by which workload a
//! version was published.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, integer, string, string_null, text, var_binary,
};

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables in the order in which they are made; dropped in the reverse.
const TABLES: [&str; 3] = ["publishing_policies", "short_lived_keys", "used_tokens"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let workload = string_null("published_workload");
        manager
            .alter_table(Table::alter().table("versions").add_column(workload).to_owned())
            .await?;
        for table in [publishing_policy(), short_lived_key(), used_token()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            manager.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        let change = Table::alter()
            .table("versions")
            .drop_column("published_workload")
            .to_owned();
        manager.alter_table(change).await
    }
}

fn publishing_policy() -> TableCreateStatement {
    Table::create()
        .table("publishing_policies")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(big_integer("owner_id"))
        .col(big_integer_null("created_by"))
        .col(string("name"))
        .col(string("provider"))
        .col(string("repository_owner"))
        .col(string("repository"))
        .col(string("workflow"))
        .col(string("environment"))
        .col(string("push"))
        .col(boolean("unlist"))
        .col(text("globs"))
        .col(string_null("repository_owner_id"))
        .col(string_null("repository_id"))
        .col(big_integer_null("active_until"))
        .col(boolean("suspended"))
        .col(boolean("cut_off"))
        .col(integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut to_account("account_id"))
        .foreign_key(&mut to_account("owner_id"))
        .to_owned()
}

fn to_account(column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from("publishing_policies", column)
        .to("accounts", "id")
        .to_owned()
}

fn short_lived_key() -> TableCreateStatement {
    Table::create()
        .table("short_lived_keys")
        .col(big_pk_auto("id"))
        .col(big_integer("policy_id"))
        .col(var_binary("hash", 32))
        .col(string("name"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(
            ForeignKey::create()
                .from("short_lived_keys", "policy_id")
                .to("publishing_policies", "id"),
        )
        .to_owned()
}

fn used_token() -> TableCreateStatement {
    Table::create()
        .table("used_tokens")
        .col(var_binary("hash", 32))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("hash"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 6] {
    [
        plain("publishing_policies", &["account_id"]),
        plain("publishing_policies", &["owner_id", "id"]),
        plain("short_lived_keys", &["hash"]).unique().to_owned(),
        plain("short_lived_keys", &["policy_id"]),
        plain("short_lived_keys", &["expires_at"]),
        plain("used_tokens", &["expires_at"]),
    ]
}

fn plain(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create()
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table)
        .to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}
