//! The table `package_owners`, read: who owns what.

use crate::error::Error;
use crate::packages::search_text::escape;
use domain::account::AccountKey;
use schema::entity::{account, package_owner, version};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The owners of a package by name; deleted accounts own nothing.
pub(crate) async fn of_package<C: ConnectionTrait>(connection: &C, package: i64) -> Result<Vec<account::Model>, Error> {
    let owners = Query::select()
        .column(package_owner::Column::AccountId)
        .from(package_owner::Entity)
        .and_where(package_owner::Column::PackageId.eq(package))
        .to_owned();
    Ok(account::Entity::find()
        .filter(account::Column::Id.in_subquery(owners))
        .filter(account::Column::DeletedAt.is_null())
        .order_by_asc(account::Column::NameKey)
        .all(connection)
        .await?)
}

/// The owners' names of several packages, each by name.
pub(crate) async fn names<C: ConnectionTrait>(
    connection: &C,
    packages: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Vec<String>>, Error> {
    let rows: Vec<(i64, i64)> = package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::PackageId)
        .column(package_owner::Column::AccountId)
        .filter(package_owner::Column::PackageId.is_in(packages))
        .into_tuple()
        .all(connection)
        .await?;
    let mut accounts: Vec<i64> = rows.iter().map(|(_, account)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names: HashMap<i64, String> = super::accounts::names(connection, accounts).await?;
    let mut owners: HashMap<i64, Vec<String>> = HashMap::new();
    for (package, account) in rows {
        if let Some(name) = names.get(&account) {
            owners.entry(package).or_default().push(name.clone());
        }
    }
    for names in owners.values_mut() {
        names.sort_by_key(|name| name.to_lowercase());
    }
    Ok(owners)
}

/// For which of the accounts a person last published an id that is `first` or begins with `first` and a dot, and that
/// the account still owns.
pub(crate) async fn last_owner_under<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    accounts: Vec<i64>,
    first: &str,
) -> Result<Option<AccountKey>, Error> {
    let below = LikeExpr::new(format!("{}.%", escape(first))).escape('\\');
    let found: Option<i64> = version::Entity::find()
        .select_only()
        .column(version::Column::PublishedFor)
        .join(
            JoinType::InnerJoin,
            version::Entity::belongs_to(package_owner::Entity)
                .from((version::Column::PackageId, version::Column::PublishedFor))
                .to((package_owner::Column::PackageId, package_owner::Column::AccountId))
                .into(),
        )
        .filter(package_owner::Column::AccountId.is_in(accounts))
        .filter(
            Condition::any()
                .add(package_owner::Column::IdKey.eq(first))
                .add(Expr::col((package_owner::Entity, package_owner::Column::IdKey)).like(below)),
        )
        .filter(version::Column::PublishedBy.eq(person.0))
        .order_by_desc(version::Column::Id)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.map(AccountKey))
}
