//! The tables `reserved_prefixes` and `prefix_owners`.

use super::nul::without_nul;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::prefix::{NewPrefix, PrefixAccess, PrefixReach, beginnings};
use schema::entity::{account, prefix_owner, reserved_prefix};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// Nobody else reserves, changes or releases a prefix until the end of the transaction; publishing goes on.
pub(crate) async fn lock_all(tx: &Tx, _right: SiteRight) -> Result<(), Error> {
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        let lock = "LOCK TABLE reserved_prefixes IN SHARE ROW EXCLUSIVE MODE";
        tx.connection().execute_unprepared(lock).await?;
    }
    Ok(())
}

/// The prefixes in the order of their letters, at most `limit`.
pub(crate) async fn all<C: ConnectionTrait>(
    connection: &C,
    _right: SiteRight,
    limit: u64,
) -> Result<Vec<reserved_prefix::Model>, Error> {
    Ok(reserved_prefix::Entity::find()
        .order_by_asc(reserved_prefix::Column::ValueKey)
        .limit(limit)
        .all(connection)
        .await?)
}

/// The prefix of a handle.
pub(crate) async fn find(tx: &Tx, _right: SiteRight, key: i64) -> Result<Option<reserved_prefix::Model>, Error> {
    Ok(reserved_prefix::Entity::find_by_id(key).one(tx.connection()).await?)
}

/// The prefixes that an id in lower case is under.
pub(crate) async fn over<C: ConnectionTrait>(
    connection: &C,
    id_key: &str,
) -> Result<Vec<reserved_prefix::Model>, Error> {
    let id_key = without_nul(id_key);
    let rows = reserved_prefix::Entity::find()
        .filter(reserved_prefix::Column::ValueKey.is_in(beginnings(&id_key)))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.is_prefix || row.value_key == id_key)
        .collect())
}

/// A prefix that begins with a text, if there is one: it would be under a prefix of that text.
pub(crate) async fn beginning_with(tx: &Tx, key: &str) -> Result<Option<reserved_prefix::Model>, Error> {
    Ok(reserved_prefix::Entity::find()
        .filter(begins_with(key))
        .order_by_asc(reserved_prefix::Column::ValueKey)
        .limit(1)
        .one(tx.connection())
        .await?)
}

/// Every prefix under a text.
pub(crate) async fn keys_beginning_with(tx: &Tx, _right: SiteRight, key: &str) -> Result<Vec<i64>, Error> {
    Ok(reserved_prefix::Entity::find()
        .select_only()
        .column(reserved_prefix::Column::Id)
        .filter(begins_with(key))
        .into_tuple()
        .all(tx.connection())
        .await?)
}

/// The owners of several prefixes; deleted accounts own nothing.
pub(crate) async fn owners<C: ConnectionTrait>(
    connection: &C,
    prefixes: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Vec<AccountKey>>, Error> {
    let alive = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::DeletedAt.is_null())
        .to_owned();
    let rows = prefix_owner::Entity::find()
        .filter(prefix_owner::Column::PrefixId.is_in(prefixes))
        .filter(prefix_owner::Column::AccountId.in_subquery(alive))
        .all(connection)
        .await?;
    let mut owners: HashMap<i64, Vec<AccountKey>> = HashMap::new();
    for row in rows {
        owners
            .entry(row.prefix_id)
            .or_default()
            .push(AccountKey(row.account_id));
    }
    Ok(owners)
}

/// The prefixes that one of the accounts holds, each with those that do, at most `limit`.
pub(crate) async fn held_by<C: ConnectionTrait>(
    connection: &C,
    accounts: impl IntoIterator<Item = i64>,
    limit: u64,
) -> Result<Vec<(reserved_prefix::Model, Vec<i64>)>, Error> {
    let rows = prefix_owner::Entity::find()
        .filter(prefix_owner::Column::AccountId.is_in(accounts))
        .limit(limit)
        .all(connection)
        .await?;
    let mut holders: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in rows {
        holders.entry(row.prefix_id).or_default().push(row.account_id);
    }
    let prefixes = reserved_prefix::Entity::find()
        .filter(reserved_prefix::Column::Id.is_in(holders.keys().copied()))
        .order_by_asc(reserved_prefix::Column::ValueKey)
        .all(connection)
        .await?;
    Ok(prefixes
        .into_iter()
        .map(|prefix| {
            let holders = holders.remove(&prefix.id).unwrap_or_default();
            (prefix, holders)
        })
        .collect())
}

/// Reserves a prefix; its owners come after.
pub(crate) async fn insert(tx: &Tx, _right: SiteRight, new: &NewPrefix, access: PrefixAccess) -> Result<i64, Error> {
    let row = reserved_prefix::ActiveModel {
        value: Set(new.value.as_str().to_owned()),
        value_key: Set(new.value.key()),
        is_prefix: Set(new.reach == PrefixReach::Beginning),
        shared: Set(access.is_shared()),
        created_at: Set(tx.now().micros()),
        ..Default::default()
    };
    let inserted = reserved_prefix::Entity::insert(row).exec(tx.connection()).await?;
    Ok(inserted.last_insert_id)
}

/// Changes who may publish under some prefixes.
pub(crate) async fn set_access(
    tx: &Tx,
    _right: SiteRight,
    prefixes: Vec<i64>,
    access: PrefixAccess,
) -> Result<(), Error> {
    reserved_prefix::Entity::update_many()
        .col_expr(reserved_prefix::Column::Shared, Expr::value(access.is_shared()))
        .filter(reserved_prefix::Column::Id.is_in(prefixes))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Replaces the owners of a prefix.
pub(crate) async fn set_owners(tx: &Tx, _right: SiteRight, prefix: i64, owners: &[AccountKey]) -> Result<(), Error> {
    prefix_owner::Entity::delete_many()
        .filter(prefix_owner::Column::PrefixId.eq(prefix))
        .exec(tx.connection())
        .await?;
    let rows: Vec<_> = owners
        .iter()
        .map(|owner| prefix_owner::ActiveModel {
            prefix_id: Set(prefix),
            account_id: Set(owner.0),
        })
        .collect();
    if !rows.is_empty() {
        prefix_owner::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Releases a prefix.
pub(crate) async fn delete(tx: &Tx, right: SiteRight, prefix: i64) -> Result<(), Error> {
    set_owners(tx, right, prefix, &[]).await?;
    reserved_prefix::Entity::delete_by_id(prefix)
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn begins_with(key: &str) -> SimpleExpr {
    let length = i32::try_from(key.len()).unwrap_or(i32::MAX);
    let beginning = Func::cust("substr")
        .arg(Expr::col(reserved_prefix::Column::ValueKey))
        .arg(1_i32)
        .arg(length);
    Expr::from(beginning).eq(key)
}
