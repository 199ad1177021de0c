//! A sign-in of a person: (issuer, subject), never an address.

use sea_orm::entity::prelude::*;

/// A sign-in of a person: (issuer, subject), never an address.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose sign-in it is.
    pub account_id: i64,
    /// The provider's name in the configuration.
    pub provider: String,
    /// The issuer; unique with the subject.
    pub issuer: String,
    /// The provider's unchanging name for the person.
    pub subject: String,
    /// The address that the provider vouched for at the last sign-in, in lower case.
    pub email_key: Option<String>,
    /// Kept for undoing a transformation; does not sign in.
    pub dormant: bool,
    /// When it was linked.
    pub created_at: i64,
    /// When it last signed in.
    pub used_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
