//! The foundation: accounts, people, packages, the audit trail and the jobs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, blob, blob_null, boolean, integer, string, string_null, text,
    text_null, var_binary, var_binary_null,
};

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables in the order in which they are made; dropped in the reverse.
const TABLES: [&str; 21] = [
    "accounts",
    "account_names",
    "identities",
    "sessions",
    "sign_in_attempts",
    "registrations",
    "development_identities",
    "outcomes",
    "memberships",
    "invitations",
    "api_keys",
    "packages",
    "package_owners",
    "versions",
    "dependencies",
    "drafts",
    "audit_events",
    "audit_trails",
    "catalog_entries",
    "jobs",
    "notifications",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
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
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        account(),
        account_name(),
        identity(),
        session(),
        sign_in_attempt(),
        registration(),
        development_identity(),
        outcome(),
        membership(),
        invitation(),
        api_key(),
        package(),
        package_owner(),
        version(),
        dependency(),
        draft(),
        audit_event(),
        audit_trail(),
        catalog_entry(),
        job(),
        notification(),
    ]
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(big_pk_auto("id"))
        .col(string("kind"))
        .col(string("name"))
        .col(string("name_key"))
        .col(string_null("email"))
        .col(string_null("email_key"))
        .col(string_null("pending_email"))
        .col(var_binary_null("email_token_hash", 512))
        .col(big_integer_null("email_token_expires"))
        .col(boolean("notify_package_pushed"))
        .col(string("description"))
        .col(string("website"))
        .col(boolean("locked"))
        .col(boolean("site_administrator"))
        .col(boolean("claimable"))
        .col(big_integer("created_at"))
        .col(big_integer_null("deleted_at"))
        .to_owned()
}

fn account_name() -> TableCreateStatement {
    Table::create()
        .table("account_names")
        .col(string("folded"))
        .col(big_integer("account_id"))
        .primary_key(Index::create().col("folded"))
        .foreign_key(
            ForeignKey::create()
                .from("account_names", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn identity() -> TableCreateStatement {
    Table::create()
        .table("identities")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(string("provider"))
        .col(string("issuer"))
        .col(string("subject"))
        .col(string_null("email_key"))
        .col(boolean("dormant"))
        .col(big_integer("created_at"))
        .col(big_integer("used_at"))
        .foreign_key(
            ForeignKey::create()
                .from("identities", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(big_pk_auto("id"))
        .col(var_binary("token_hash", 512))
        .col(big_integer("account_id"))
        .col(big_integer_null("identity_id"))
        .col(string("provider"))
        .col(boolean("second_factor"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .col(string("user_agent"))
        .foreign_key(ForeignKey::create().from("sessions", "account_id").to("accounts", "id"))
        .to_owned()
}

fn sign_in_attempt() -> TableCreateStatement {
    Table::create()
        .table("sign_in_attempts")
        .col(var_binary("state_hash", 512))
        .col(var_binary("browser_hash", 512))
        .col(string("provider"))
        .col(string("nonce"))
        .col(string("verifier"))
        .col(string("return_to"))
        .col(big_integer_null("linking_account_id"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("state_hash"))
        .to_owned()
}

fn registration() -> TableCreateStatement {
    Table::create()
        .table("registrations")
        .col(var_binary("token_hash", 512))
        .col(string("provider"))
        .col(string("issuer"))
        .col(string("subject"))
        .col(string("name"))
        .col(string("email"))
        .col(boolean("vouched"))
        .col(boolean("second_factor"))
        .col(string("return_to"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("token_hash"))
        .to_owned()
}

fn development_identity() -> TableCreateStatement {
    Table::create()
        .table("development_identities")
        .col(string("name_key"))
        .col(string("name"))
        .col(string("subject"))
        .col(string("email"))
        .primary_key(Index::create().col("name_key"))
        .to_owned()
}

fn outcome() -> TableCreateStatement {
    Table::create()
        .table("outcomes")
        .col(var_binary("id_hash", 512))
        .col(var_binary("sealed", 512))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("id_hash"))
        .to_owned()
}

fn membership() -> TableCreateStatement {
    Table::create()
        .table("memberships")
        .col(big_integer("organization_id"))
        .col(big_integer("member_id"))
        .col(string("role"))
        .col(string("member_name_key"))
        .col(big_integer("since"))
        .primary_key(Index::create().col("organization_id").col("member_id"))
        .foreign_key(
            ForeignKey::create()
                .from("memberships", "organization_id")
                .to("accounts", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("memberships", "member_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitations")
        .col(big_pk_auto("id"))
        .col(big_integer("organization_id"))
        .col(big_integer_null("account_id"))
        .col(string_null("email"))
        .col(string("invited_key"))
        .col(string_null("email_key"))
        .col(string("role"))
        .col(big_integer("invited_by"))
        .col(big_integer("created_at"))
        .col(big_integer("sent_at"))
        .col(big_integer("expires_at"))
        .col(boolean("expiry_noted"))
        .foreign_key(
            ForeignKey::create()
                .from("invitations", "organization_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_keys")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(big_integer("owner_id"))
        .col(big_integer_null("created_by"))
        .col(string("name"))
        .col(var_binary("hash", 512))
        .col(string("push"))
        .col(boolean("unlist"))
        .col(string("globs"))
        .col(integer("days"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .col(big_integer_null("last_used_at"))
        .col(boolean("suspended"))
        .foreign_key(ForeignKey::create().from("api_keys", "account_id").to("accounts", "id"))
        .foreign_key(ForeignKey::create().from("api_keys", "owner_id").to("accounts", "id"))
        .to_owned()
}

fn package() -> TableCreateStatement {
    Table::create()
        .table("packages")
        .col(big_pk_auto("id"))
        .col(string("id_key"))
        .col(string("name"))
        .col(boolean("locked"))
        .col(big_integer("downloads"))
        .col(big_integer("created_at"))
        .col(big_integer_null("latest_id"))
        .col(big_integer_null("latest_stable_id"))
        .col(big_integer_null("latest_plain_id"))
        .col(big_integer_null("latest_plain_stable_id"))
        .col(string("search_text"))
        .col(integer("version_count"))
        .col(big_integer("published_at"))
        .to_owned()
}

fn package_owner() -> TableCreateStatement {
    Table::create()
        .table("package_owners")
        .col(big_integer("package_id"))
        .col(big_integer("account_id"))
        .col(string("id_key"))
        .col(big_integer("since"))
        .primary_key(Index::create().col("package_id").col("account_id"))
        .foreign_key(
            ForeignKey::create()
                .from("package_owners", "package_id")
                .to("packages", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("package_owners", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn version() -> TableCreateStatement {
    Table::create()
        .table("versions")
        .col(big_pk_auto("id"))
        .col(big_integer("package_id"))
        .col(string("version_key"))
        .col(string("version"))
        .col(string("full_version"))
        .col(var_binary("sort_key", 512))
        .col(boolean("prerelease"))
        .col(boolean("semver2"))
        .col(boolean("listed"))
        .col(big_integer("published_at"))
        .col(big_integer_null("published_by"))
        .col(big_integer("published_for"))
        .col(string_null("published_key"))
        .col(string("blob_hash"))
        .col(string("blob_key"))
        .col(big_integer("size"))
        .col(boolean("signed"))
        .col(text("metadata"))
        .col(blob("nuspec"))
        .col(text_null("readme"))
        .col(string_null("icon_kind"))
        .col(blob_null("icon"))
        .col(text_null("license_text"))
        .col(big_integer("downloads"))
        .foreign_key(ForeignKey::create().from("versions", "package_id").to("packages", "id"))
        .to_owned()
}

fn dependency() -> TableCreateStatement {
    Table::create()
        .table("dependencies")
        .col(big_integer("package_id"))
        .col(string("dependency_key"))
        .primary_key(Index::create().col("package_id").col("dependency_key"))
        .foreign_key(
            ForeignKey::create()
                .from("dependencies", "package_id")
                .to("packages", "id"),
        )
        .to_owned()
}

fn draft() -> TableCreateStatement {
    Table::create()
        .table("drafts")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(string("file_name"))
        .col(big_integer("size"))
        .col(string("blob_hash"))
        .col(string("blob_key"))
        .col(text_null("refused"))
        .col(text_null("inspected"))
        .col(blob_null("icon"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(ForeignKey::create().from("drafts", "account_id").to("accounts", "id"))
        .to_owned()
}

fn audit_event() -> TableCreateStatement {
    Table::create()
        .table("audit_events")
        .col(big_pk_auto("id"))
        .col(big_integer_null("sequence"))
        .col(var_binary_null("hash", 512))
        .col(big_integer("time"))
        .col(string("actor"))
        .col(big_integer_null("actor_id"))
        .col(big_integer_null("account_id"))
        .col(string("action"))
        .col(text("subject"))
        .col(text("before"))
        .col(text("after"))
        .col(string("credential"))
        .col(string("address"))
        .col(string("user_agent"))
        .to_owned()
}

fn audit_trail() -> TableCreateStatement {
    Table::create()
        .table("audit_trails")
        .col(big_integer("account_id"))
        .col(big_integer("event_id"))
        .col(string("action"))
        .primary_key(Index::create().col("account_id").col("event_id"))
        .foreign_key(
            ForeignKey::create()
                .from("audit_trails", "event_id")
                .to("audit_events", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("audit_trails", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn catalog_entry() -> TableCreateStatement {
    Table::create()
        .table("catalog_entries")
        .col(big_pk_auto("id"))
        .col(big_integer_null("sequence"))
        .col(big_integer("time"))
        .col(string("kind"))
        .col(string("package_key"))
        .col(string("version_key"))
        .to_owned()
}

fn job() -> TableCreateStatement {
    Table::create()
        .table("jobs")
        .col(big_pk_auto("id"))
        .col(string("kind"))
        .col(text("payload"))
        .col(integer("attempts"))
        .col(big_integer("run_at"))
        .col(big_integer_null("leased_until"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn notification() -> TableCreateStatement {
    Table::create()
        .table("notifications")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(big_integer("event_id"))
        .col(text("text"))
        .col(string("link"))
        .col(big_integer("created_at"))
        .col(big_integer_null("read_at"))
        .foreign_key(
            ForeignKey::create()
                .from("notifications", "account_id")
                .to("accounts", "id"),
        )
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("accounts", &["name_key"]),
        unique("accounts", &["email_key"]),
        unique("accounts", &["email_token_hash"]),
        plain("identities", &["account_id"]),
        plain("identities", &["email_key"]),
        unique("identities", &["issuer", "subject"]),
        unique("sessions", &["token_hash"]),
        plain("sessions", &["account_id"]),
        plain("sessions", &["expires_at"]),
        plain("sessions", &["seen_at"]),
        plain("sign_in_attempts", &["expires_at"]),
        plain("registrations", &["expires_at"]),
        unique("development_identities", &["subject"]),
        plain("outcomes", &["expires_at"]),
        plain("memberships", &["member_id"]),
        plain("memberships", &["organization_id", "member_name_key"]),
        plain("memberships", &["organization_id", "role"]),
        plain("invitations", &["account_id"]),
        plain("invitations", &["email_key"]),
        plain("invitations", &["expires_at"]),
        unique("invitations", &["organization_id", "invited_key"]),
        plain("api_keys", &["account_id"]),
        plain("api_keys", &["owner_id"]),
        unique("api_keys", &["hash"]),
        plain("api_keys", &["expires_at"]),
        plain("api_keys", &["account_id", "name"]),
        unique("packages", &["id_key"]),
        plain("packages", &["published_at"]),
        plain("packages", &["downloads", "id"]),
        plain("package_owners", &["account_id", "id_key"]),
        plain("versions", &["published_at"]),
        plain("versions", &["blob_key"]),
        unique("versions", &["package_id", "version_key"]),
        plain("versions", &["package_id", "sort_key"]),
        plain("versions", &["package_id", "listed", "sort_key"]),
        plain("dependencies", &["dependency_key"]),
        plain("drafts", &["account_id"]),
        plain("drafts", &["blob_key"]),
        plain("drafts", &["expires_at"]),
        unique("audit_events", &["sequence"]),
        plain("audit_events", &["time"]),
        plain("audit_events", &["actor_id"]),
        plain("audit_trails", &["account_id", "action", "event_id"]),
        unique("catalog_entries", &["sequence"]),
        plain("catalog_entries", &["package_key", "id"]),
        plain("jobs", &["run_at"]),
        plain("jobs", &["kind", "run_at"]),
        unique("notifications", &["account_id", "event_id"]),
        plain("notifications", &["account_id", "read_at"]),
    ]
}

fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    plain(table, columns).unique().to_owned()
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
