//! A policy of trusted publishing: which workload may publish, for whom, and what.

use sea_orm::entity::prelude::*;

/// A policy of trusted publishing: which workload may publish, for whom, and what.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publishing_policies")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose policy it is: a person's, or an organization's own.
    pub account_id: i64,
    /// For which account it publishes.
    pub owner_id: i64,
    /// Who made it.
    pub created_by: Option<i64>,
    /// What it is called.
    pub name: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// The owner of the repository, or its namespace.
    pub repository_owner: String,
    /// The repository, without its owner.
    pub repository: String,
    /// The workflow's file or the branch, or empty.
    pub workflow: String,
    /// The environment, or empty.
    pub environment: String,
    /// `none`, `versions` or `new`.
    pub push: String,
    /// Whether it may unlist and relist.
    pub unlist: bool,
    /// The patterns, separated by spaces.
    #[sea_orm(column_type = "Text")]
    pub globs: String,
    /// The number of the repository's owner at the provider, known from the first use on.
    pub repository_owner_id: Option<String>,
    /// The repository's number at the provider, known from the first use on.
    pub repository_id: Option<String>,
    /// Until when it waits for its first use; none afterwards.
    pub active_until: Option<i64>,
    /// Its person left the owner; it needs to be activated after rejoining.
    pub suspended: bool,
    /// An administrator of its owner has cut it off from there.
    pub cut_off: bool,
    /// Grows with everything that changes what the policy trusts, so that nobody acts upon what it was.
    pub revision: i32,
    /// When it was made.
    pub created_at: i64,
    /// When it was last used.
    pub last_used_at: Option<i64>,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
