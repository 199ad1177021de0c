//! An id, or the beginning of ids, that only its owners may publish new packages under.

use sea_orm::entity::prelude::*;

/// An id, or the beginning of ids, that only its owners may publish new packages under.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reserved_prefixes")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The prefix as typed, without the star.
    pub value: String,
    /// The same in lower case; unique.
    pub value_key: String,
    /// Whether it is the beginning of ids; otherwise it is one id.
    pub is_prefix: bool,
    /// Whether everybody may publish under it; its owners still get the mark.
    pub shared: bool,
    /// When it was reserved.
    pub created_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
