//! An account that owns a package.

use sea_orm::entity::prelude::*;

/// An account that owns a package.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "package_owners")]
pub struct Model {
    /// The package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub package_id: i64,
    /// The owner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// The package's id in lower case, for paging an account's packages by id.
    pub id_key: String,
    /// When it became owner.
    pub since: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
