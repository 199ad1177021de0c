//! A name that is or was in use, in the form in which look-alikes are equal.

use sea_orm::entity::prelude::*;

/// A name that is or was in use, in the form in which look-alikes are equal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_names")]
pub struct Model {
    /// The folded name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub folded: String,
    /// Whose it is or was.
    pub account_id: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
