//! A user or an organization.

use sea_orm::entity::prelude::*;

/// A user or an organization.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// The account's key, stable through renames.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `user` or `organization`.
    pub kind: String,
    /// The name as typed.
    pub name: String,
    /// The name in lower case; unique.
    pub name_key: String,
    /// The confirmed address; an account is confirmed when it has one.
    pub email: Option<String>,
    /// The confirmed address in lower case; unique.
    pub email_key: Option<String>,
    /// An address that waits for confirmation.
    pub pending_email: Option<String>,
    /// SHA-256 of the token in the confirmation mail.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub email_token_hash: Option<Vec<u8>>,
    /// When that token ends.
    pub email_token_expires: Option<i64>,
    /// Whether a mail is sent when a package is published.
    pub notify_package_pushed: bool,
    /// A few sentences for the profile, or empty.
    pub description: String,
    /// An https address for the profile, or empty.
    pub website: String,
    /// A site administrator has locked it.
    pub locked: bool,
    /// The person administers the site.
    pub site_administrator: bool,
    /// Made on the command line, and nobody has ever signed in to it.
    pub claimable: bool,
    /// When it was made.
    pub created_at: i64,
    /// When it was deleted; the row stays to keep the name and the trail.
    pub deleted_at: Option<i64>,
    /// The provider of the person's latest sign-in, or empty.
    pub last_provider: String,
    /// Whether that sign-in used a second factor.
    pub last_second_factor: bool,
    /// Policy of an organization: the longest lifetime of keys that push for it, in days.
    pub policy_key_days: Option<i32>,
    /// Policy: who may publish new packages, `everyone` or `administrators`.
    pub policy_new_packages: String,
    /// Policy: only organization keys or trusted publishing.
    pub policy_organization_keys: bool,
    /// Policy: members must use a second factor.
    pub policy_second_factor: bool,
    /// Policy: the provider that members must sign in with, or empty.
    pub policy_provider: String,
    /// When it was last renamed.
    pub renamed_at: Option<i64>,
    /// SHA-256 of the logo, in hexadecimal, or empty without one.
    pub logo: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
