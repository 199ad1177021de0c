//! A package on which the newest version of another depends; for "Used by".

use sea_orm::entity::prelude::*;

/// A package on which the newest version of another depends; for "Used by".
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dependencies")]
pub struct Model {
    /// The depending package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub package_id: i64,
    /// The id depended on, in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dependency_key: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
