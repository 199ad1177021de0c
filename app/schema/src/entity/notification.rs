//! Something a person should know, in the application.

use sea_orm::entity::prelude::*;

/// Something a person should know, in the application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who should know.
    pub account_id: i64,
    /// The audit event that caused it; unique with the person.
    pub event_id: i64,
    /// What happened, in a sentence.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The page concerned.
    pub link: String,
    /// When it happened.
    pub created_at: i64,
    /// When it was read.
    pub read_at: Option<i64>,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
