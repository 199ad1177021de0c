//! One change of state. Never changed and never removed, but for sealing.

use sea_orm::entity::prelude::*;

/// One change of state. Never changed and never removed, but for sealing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    /// Key; in the order of insertion, which is not the order of commit.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The place in the chain, from 1, without gaps; nothing until sealed.
    pub sequence: Option<i64>,
    /// SHA-256 over the row and the hash before it; nothing until sealed.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub hash: Option<Vec<u8>>,
    /// When it happened.
    pub time: i64,
    /// `account`, `operator` or `system`.
    pub actor: String,
    /// Who did it.
    pub actor_id: Option<i64>,
    /// The account acted for.
    pub account_id: Option<i64>,
    /// What happened.
    pub action: String,
    /// What it happened to, as JSON: account keys, package ids, names of keys, masked addresses.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// What it was before, or empty.
    #[sea_orm(column_type = "Text")]
    pub before: String,
    /// What it is since, or empty.
    #[sea_orm(column_type = "Text")]
    pub after: String,
    /// The key's name, `session`, or empty.
    pub credential: String,
    /// The client's address with its last part zeroed, or empty.
    pub address: String,
    /// The client's own name, shortened, or empty.
    pub user_agent: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
