//! The newest version of packages, among those that somebody sees.

use crate::error::Error;
use schema::entity::{package, version};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SubQueryStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

/// Which versions a search for the newest one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Among {
    pub(crate) prereleases: bool,
    pub(crate) semver2: bool,
}

impl Among {
    /// Those that are visible to this kind of client.
    pub(super) fn only(self, query: Select<version::Entity>) -> Select<version::Entity> {
        let query = if self.prereleases {
            query
        } else {
            query.filter(version::Column::Prerelease.eq(false))
        };
        if self.semver2 {
            query
        } else {
            query.filter(version::Column::Semver2.eq(false))
        }
    }
}

/// The newest listed version of a package.
pub(crate) async fn newest_listed<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    among: Among,
) -> Result<Option<i64>, Error> {
    let query = version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::PackageId.eq(package))
        .filter(version::Column::Listed.eq(true))
        .order_by_desc(version::Column::SortKey);
    Ok(among.only(query).limit(1).into_tuple().one(connection).await?)
}

/// The newest version of a package, listed or not.
pub(crate) async fn newest<C: ConnectionTrait>(connection: &C, package: i64) -> Result<Option<i64>, Error> {
    Ok(version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::PackageId.eq(package))
        .order_by_desc(version::Column::SortKey)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?)
}

/// The newest version of each of several packages, listed or not, by the packages' numbers.
pub(crate) async fn newest_of<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, i64>, Error> {
    let newest = Query::select()
        .column(version::Column::Id)
        .from(version::Entity)
        .and_where(
            Expr::col((version::Entity, version::Column::PackageId)).equals((package::Entity, package::Column::Id)),
        )
        .order_by(version::Column::SortKey, Order::Desc)
        .limit(1)
        .to_owned();
    let rows: Vec<(i64, Option<i64>)> = package::Entity::find()
        .select_only()
        .column(package::Column::Id)
        .expr_as(Expr::from(SubQueryStatement::SelectStatement(newest)), "newest")
        .filter(package::Column::Id.is_in(packages))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(package, newest)| Some((package, newest?)))
        .collect())
}
