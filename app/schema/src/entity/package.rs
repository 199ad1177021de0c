//! A package id with what its lists show.

use sea_orm::entity::prelude::*;

/// A package id with what its lists show.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "packages")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The id in lower case; unique.
    pub id_key: String,
    /// The id as last published.
    pub name: String,
    /// A site administrator has locked it.
    pub locked: bool,
    /// Downloads of all versions.
    pub downloads: i64,
    /// When the id was first published.
    pub created_at: i64,
    /// The newest listed version.
    pub latest_id: Option<i64>,
    /// The newest listed version that is no prerelease.
    pub latest_stable_id: Option<i64>,
    /// As `latest_id`, without SemVer 2 versions.
    pub latest_plain_id: Option<i64>,
    /// As `latest_stable_id`, without SemVer 2 versions.
    pub latest_plain_stable_id: Option<i64>,
    /// Lower case of what is searched: id, title, tags, authors, description of the newest listed version.
    pub search_text: String,
    /// How many versions there are, listed or not.
    pub version_count: i32,
    /// When the newest version was published.
    pub published_at: i64,
    /// Whether an owner holds the reserved prefix.
    pub verified: bool,
}

/// No relations are declared: queries join by column, where they stand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
