//! A person to whom the value of an organization's key was shown.

use sea_orm::entity::prelude::*;

/// A person to whom the value of an organization's key was shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_viewers")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: i64,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// When.
    pub shown_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
