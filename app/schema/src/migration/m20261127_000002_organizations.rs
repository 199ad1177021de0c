//! Organizations in full: policies, logos, renames, transformations, ownership requests, reserved prefixes,
//! deprecations, deleted versions, who saw an organization's key, and what the filters of the audit trail need.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob, boolean, integer_null, string, string_null, text,
};
use sea_orm_migration::sea_orm::DbBackend;

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables in the order in which they are made; dropped in the reverse.
const TABLES: [&str; 9] = [
    "former_names",
    "logos",
    "transformations",
    "ownership_requests",
    "reserved_prefixes",
    "prefix_owners",
    "deprecations",
    "deleted_versions",
    "api_key_viewers",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            // One column a statement: SQLite adds no more at once.
            let change = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        fill_trails(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            manager.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        for index in trail_indexes() {
            let name = index.get_index_spec().get_name().unwrap_or_default().to_owned();
            manager
                .drop_index(Index::drop().name(name).table("audit_trails").to_owned())
                .await?;
        }
        for (table, column) in columns() {
            let name = column.get_column_name();
            let change = Table::alter().table(table).drop_column(name).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}

/// Columns of tables that are there, each with what holds for the rows that are there.
fn columns() -> Vec<(&'static str, ColumnDef)> {
    let no = |name: &'static str| boolean(name).default(false).take();
    let empty = |name: &'static str| string(name).default("").take();
    vec![
        ("accounts", empty("last_provider")),
        ("accounts", no("last_second_factor")),
        ("accounts", integer_null("policy_key_days").take()),
        ("accounts", string("policy_new_packages").default("everyone").take()),
        ("accounts", no("policy_organization_keys")),
        ("accounts", no("policy_second_factor")),
        ("accounts", empty("policy_provider")),
        ("accounts", big_integer_null("renamed_at").take()),
        ("accounts", empty("logo")),
        ("api_keys", big_integer_null("warned_at").take()),
        ("api_keys", big_integer_null("expiry_noted_at").take()),
        ("api_keys", no("cut_off")),
        ("packages", no("verified")),
        ("audit_trails", big_integer_null("actor_id").take()),
        ("audit_trails", empty("package_key")),
    ]
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        former_name(),
        logo(),
        transformation(),
        ownership_request(),
        reserved_prefix(),
        prefix_owner(),
        deprecation(),
        deleted_version(),
        api_key_viewer(),
    ]
}

fn former_name() -> TableCreateStatement {
    Table::create()
        .table("former_names")
        .col(string("name_key"))
        .col(big_integer("account_id"))
        .primary_key(Index::create().col("name_key"))
        .foreign_key(&mut to_account("former_names", "account_id"))
        .to_owned()
}

fn logo() -> TableCreateStatement {
    Table::create()
        .table("logos")
        .col(big_integer("account_id"))
        .col(blob("bytes"))
        .primary_key(Index::create().col("account_id"))
        .foreign_key(&mut to_account("logos", "account_id"))
        .to_owned()
}

fn transformation() -> TableCreateStatement {
    Table::create()
        .table("transformations")
        .col(big_integer("account_id"))
        .col(big_integer("administrator_id"))
        .col(big_integer("requested_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("accepted_at"))
        .col(text("moved_keys"))
        .col(text("dormant_identities"))
        .primary_key(Index::create().col("account_id"))
        .foreign_key(&mut to_account("transformations", "account_id"))
        .foreign_key(&mut to_account("transformations", "administrator_id"))
        .to_owned()
}

fn ownership_request() -> TableCreateStatement {
    Table::create()
        .table("ownership_requests")
        .col(big_pk_auto("id"))
        .col(big_integer("package_id"))
        .col(big_integer("new_owner_id"))
        .col(big_integer("requested_by"))
        .col(big_integer("on_behalf_of"))
        .col(big_integer_null("replaces_id"))
        .col(big_integer("created_at"))
        .foreign_key(&mut to_package("ownership_requests"))
        .foreign_key(&mut to_account("ownership_requests", "new_owner_id"))
        .foreign_key(&mut to_account("ownership_requests", "requested_by"))
        .foreign_key(&mut to_account("ownership_requests", "on_behalf_of"))
        .to_owned()
}

fn reserved_prefix() -> TableCreateStatement {
    Table::create()
        .table("reserved_prefixes")
        .col(big_pk_auto("id"))
        .col(string("value"))
        .col(string("value_key"))
        .col(boolean("is_prefix"))
        .col(boolean("shared"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn prefix_owner() -> TableCreateStatement {
    Table::create()
        .table("prefix_owners")
        .col(big_integer("prefix_id"))
        .col(big_integer("account_id"))
        .primary_key(Index::create().col("prefix_id").col("account_id"))
        .foreign_key(
            ForeignKey::create()
                .from("prefix_owners", "prefix_id")
                .to("reserved_prefixes", "id"),
        )
        .foreign_key(&mut to_account("prefix_owners", "account_id"))
        .to_owned()
}

fn deprecation() -> TableCreateStatement {
    Table::create()
        .table("deprecations")
        .col(big_integer("version_id"))
        .col(big_integer("package_id"))
        .col(boolean("legacy"))
        .col(boolean("critical_bugs"))
        .col(boolean("other"))
        .col(text("message"))
        .col(string_null("alternate_id"))
        .col(string_null("alternate_version"))
        .col(big_integer_null("deprecated_by"))
        .col(big_integer("deprecated_at"))
        .primary_key(Index::create().col("version_id"))
        .foreign_key(
            ForeignKey::create()
                .from("deprecations", "version_id")
                .to("versions", "id"),
        )
        .foreign_key(&mut to_package("deprecations"))
        .to_owned()
}

fn deleted_version() -> TableCreateStatement {
    Table::create()
        .table("deleted_versions")
        .col(big_integer("package_id"))
        .col(string("version_key"))
        .col(string("version"))
        .col(text("reason"))
        .col(big_integer("deleted_at"))
        .primary_key(Index::create().col("package_id").col("version_key"))
        .foreign_key(&mut to_package("deleted_versions"))
        .to_owned()
}

fn api_key_viewer() -> TableCreateStatement {
    Table::create()
        .table("api_key_viewers")
        .col(big_integer("key_id"))
        .col(big_integer("account_id"))
        .col(big_integer("shown_at"))
        .primary_key(Index::create().col("key_id").col("account_id"))
        .foreign_key(
            ForeignKey::create()
                .from("api_key_viewers", "key_id")
                .to("api_keys", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(&mut to_account("api_key_viewers", "account_id"))
        .to_owned()
}

fn to_account(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to("accounts", "id").to_owned()
}

fn to_package(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "package_id")
        .to("packages", "id")
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut indexes = trail_indexes();
    indexes.extend([
        plain("former_names", &["account_id"]),
        plain("transformations", &["administrator_id"]),
        plain("transformations", &["expires_at"]),
        plain("ownership_requests", &["package_id", "new_owner_id"])
            .unique()
            .to_owned(),
        plain("ownership_requests", &["new_owner_id", "id"]),
        plain("ownership_requests", &["requested_by", "id"]),
        plain("ownership_requests", &["on_behalf_of", "id"]),
        plain("reserved_prefixes", &["value_key"]).unique().to_owned(),
        plain("prefix_owners", &["account_id"]),
        plain("deprecations", &["package_id"]),
        plain("api_key_viewers", &["account_id"]),
    ]);
    indexes
}

fn trail_indexes() -> Vec<IndexCreateStatement> {
    vec![
        plain("audit_trails", &["account_id", "actor_id", "event_id"]),
        plain("audit_trails", &["account_id", "package_key", "event_id"]),
        // What is new in all trails, for those who follow them.
        plain("audit_trails", &["event_id"]),
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

/// Events that are there already get what the filters look for.
async fn fill_trails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let package = match manager.get_database_backend() {
        DbBackend::Postgres => "event.subject::json ->> 'package'",
        _ => "json_extract(event.subject, '$.package')",
    };
    let fill = format!(
        "UPDATE audit_trails SET actor_id = event.actor_id, package_key = lower(coalesce({package}, '')) \
         FROM audit_events AS event WHERE event.id = audit_trails.event_id"
    );
    manager.get_connection().execute_unprepared(&fill).await?;
    Ok(())
}
