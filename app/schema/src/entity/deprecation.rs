//! Why a version should not be used any more.

use sea_orm::entity::prelude::*;

/// Why a version should not be used any more.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deprecations")]
pub struct Model {
    /// The version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_id: i64,
    /// Its package.
    pub package_id: i64,
    /// It is legacy.
    pub legacy: bool,
    /// It has critical bugs.
    pub critical_bugs: bool,
    /// Another reason, which the message tells.
    pub other: bool,
    /// What its owner says, or empty.
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// The package to use instead.
    pub alternate_id: Option<String>,
    /// The version of it; none means any.
    pub alternate_version: Option<String>,
    /// The person who said so.
    pub deprecated_by: Option<i64>,
    /// When.
    pub deprecated_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
