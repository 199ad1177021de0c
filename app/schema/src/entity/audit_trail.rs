//! In whose trail an event stands.

use sea_orm::entity::prelude::*;

/// In whose trail an event stands.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_trails")]
pub struct Model {
    /// Whose trail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: i64,
    /// The event's action, so that a filtered trail reads one index.
    pub action: String,
    /// Who did it, likewise.
    pub actor_id: Option<i64>,
    /// The package it is about in lower case, or empty, likewise.
    pub package_key: String,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
