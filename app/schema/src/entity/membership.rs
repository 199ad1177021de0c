//! A person in an organization.

use sea_orm::entity::prelude::*;

/// A person in an organization.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    /// The organization.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: i64,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: i64,
    /// `administrator` or `collaborator`.
    pub role: String,
    /// The person's name in lower case, for paging by name.
    pub member_name_key: String,
    /// When the membership began.
    pub since: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
