//! The picture of an account, as it was encoded anew.

use sea_orm::entity::prelude::*;

/// The picture of an account, as it was encoded anew.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logos")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// A PNG.
    #[sea_orm(column_type = "Blob")]
    pub bytes: Vec<u8>,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
