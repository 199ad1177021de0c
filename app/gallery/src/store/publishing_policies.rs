//! The table `publishing_policies`.

mod changing;
mod claiming;
mod of_members;
mod stopping;

pub(crate) use changing::{Changed, activate, cut_off, delete, edit};
pub(crate) use claiming::claim;
pub(crate) use of_members::of_members;
pub(crate) use stopping::{remove_of_account, remove_of_others, suspend_of_member};

use super::api_keys::{MakesKeys, joined, parse_globs, push_of, push_value};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::permission::{Glob, Scopes};
use domain::time::Timestamp;
use domain::trusted_publishing::{Binding, NewPolicy, Source};
use schema::entity::publishing_policy::{self, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Keeps a policy that publishes for the authorized account and waits for its first use until then.
pub(crate) async fn insert(
    tx: &Tx,
    right: &impl MakesKeys,
    account: AccountKey,
    created_by: AccountKey,
    new: &NewPolicy,
    until: Timestamp,
) -> Result<(), Error> {
    let row = publishing_policy::ActiveModel {
        account_id: Set(account.0),
        owner_id: Set(right.owner().id),
        created_by: Set(Some(created_by.0)),
        name: Set(new.name.clone()),
        provider: Set(new.provider.clone()),
        repository_owner: Set(new.source.owner.clone()),
        repository: Set(new.source.repository.clone()),
        workflow: Set(new.source.workflow.clone()),
        environment: Set(new.source.environment.clone()),
        push: Set(push_value(new.scopes.push).to_owned()),
        unlist: Set(new.scopes.unlist),
        globs: Set(joined(&new.globs)),
        repository_owner_id: Set(None),
        repository_id: Set(None),
        active_until: Set(Some(until.micros())),
        suspended: Set(false),
        cut_off: Set(false),
        revision: Set(0),
        created_at: Set(tx.now().micros()),
        last_used_at: Set(None),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// The policy of a number.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, key: i64) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(key).one(connection).await?)
}

/// The policies of an account, newest first.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// The policies by which a workload may come that names an account: its own, and those that publish for it. Oldest
/// first.
pub(crate) async fn naming<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let named = Condition::any()
        .add(Column::AccountId.eq(account.0))
        .add(Column::OwnerId.eq(account.0));
    Ok(Entity::find()
        .filter(named)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// How many policies an account has.
pub(crate) async fn count<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .count(connection)
        .await?)
}

/// The names of an account's policies, each with its number.
pub(crate) async fn names<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Vec<(i64, String)>, Error> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(Column::AccountId.eq(account.0))
        .into_tuple()
        .all(connection)
        .await?)
}

/// What a row's columns say of scopes.
pub(crate) fn scopes(row: &Model) -> Scopes {
    Scopes {
        push: push_of(&row.push),
        unlist: row.unlist,
    }
}

/// What a row's column says of patterns.
pub(crate) fn globs(row: &Model) -> Vec<Glob> {
    parse_globs(&row.globs)
}

/// What a row's columns say of the workload's place.
pub(crate) fn source(row: &Model) -> Source {
    Source {
        owner: row.repository_owner.clone(),
        repository: row.repository.clone(),
        workflow: row.workflow.clone(),
        environment: row.environment.clone(),
    }
}

/// The numbers that a row is bound to.
pub(crate) fn binding(row: &Model) -> Option<Binding> {
    let owner_id = row.repository_owner_id.clone()?;
    let repository_id = row.repository_id.clone()?;
    Some(Binding {
        owner_id,
        repository_id,
    })
}
