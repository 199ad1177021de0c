//! The table `package_owners`: who owns what.

use super::ownership_requests::Answered;
use crate::authorization::{AuthorizedPackage, ManageOwners};
use crate::error::Error;
use crate::packages::search_text::escape;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::{account, package, package_owner, version};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
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

/// Adds an owner to the authorized package.
pub(crate) async fn add(tx: &Tx, right: &AuthorizedPackage<ManageOwners>, owner: AccountKey) -> Result<(), Error> {
    insert(tx, right.package(), owner).await
}

/// Whoever was asked and said yes owns the package.
pub(crate) async fn join(tx: &Tx, answered: &Answered, package: &package::Model) -> Result<(), Error> {
    insert(tx, package, AccountKey(answered.request().new_owner_id)).await
}

async fn insert(tx: &Tx, package: &package::Model, owner: AccountKey) -> Result<(), Error> {
    let row = package_owner::ActiveModel {
        package_id: Set(package.id),
        account_id: Set(owner.0),
        id_key: Set(package.id_key.clone()),
        since: Set(tx.now().micros()),
        // As read when the package was held, so they are what it has now.
        downloads: Set(package.downloads),
        listed: Set(package.latest_id.is_some()),
    };
    package_owner::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Copies to the owners of packages what the lists of their packages are sorted by, after it changed. Whoever does it holds
/// the packages: no owner comes, and nobody else copies, meanwhile.
pub(crate) async fn follow(tx: &Tx, packages: impl IntoIterator<Item = i64>) -> Result<(), Error> {
    let own = |value: SimpleExpr| {
        let query = Query::select()
            .expr(value)
            .from(package::Entity)
            .and_where(
                Expr::col((package::Entity, package::Column::Id))
                    .equals((package_owner::Entity, package_owner::Column::PackageId)),
            )
            .to_owned();
        Expr::SubQuery(None, Box::new(query.into()))
    };
    let column = |column| Expr::col((package::Entity, column));
    package_owner::Entity::update_many()
        .col_expr(
            package_owner::Column::Downloads,
            own(column(package::Column::Downloads)),
        )
        .col_expr(
            package_owner::Column::Listed,
            own(column(package::Column::LatestId).is_not_null()),
        )
        .filter(package_owner::Column::PackageId.is_in(packages))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Takes an owner away from the authorized package.
pub(crate) async fn remove(tx: &Tx, right: &AuthorizedPackage<ManageOwners>, owner: AccountKey) -> Result<(), Error> {
    delete(tx, right.package().id, owner).await
}

/// Whoever was to be replaced goes, now that the new owner said yes.
pub(crate) async fn give_way(tx: &Tx, answered: &Answered, replaced: AccountKey) -> Result<(), Error> {
    delete(tx, answered.request().package_id, replaced).await
}

async fn delete(tx: &Tx, package: i64, owner: AccountKey) -> Result<(), Error> {
    package_owner::Entity::delete_by_id((package, owner.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}
