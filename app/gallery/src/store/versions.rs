//! The table `versions`. Lists read only the columns they show: a row can hold megabytes of texts and icon.

mod feed;
mod files;
mod listing;
mod newest;
mod pages;
mod site;
mod write;

pub(crate) use feed::{Leaf, keys_of, leaves, listed_of, shown_of, siblings};
pub(crate) use files::{Text, file, icon, nuspec, text};
pub(crate) use listing::{Keyed, listable, listables, set_listed, unlist_all};
pub(crate) use newest::{Among, newest, newest_listed, newest_of};
pub(crate) use pages::{Card, Details, Row, cards, details, metadata, readme, rows};
pub(crate) use site::{deletable, of_site};
pub(crate) use write::{
    NewVersion, Publisher, add_downloads, full_version, insert, insert_all, number_of, there_among,
};

use super::nul::without_nul;
use nupkg::IconKind;
use schema::entity::{package, version};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select};

/// What an icon is, as rows have it.
pub(crate) const fn kind_value(kind: IconKind) -> &'static str {
    match kind {
        IconKind::Png => "png",
        IconKind::Jpeg => "jpeg",
    }
}

/// Reads what rows say of an icon.
pub(crate) fn kind_of(value: &str) -> Option<IconKind> {
    [IconKind::Png, IconKind::Jpeg]
        .into_iter()
        .find(|kind| kind_value(*kind) == value)
}

/// The version of a key, of a package by its number.
fn of_package(package: i64, version_key: &str) -> Select<version::Entity> {
    version::Entity::find()
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::VersionKey.eq(version_key))
}

fn with_packages() -> Select<version::Entity> {
    version::Entity::find().join(
        JoinType::InnerJoin,
        version::Entity::belongs_to(package::Entity)
            .from(version::Column::PackageId)
            .to(package::Column::Id)
            .into(),
    )
}

fn of_id(id_key: &str) -> Select<version::Entity> {
    with_packages().filter(package::Column::IdKey.eq(without_nul(id_key)))
}

fn one_of(id_key: &str, version_key: &str) -> Select<version::Entity> {
    of_id(id_key).filter(version::Column::VersionKey.eq(version_key))
}
