//! The settings as they are written: the sections of `Leptos.toml`, with what the environment puts over them.

use super::values::{
    Address, Count, DatabaseUrl, DevelopmentIdentity, Issuer, Kind, List, Listen, LogFilter, Network, PublicUrl,
    Secret, Size, SmtpUrl, StorageUrl, Tenant, WorkloadKind, YesNo,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// The whole file. A section or key that is not here is refused by name, with those that are.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Document {
    pub(super) server: Server,
    pub(super) database: Database,
    pub(super) storage: Storage,
    pub(super) mail: Mail,
    pub(super) sign_in: BTreeMap<String, Spanned<SignIn>>,
    pub(super) trusted_publishing: BTreeMap<String, Spanned<TrustedPublishing>>,
    pub(super) development: Development,
    pub(super) limits: Limits,
    pub(super) log: Log,
    pub(super) package: Package,
}

/// `[server]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Server {
    pub(super) public_url: Option<PublicUrl>,
    pub(super) data_dir: Option<PathBuf>,
    pub(super) trusted_proxies: List<Network>,
}

/// `[database]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Database {
    pub(super) url: Option<DatabaseUrl>,
}

/// `[storage]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Storage {
    pub(super) url: Option<StorageUrl>,
}

/// `[mail]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mail {
    pub(super) smtp_url: Option<SmtpUrl>,
}

/// `[sign_in.NAME]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SignIn {
    pub(super) kind: Option<Spanned<Kind>>,
    pub(super) label: Option<String>,
    pub(super) issuer: Option<Spanned<Issuer>>,
    pub(super) tenant: Option<Spanned<Tenant>>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<Secret>,
    pub(super) client_secret_file: Option<Spanned<PathBuf>>,
    pub(super) trust_email: Option<Spanned<YesNo>>,
    pub(super) authorize_url: Option<Spanned<Address>>,
    pub(super) token_url: Option<Spanned<Address>>,
    pub(super) api_url: Option<Spanned<Address>>,
}

/// `[trusted_publishing.NAME]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TrustedPublishing {
    pub(super) enabled: Option<YesNo>,
    pub(super) kind: Option<WorkloadKind>,
    pub(super) label: Option<String>,
    pub(super) issuer: Option<Issuer>,
    pub(super) audience: Option<String>,
    pub(super) claims: Option<WorkloadClaims>,
}

/// `[trusted_publishing.NAME.claims]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WorkloadClaims {
    pub(super) repository_owner: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) repository_owner_id: Option<String>,
    pub(super) repository_id: Option<String>,
    pub(super) workflow: Option<String>,
    pub(super) environment: Option<String>,
}

/// `[development]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Development {
    pub(super) identity: Option<Spanned<DevelopmentIdentity>>,
}

/// `[limits]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    pub(super) package: Option<Size>,
    pub(super) drafts: Option<Count>,
    pub(super) draft_bytes: Option<Size>,
    pub(super) draft_days: Option<Count>,
}

/// `[log]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Log {
    pub(super) filter: Option<LogFilter>,
}

/// `[package.metadata.leptos]`: Leptos' own options, of which two are the server's; its tools read the others.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Package {
    pub(super) metadata: Metadata,
}

/// See [`Package`].
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Metadata {
    pub(super) leptos: Leptos,
}

/// See [`Package`].
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Leptos {
    pub(super) site_addr: Option<Spanned<Listen>>,
    pub(super) site_root: Option<Spanned<PathBuf>>,
}
