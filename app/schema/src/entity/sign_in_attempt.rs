//! A sign-in that is on its way through a provider.

use sea_orm::entity::prelude::*;

/// A sign-in that is on its way through a provider.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempts")]
pub struct Model {
    /// SHA-256 of the state parameter.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub state_hash: Vec<u8>,
    /// SHA-256 of the cookie of the browser that began it.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub browser_hash: Vec<u8>,
    /// Through which provider.
    pub provider: String,
    /// The nonce that the ID token must carry.
    pub nonce: String,
    /// PKCE's verifier.
    pub verifier: String,
    /// Where to go afterwards.
    pub return_to: String,
    /// The account to which the sign-in is to be linked.
    pub linking_account_id: Option<i64>,
    /// When it ends.
    pub expires_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
