//! A published version of a package.

use sea_orm::entity::prelude::*;

/// A published version of a package.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "versions")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The package.
    pub package_id: i64,
    /// Normalized, lower case, without metadata; unique with the package.
    pub version_key: String,
    /// Normalized, as shown, without metadata.
    pub version: String,
    /// Normalized with metadata.
    pub full_version: String,
    /// Bytes whose order is the order of versions.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub sort_key: Vec<u8>,
    /// Whether it is a prerelease.
    pub prerelease: bool,
    /// Whether only SemVer 2 clients understand it.
    pub semver2: bool,
    /// Whether lists and search show it.
    pub listed: bool,
    /// When it was published.
    pub published_at: i64,
    /// The person who published it; nobody for the operator.
    pub published_by: Option<i64>,
    /// The account it was published for.
    pub published_for: i64,
    /// The name of an organization's key that published it.
    pub published_key: Option<String>,
    /// The workload that published it for an organization: `GitHub: contoso/json`.
    pub published_workload: Option<String>,
    /// SHA-512 of the package file, base64 as NuGet writes it.
    pub blob_hash: String,
    /// Where the bytes are: the hash in hexadecimal.
    pub blob_key: String,
    /// Bytes of the package file.
    pub size: i64,
    /// Whether it carries a signature.
    pub signed: bool,
    /// What its nuspec says, as JSON of `domain::PackageMetadata`.
    #[sea_orm(column_type = "Text")]
    pub metadata: String,
    /// The nuspec's bytes, as they stand in the package.
    #[sea_orm(column_type = "Blob")]
    pub nuspec: Vec<u8>,
    /// The README's markdown.
    #[sea_orm(column_type = "Text", nullable)]
    pub readme: Option<String>,
    /// `png` or `jpeg`, if it has an icon.
    pub icon_kind: Option<String>,
    /// The icon's bytes.
    #[sea_orm(column_type = "Blob", nullable)]
    pub icon: Option<Vec<u8>>,
    /// The text of a licence file.
    #[sea_orm(column_type = "Text", nullable)]
    pub license_text: Option<String>,
    /// Downloads of it.
    pub downloads: i64,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
