//! A first sign-in that waits for "Create your account".

use sea_orm::entity::prelude::*;

/// A first sign-in that waits for "Create your account".
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrations")]
pub struct Model {
    /// SHA-256 of the cookie's value.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub token_hash: Vec<u8>,
    /// Through which provider.
    pub provider: String,
    /// The issuer.
    pub issuer: String,
    /// The subject.
    pub subject: String,
    /// A proposed name, or empty.
    pub name: String,
    /// The address told by the provider, or empty.
    pub email: String,
    /// Whether the provider vouches for the address.
    pub vouched: bool,
    /// Whether a second factor was used.
    pub second_factor: bool,
    /// Where to go afterwards.
    pub return_to: String,
    /// When it ends.
    pub expires_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
