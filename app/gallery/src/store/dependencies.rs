//! The table `dependencies`: what the newest version of each package depends on.

use crate::error::Error;
use crate::tx::Tx;
use schema::entity::dependency;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Replaces what a package depends on. What is derived from rows needs no right of its own.
pub(crate) async fn replace(tx: &Tx, package: i64, ids: BTreeSet<String>) -> Result<(), Error> {
    dependency::Entity::delete_many()
        .filter(dependency::Column::PackageId.eq(package))
        .exec(tx.connection())
        .await?;
    let rows: Vec<_> = ids
        .into_iter()
        .map(|id| dependency::ActiveModel {
            package_id: Set(package),
            dependency_key: Set(id),
        })
        .collect();
    if !rows.is_empty() {
        dependency::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}
