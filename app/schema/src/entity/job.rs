//! Work to be done after a commit, at least once.

use sea_orm::entity::prelude::*;

/// Work to be done after a commit, at least once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which worker does it.
    pub kind: String,
    /// What it needs, as JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When to try (again).
    pub run_at: i64,
    /// Until when a worker has it.
    pub leased_until: Option<i64>,
    /// Why the last try failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
