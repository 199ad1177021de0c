//! A version that was deleted: its bytes are gone, its number stays taken.

use sea_orm::entity::prelude::*;

/// A version that was deleted: its bytes are gone, its number stays taken.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deleted_versions")]
pub struct Model {
    /// The package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub package_id: i64,
    /// The version as versions are compared.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_key: String,
    /// The version as it was written.
    pub version: String,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// When.
    pub deleted_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
