//! A key that a workload got for its token; what it may do is its policy's to say.

use sea_orm::entity::prelude::*;

/// A key that a workload got for its token; what it may do is its policy's to say.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "short_lived_keys")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The policy that it was made by.
    pub policy_id: i64,
    /// SHA-256 of the value.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub hash: Vec<u8>,
    /// The workload, as trail and pages name it: `GitHub: contoso/json`.
    pub name: String,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
