//! A change of what the feed shows, for the index, the caches and mirrors to follow.

use sea_orm::entity::prelude::*;

/// A change of what the feed shows, for the index, the caches and mirrors to follow.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_entries")]
pub struct Model {
    /// Key; in the order of insertion.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The place in the catalog, from 1; nothing until sealed.
    pub sequence: Option<i64>,
    /// When it happened.
    pub time: i64,
    /// `details` or `delete`.
    pub kind: String,
    /// The id in lower case.
    pub package_key: String,
    /// The version's key.
    pub version_key: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
