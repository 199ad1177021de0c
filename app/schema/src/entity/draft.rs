//! An uploaded file that is not published yet.

use sea_orm::entity::prelude::*;

/// An uploaded file that is not published yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drafts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who uploaded it.
    pub account_id: i64,
    /// The file's name, without folders.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-512 of the file, base64.
    pub blob_hash: String,
    /// Where the bytes are: the hash in hexadecimal.
    pub blob_key: String,
    /// Why it cannot be published.
    #[sea_orm(column_type = "Text", nullable)]
    pub refused: Option<String>,
    /// What was read from it, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub inspected: Option<String>,
    /// The icon's bytes.
    #[sea_orm(column_type = "Blob", nullable)]
    pub icon: Option<Vec<u8>>,
    /// When it was uploaded.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
