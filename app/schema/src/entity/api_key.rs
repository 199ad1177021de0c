//! An API key; its value is not here.

use sea_orm::entity::prelude::*;

/// An API key; its value is not here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose key it is: a person, or an organization.
    pub account_id: i64,
    /// For which account it pushes.
    pub owner_id: i64,
    /// Who made it; nobody for the operator.
    pub created_by: Option<i64>,
    /// What it is called.
    pub name: String,
    /// SHA-256 of the value.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub hash: Vec<u8>,
    /// `none`, `versions` or `new`.
    pub push: String,
    /// Whether it may unlist and relist.
    pub unlist: bool,
    /// The patterns, separated by spaces.
    pub globs: String,
    /// The chosen lifetime in days.
    pub days: i32,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// When it was last used.
    pub last_used_at: Option<i64>,
    /// Its person left the owner; it needs a confirmation after rejoining.
    pub suspended: bool,
    /// When its holders were warned that it ends soon.
    pub warned_at: Option<i64>,
    /// When its holders were told that it has ended.
    pub expiry_noted_at: Option<i64>,
    /// An administrator of its owner has cut it off from there.
    pub cut_off: bool,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
