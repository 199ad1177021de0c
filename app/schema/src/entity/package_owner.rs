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
    /// Copy of the package's `downloads`, for the order of a profile and its total. Whatever changes the package's own, or
    /// adds an owner, writes it in the same transaction, which holds the package.
    pub downloads: i64,
    /// Copy of whether the package has a listed version (`latest_id` is there), for what a profile lists; kept likewise.
    pub listed: bool,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
