//! A request to transform an account into an organization; after it was accepted, what undoing it needs.

use sea_orm::entity::prelude::*;

/// A request to transform an account into an organization; after it was accepted, what undoing it needs.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transformations")]
pub struct Model {
    /// The account to be transformed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// Who is to be its first administrator.
    pub administrator_id: i64,
    /// When it was asked for.
    pub requested_at: i64,
    /// When the request ends unanswered.
    pub expires_at: i64,
    /// When it was accepted; none while it waits.
    pub accepted_at: Option<i64>,
    /// The keys that moved to the administrator: their numbers, separated by spaces.
    #[sea_orm(column_type = "Text")]
    pub moved_keys: String,
    /// The sign-ins that went dormant: their numbers, separated by spaces.
    #[sea_orm(column_type = "Text")]
    pub dormant_identities: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
