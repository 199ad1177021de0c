//! A person, or an address, invited to an organization.

use sea_orm::entity::prelude::*;

/// A person, or an address, invited to an organization.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The organization.
    pub organization_id: i64,
    /// The invited user, if invited by name.
    pub account_id: Option<i64>,
    /// The invited address as typed, if invited by address.
    pub email: Option<String>,
    /// `user:{key}` or `email:{lower case}`; unique with the organization.
    pub invited_key: String,
    /// The invited address in lower case.
    pub email_key: Option<String>,
    /// The role offered.
    pub role: String,
    /// Who invited.
    pub invited_by: i64,
    /// When it was first sent.
    pub created_at: i64,
    /// When it was last sent.
    pub sent_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// Whether its end is in the trail.
    pub expiry_noted: bool,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
