//! The table `package_owners`, counted.

use crate::error::Error;
use schema::entity::package_owner;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// How many packages each of the accounts owns; who owns none is missing.
pub(crate) async fn counts<C: ConnectionTrait>(
    connection: &C,
    accounts: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u32>, Error> {
    let rows: Vec<(i64, i64)> = package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::AccountId)
        .column_as(package_owner::Column::PackageId.count(), "packages")
        .filter(package_owner::Column::AccountId.is_in(accounts))
        .group_by(package_owner::Column::AccountId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(account, count)| (account, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}
