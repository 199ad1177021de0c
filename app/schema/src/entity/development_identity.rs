//! A person known to the development identity provider.

use sea_orm::entity::prelude::*;

/// A person known to the development identity provider.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "development_identities")]
pub struct Model {
    /// The name in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_key: String,
    /// The name as first typed.
    pub name: String,
    /// The subject in its ID tokens.
    pub subject: String,
    /// The address given the first time.
    pub email: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
