//! A name that an organization had before it was renamed; its addresses lead on.

use sea_orm::entity::prelude::*;

/// A name that an organization had before it was renamed; its addresses lead on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_names")]
pub struct Model {
    /// The name in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_key: String,
    /// Whose it was.
    pub account_id: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
