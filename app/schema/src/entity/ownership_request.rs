//! Somebody is asked to own a package.

use sea_orm::entity::prelude::*;

/// Somebody is asked to own a package.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ownership_requests")]
pub struct Model {
    /// The handle for the answer.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The package.
    pub package_id: i64,
    /// The account that is asked.
    pub new_owner_id: i64,
    /// The person who asks.
    pub requested_by: i64,
    /// The owner for which that person asks.
    pub on_behalf_of: i64,
    /// The owner that ends when the request is accepted: packages that move.
    pub replaces_id: Option<i64>,
    /// When it was asked.
    pub created_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
