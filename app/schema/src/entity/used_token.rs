//! A token that was exchanged for a key, and works no second time.

use sea_orm::entity::prelude::*;

/// A token that was exchanged for a key, and works no second time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "used_tokens")]
pub struct Model {
    /// SHA-256 of what makes the token unique.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub hash: Vec<u8>,
    /// When the token is worth nothing anyway.
    pub expires_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
