//! The table `api_keys`.

mod changing;
mod expiring;
mod of_members;
mod stopping;
mod transformed;
mod viewers;

pub(crate) use changing::{delete, renew, revive, revoke, set_globs};
pub(crate) use expiring::{ended_unnoted, ending_unwarned, note_end, note_warning};
pub(crate) use of_members::of_members;
pub(crate) use stopping::{EndsMembership, count_stopped, cut_off, suspend_of_member};
pub(crate) use transformed::{move_to_administrator, revoke_moved};
pub(crate) use viewers::{known_to, note_viewer, viewers};

use crate::authorization::{Authorized, CreateKeyForAccount, ManageAccountKeys};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::permission::{Glob, PushScope, Scopes};
use schema::entity::{account, api_key};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use subtle::ConstantTimeEq;

/// A key to be kept.
pub(crate) struct NewKey<'a> {
    /// Whose key it is.
    pub(crate) account: AccountKey,
    /// Who made it; nobody for the operator.
    pub(crate) created_by: Option<AccountKey>,
    pub(crate) name: &'a str,
    pub(crate) hash: Vec<u8>,
    pub(crate) scopes: Scopes,
    pub(crate) globs: &'a [Glob],
    pub(crate) days: u16,
}

/// Whoever may make a key that pushes for an account: a personal one, or the account's own.
pub(crate) trait MakesKeys {
    /// The account for which the key pushes.
    fn owner(&self) -> &account::Model;
}

impl MakesKeys for Authorized<CreateKeyForAccount> {
    fn owner(&self) -> &account::Model {
        self.row()
    }
}

impl MakesKeys for Authorized<ManageAccountKeys> {
    fn owner(&self) -> &account::Model {
        self.row()
    }
}

/// Keeps a key that pushes for the authorized account; returns its number.
pub(crate) async fn insert(tx: &Tx, right: &impl MakesKeys, key: NewKey<'_>) -> Result<i64, Error> {
    let row = api_key::ActiveModel {
        account_id: Set(key.account.0),
        owner_id: Set(right.owner().id),
        created_by: Set(key.created_by.map(|account| account.0)),
        name: Set(key.name.to_owned()),
        hash: Set(key.hash),
        push: Set(push_value(key.scopes.push).to_owned()),
        unlist: Set(key.scopes.unlist),
        globs: Set(joined(key.globs)),
        days: Set(i32::from(key.days)),
        created_at: Set(tx.now().micros()),
        expires_at: Set(tx.now().plus_days(i64::from(key.days)).micros()),
        revoked_at: Set(None),
        last_used_at: Set(None),
        suspended: Set(false),
        warned_at: Set(None),
        expiry_noted_at: Set(None),
        cut_off: Set(false),
        ..Default::default()
    };
    Ok(api_key::Entity::insert(row).exec(tx.connection()).await?.last_insert_id)
}

/// The key of a value's hash, compared in constant time once more.
pub(crate) async fn by_hash<C: ConnectionTrait>(
    connection: &C,
    hash: Vec<u8>,
) -> Result<Option<api_key::Model>, Error> {
    let row = api_key::Entity::find()
        .filter(api_key::Column::Hash.eq(hash.clone()))
        .one(connection)
        .await?;
    Ok(row.filter(|row| bool::from(row.hash.ct_eq(&hash))))
}

/// The key of a number.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, key: i64) -> Result<Option<api_key::Model>, Error> {
    Ok(api_key::Entity::find_by_id(key).one(connection).await?)
}

/// The keys of an account, newest first.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    limit: u64,
) -> Result<Vec<api_key::Model>, Error> {
    Ok(api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(account.0))
        .order_by_desc(api_key::Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// How many keys an account has.
pub(crate) async fn count<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<u64, Error> {
    Ok(api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(account.0))
        .count(connection)
        .await?)
}

/// The names of an account's keys that are not revoked: those that ended can be regenerated, so they keep theirs.
pub(crate) async fn names_in_use<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Vec<String>, Error> {
    Ok(api_key::Entity::find()
        .select_only()
        .column(api_key::Column::Name)
        .filter(api_key::Column::AccountId.eq(account.0))
        .filter(api_key::Column::RevokedAt.is_null())
        .into_tuple()
        .all(connection)
        .await?)
}

/// The keys of an account with this name that are not revoked.
pub(crate) async fn unrevoked_by_name<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    name: &str,
) -> Result<Vec<api_key::Model>, Error> {
    Ok(api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(account.0))
        .filter(api_key::Column::Name.eq(name))
        .filter(api_key::Column::RevokedAt.is_null())
        .order_by_asc(api_key::Column::Id)
        .all(connection)
        .await?)
}

/// When a use was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Never before.
    First,
    /// Before.
    Another,
}

/// Notes that a key is in use; no right is needed for what happens by itself.
pub(crate) async fn note_use(tx: &Tx, key: i64) -> Result<Use, Error> {
    let now = Expr::value(tx.now().micros());
    let first = api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, now.clone())
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::LastUsedAt.is_null())
        .exec(tx.connection())
        .await?;
    if first.rows_affected == 1 {
        return Ok(Use::First);
    }
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, now)
        .filter(api_key::Column::Id.eq(key))
        .exec(tx.connection())
        .await?;
    Ok(Use::Another)
}

/// What a row's columns say of scopes.
pub(crate) fn scopes(row: &api_key::Model) -> Scopes {
    Scopes {
        push: push_of(&row.push),
        unlist: row.unlist,
    }
}

/// What a row's column says of patterns.
pub(crate) fn globs(row: &api_key::Model) -> Vec<Glob> {
    parse_globs(&row.globs)
}

/// What a column says of patterns.
pub(super) fn parse_globs(column: &str) -> Vec<Glob> {
    column.split(' ').filter_map(|glob| Glob::parse(glob).ok()).collect()
}

/// What a column says of pushing.
pub(super) fn push_of(column: &str) -> PushScope {
    match column {
        "new" => PushScope::NewPackages,
        "versions" => PushScope::Versions,
        _ => PushScope::None,
    }
}

/// What the column of pushing has.
pub(super) const fn push_value(push: PushScope) -> &'static str {
    match push {
        PushScope::None => "none",
        PushScope::Versions => "versions",
        PushScope::NewPackages => "new",
    }
}

/// What the column of patterns has.
pub(super) fn joined(globs: &[Glob]) -> String {
    let globs: Vec<&str> = globs.iter().map(Glob::as_str).collect();
    globs.join(" ")
}
