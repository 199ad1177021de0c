//! An owner of a reserved prefix.

use sea_orm::entity::prelude::*;

/// An owner of a reserved prefix.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "prefix_owners")]
pub struct Model {
    /// The prefix.
    #[sea_orm(primary_key, auto_increment = false)]
    pub prefix_id: i64,
    /// The owner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
